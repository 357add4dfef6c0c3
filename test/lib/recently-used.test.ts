import { expect, test } from 'vitest'
import { recentlyUsed } from '../../src/lib/recently-used.ts'

test('the values used last are kept, and no more than there is room for', () => {
  const cache = recentlyUsed<number>(2)
  cache.set('one', 1).set('two', 2)
  expect(cache.get('one')).toBe(1)
  cache.set('three', 3)
  expect([...cache.keys()].sort()).toEqual(['one', 'three'])
  cache.set('one', 11).set('four', 4)
  expect([...cache.entries()].sort()).toEqual([
    ['four', 4],
    ['one', 11],
  ])
})
