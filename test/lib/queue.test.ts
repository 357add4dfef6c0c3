import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createKeyedQueue, createMutex, createSemaphore } from '../../src/lib/queue.ts'

const later = () => new Promise<void>(resolve => setImmediate(resolve))

test('a mutex runs one at a time, in order, and a failure stays with its caller', async () => {
  const runExclusive = createMutex()
  const order: number[] = []
  const piece = (n: number) => async () => {
    order.push(n)
    await later()
    order.push(n)
    if (n === 2) throw new Error('two')
    return n
  }
  const results = await Promise.allSettled([1, 2, 3].map(n => runExclusive(piece(n))))
  expect(order).toEqual([1, 1, 2, 2, 3, 3])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('a semaphore never runs more than its permits', async () => {
  const run = createSemaphore(3)
  let running = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 20 }, () =>
      run(async () => {
        running += 1
        most = Math.max(most, running)
        await later()
        running -= 1
      }),
    ),
  )
  expect(most).toBe(3)
})

test('a keyed queue keeps the order within each key, whatever fails, and keeps nothing when idle', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean())), async pieces => {
      const queue = createKeyedQueue()
      const ran: Record<string, number[]> = { a: [], b: [], c: [] }
      const results = await Promise.allSettled(
        pieces.map(([key, fails], index) =>
          queue.run(key, async () => {
            await later()
            ran[key]?.push(index)
            if (fails) throw new Error('failed')
          }),
        ),
      )
      for (const key of ['a', 'b', 'c']) {
        await queue.drain(key)
        expect(ran[key]).toEqual(pieces.flatMap(([of], index) => (of === key ? [index] : [])))
      }
      expect(results.map(({ status }) => status === 'rejected')).toEqual(pieces.map(([, fails]) => fails))
    }),
  )
})

test('drain waits for what was queued before it', async () => {
  const queue = createKeyedQueue()
  let isDone = false
  void queue.run('a', async () => {
    await later()
    isDone = true
  })
  await queue.drain('a')
  expect(isDone).toBe(true)
  await queue.drain('nothing queued')
})
