import { createRepeatIndex, type KnownText } from '../../../src/features/items/catalogue/repeat-index.ts'
import { packSketch, sketchLikeness, sketchOf, unpackSketch } from '../../../src/text/sketches/sketch.ts'
import { benchNotice } from '../notices.ts'

const searches = 2000

export type NearnessFigures = {
  p50Ms: number
  p99Ms: number
  /** Share of reposts without a number that was found, and of new notices taken for another. */
  found: number
  mistaken: number
  /** The same search by comparing with every sketch. */
  plainP50Ms: number
}

/**
 * Looks for repeats among a number of notices: half of those looked for are reposts with another head and foot and
 * without their number, half are new. The time is that of one whole search, the sketch of its text included.
 */
export function measureNearness(count: number): NearnessFigures {
  const nearness = createRepeatIndex()
  const sketches: string[] = []
  for (let n = 1; n <= count; n++) {
    const item = knownOf(n, benchNotice(n))
    nearness.add(n, item)
    if (sketches.length < count) sketches.push(item.sketch)
  }
  const times: number[] = []
  let found = 0
  let mistaken = 0
  for (let i = 0; i < searches; i++) {
    const isRepost = i % 2 === 0
    const n = isRepost ? ((i * 48_271) % count) + 1 : count + i + 1
    const given = isRepost ? reposted(n) : benchNotice(n)
    const start = performance.now()
    const { same } = nearness.earlierOf({ ...knownOf(n, given), documentNumber: undefined })
    times.push(performance.now() - start)
    if (isRepost && same === n) found++
    if (!isRepost && same !== undefined) mistaken++
  }
  times.sort((a, b) => a - b)
  return {
    p50Ms: times[Math.floor(searches / 2)] ?? 0,
    p99Ms: times[Math.floor(searches * 0.99)] ?? 0,
    found: found / (searches / 2),
    mistaken: mistaken / (searches / 2),
    plainP50Ms: plainSearch(sketches),
  }
}

function knownOf(n: number, { title, text }: { title: string; text: string }): KnownText {
  const sketch = packSketch(sketchOf(`${title}\n${text}`))
  return { title, documentNumber: `榕科〔2026〕${n}号`, sketch }
}

function reposted(n: number) {
  const { title, text } = benchNotice(n)
  const lines = text.split('\n').slice(1)
  return { title, text: ['来源：某网站  发布时间：2026-11-20', ...lines, '（责任编辑：小李）'].join('\n') }
}

function plainSearch(packed: readonly string[]): number {
  const sketches = packed.map(text => unpackSketch(text) ?? new Uint32Array())
  const times = Array.from({ length: 15 }, (_, i) => {
    const start = performance.now()
    const own = sketchOf(benchNotice(i + 1).text)
    let best = 0
    for (const other of sketches) best = Math.max(best, sketchLikeness(own, other))
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[7] ?? 0
}
