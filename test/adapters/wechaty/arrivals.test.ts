import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createArrivals } from '../../../src/adapters/wechaty/messages/arrivals.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open() {
  const taken: string[] = []
  const lost: string[] = []
  const arrivals = createArrivals<string>({
    waitMs: 5000,
    take: what => taken.push(what),
    lose: id => lost.push(id),
  })
  return { arrivals, taken, lost }
}

test('in whatever order messages are read, they are taken in the order in which they were announced', () => {
  const orders = fc
    .uniqueArray(fc.string(), { maxLength: 20 })
    .chain(ids => fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids, { minLength: ids.length })))
  fc.assert(
    fc.property(orders, ([announced, read]) => {
      const { arrivals, taken } = open()
      for (const id of announced) arrivals.announce(id)
      for (const id of read) arrivals.read(id, id)
      expect(taken).toEqual(announced)
    }),
  )
})

test('one that cannot be read holds the others up for a while only, and may come late', () => {
  const { arrivals, taken, lost } = open()
  arrivals.announce('a')
  arrivals.announce('b')
  arrivals.read('b', 'b')
  expect(taken).toEqual([])
  vi.advanceTimersByTime(5000)
  expect([taken, lost]).toEqual([['b'], ['a']])
  arrivals.read('a', 'a')
  expect(taken).toEqual(['b', 'a'])
})

test('one that is delivered twice is taken twice: who handles it knows', () => {
  const { arrivals, taken } = open()
  arrivals.announce('a')
  arrivals.announce('a')
  arrivals.read('a', 'a')
  arrivals.read('a', 'a')
  expect(taken).toEqual(['a', 'a'])
})

test('after the end nothing is given up any more', () => {
  const { arrivals, lost } = open()
  arrivals.announce('a')
  arrivals.stop()
  vi.advanceTimersByTime(10_000)
  expect(lost).toEqual([])
})

test('one whose reading fails is lost at once and holds nothing up', () => {
  const { arrivals, taken, lost } = open()
  arrivals.announce('a')
  arrivals.announce('b')
  arrivals.read('b', 'b')
  arrivals.fail('a')
  expect({ taken, lost }).toEqual({ taken: ['b'], lost: ['a'] })
  vi.advanceTimersByTime(5000)
  expect(lost).toEqual(['a'])
})
