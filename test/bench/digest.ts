import { parseArgs } from 'node:util'
import { measureCollecting } from './parts/digest-collecting.ts'
import { measureNearness } from './parts/digest-nearness.ts'
import { measureQueueing } from './parts/digest-queue.ts'

/**
 * Cost of a week's digest until it is queued: collecting 200 sources of 50 items, finding reposts among 100,000
 * items, composing it and queueing it for 1,000 groups. `--json` prints one line; else the figures stand beside
 * what they are to be measured by.
 */
const sources = 200
const items = 100_000
const groups = 1000

const { values } = parseArgs({ options: { json: { type: 'boolean' } } })
const collected = await measureCollecting(sources)
const repeatIndex = measureNearness(items)
const queued = await measureQueueing(groups)
const figures = {
  collectSeconds: rounded(collected.seconds),
  items: collected.items,
  nearDuplicateP99Ms: rounded(repeatIndex.p99Ms),
  queueSeconds: rounded(queued.seconds),
}
process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : report())

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}

function report(): string {
  return [
    `collecting ${sources} sources: ${figures.collectSeconds} s, ${figures.items} items kept durably`,
    `reposts among ${items} items: p50 ${rounded(repeatIndex.p50Ms)} ms, p99 ${figures.nearDuplicateP99Ms} ms an item`,
    `  comparing with every item instead: p50 ${rounded(repeatIndex.plainP50Ms)} ms`,
    `  reposts found ${rounded(repeatIndex.found * 100)} %, new notices taken for another ${rounded(repeatIndex.mistaken * 100)} %`,
    `composing and queueing for ${groups} groups: ${figures.queueSeconds} s, every delivery kept durably`,
    `  one durable write after the other instead: ${rounded(queued.oneByOneSeconds)} s`,
    '',
  ].join('\n')
}
