import { expect, test } from 'vitest'
import { loadOnce, withAll } from '../../src/lib/promises.ts'

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

test('values that are here are used at once, others when the last has come', async () => {
  const join = (...words: string[]) => words.join('')
  expect(withAll(['a', 'b'], join)).toBe('ab')
  const late = Promise.withResolvers<string>()
  const joined = withAll([Promise.resolve('a'), late.promise, 'c'], join)
  expect(joined).toBeInstanceOf(Promise)
  late.resolve('b')
  expect(await joined).toBe('abc')
})

test('a value that never comes is told by the promise', async () => {
  await expect(withAll([Promise.reject(new Error('gone')), 'b'], () => 'both')).rejects.toThrow('gone')
})
