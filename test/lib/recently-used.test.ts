import fc from 'fast-check'
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

test('a value that is looked at stays as old as it was', () => {
  const cache = recentlyUsed<number>(2).set('one', 1).set('two', 2)
  expect(cache.peek('one')).toBe(1)
  cache.set('three', 3)
  expect([...cache.keys()]).toEqual(['two', 'three'])
})

test('a value that is dropped for want of room is told, and none that is set anew or deleted', () => {
  const dropped: string[] = []
  const cache = recentlyUsed<number>(2, (value, key) => dropped.push(`${key} ${value}`))
  cache.set('one', 1).set('one', 11).set('two', 2)
  expect(cache.delete('two')).toBe(true)
  cache.set('three', 3).set('four', 4)
  expect(dropped).toEqual(['one 11'])
  expect(cache.size).toBe(2)
})

test('the values of the keys used last are always kept, as many as half the room holds', () => {
  const key = fc.integer({ min: 0, max: 12 }).map(String)
  const step = fc.record({ key, isLook: fc.boolean() })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.array(step, { maxLength: 80 }), (most, steps) => {
      const cache = recentlyUsed<string>(most)
      let used: string[] = []
      for (const { key, isLook } of steps) {
        if (isLook && cache.get(key) === undefined) continue
        if (!isLook) cache.set(key, key)
        used = [key, ...used.filter(one => one !== key)]
        expect(cache.size).toBeLessThanOrEqual(most)
        for (const one of used.slice(0, Math.max(1, Math.floor(most / 2)))) expect(cache.peek(one)).toBe(one)
      }
    }),
  )
})
