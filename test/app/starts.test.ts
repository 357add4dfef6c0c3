import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { StoreFault } from '../../src/adapters/shards/fault.ts'
import { createStarts } from '../../src/app/platform/starts.ts'
import { createWorld } from '../conversation.ts'

/** Parts that fail with these faults, one a try, and start then. */
function createParts(faults: Readonly<Record<string, Error[]>>) {
  const { log } = createWorld()
  const tried: string[] = []
  const left = Object.entries(faults).map(([name, all]) => ({ name, all: [...all] }))
  const starts = createStarts(log)
  const begin = () =>
    starts.begin(
      left.map(({ name, all }) => async () => {
        tried.push(name)
        const fault = all.shift()
        if (fault) throw fault
      }),
    )
  const again = async () => {
    tried.length = 0
    for (const sweep of starts.sweeps) await sweep.run(Temporal.Instant.fromEpochMilliseconds(0))
    return [...tried]
  }
  return { begin, again, tried, log }
}

const refused = () => new StoreFault('数据现在读不出来。')

test('parts that the store refuses are started again until they start, and the others only once', async () => {
  const { begin, again, tried } = createParts({ a: [], b: [refused(), refused()], c: [] })
  await begin()
  expect(tried).toEqual(['a', 'b', 'c'])
  expect(await again()).toEqual(['b'])
  expect(await again()).toEqual(['b'])
  expect(await again()).toEqual([])
})

test('a part that fails otherwise is told and tried again, and starts no other once more', async () => {
  const { begin, again, log } = createParts({
    a: [refused()],
    b: [refused(), new Error('no font')],
    c: [refused()],
  })
  await begin()
  expect(await again()).toEqual(['a', 'b', 'c'])
  expect(JSON.stringify(log.lines)).toContain('no font')
  expect(await again()).toEqual(['b'])
  expect(await again()).toEqual([])
})

test('a part that fails otherwise at the start ends it', async () => {
  const { begin, tried } = createParts({ a: [], b: [new Error('no font')], c: [] })
  await expect(begin()).rejects.toThrow('no font')
  expect(tried).toEqual(['a', 'b'])
})
