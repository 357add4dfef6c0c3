import { expect, test } from 'vitest'
import { loadOnce } from '../../src/lib/promises.ts'

test('what is loaded is kept, callers at once share one load, and a failed load is tried again', async () => {
  let count = 0
  const load = loadOnce(async () => {
    count += 1
    if (count === 1) throw new Error('EIO')
    return count
  })
  const first = await Promise.allSettled([load(), load()])
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(count).toBe(1)
  expect(await Promise.all([load(), load()])).toEqual([2, 2])
  expect(await load()).toBe(2)
})
