import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expiring, recentlyUsed } from '../../src/lib/recently-used.ts'

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
  const cache = recentlyUsed<number>(2, { onDropped: (value, key) => dropped.push(`${key} ${value}`) })
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

const sizedCache = (most: number, mostSize: number) =>
  recentlyUsed<string>(most, { mostSize, sizeOf: value => value.length })

test('the oldest values are dropped until the sizes fit, and a value that never fits is not kept', () => {
  const cache = sizedCache(100, 10).set('one', 'aaaa').set('two', 'bbbb')
  cache.get('one')
  expect([...cache.set('three', 'cccc').keys()]).toEqual(['one', 'three'])
  expect([...cache.set('four', 'd'.repeat(10)).keys()]).toEqual(['four'])
  expect([...cache.set('four', 'd'.repeat(11)).keys()]).toEqual([])
  cache.set('five', 'e'.repeat(10)).clear()
  expect([...cache.set('six', 'f'.repeat(5)).set('seven', 'g'.repeat(5)).keys()]).toEqual(['six', 'seven'])
})

test('the values used last are always kept while their sizes come to half of the room', () => {
  const step = fc.record({
    key: fc.integer({ min: 0, max: 9 }).map(String),
    length: fc.integer({ min: 0, max: 12 }),
    deed: fc.constantFrom('look', 'set', 'set', 'delete'),
  })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.array(step, { maxLength: 80 }), (mostSize, steps) => {
      const cache = sizedCache(6, mostSize)
      /** A deleted one keeps its place: while it was kept it may have taken the room of older ones. */
      let used: { key: string; value: string; isDeleted: boolean }[] = []
      for (const { key, length, deed } of steps) {
        if (deed === 'look' && cache.get(key) === undefined) continue
        const value = deed === 'look' ? (cache.peek(key) ?? '') : 'x'.repeat(length)
        if (deed === 'delete') {
          cache.delete(key)
          used = used.map(one => (one.key === key ? { ...one, isDeleted: true } : one))
        } else {
          if (deed === 'set') cache.set(key, value)
          const isKept = value.length <= mostSize
          // The room that its value before had taken stays taken for those that it pushed out.
          used = used.map(one => (one.key === key ? { ...one, isDeleted: true } : one))
          if (isKept) used = [{ key, value, isDeleted: false }, ...used]
        }
        const kept = [...cache.values()]
        expect(kept.length).toBeLessThanOrEqual(6)
        expect(kept.join('').length).toBeLessThanOrEqual(mostSize)
        let sum = 0
        for (const one of used.slice(0, 3)) {
          sum += one.value.length
          if (!one.isDeleted && sum <= mostSize / 2) expect(cache.peek(one.key)).toBe(one.value)
        }
      }
    }),
  )
})

test('an expiring value counts from when it was set, and no look prolongs it', () => {
  let nowMs = 0
  const cache = expiring<string>(2, { ttlMs: 100, nowMs: () => nowMs })
  cache.set('one', 'a')
  nowMs = 100
  expect(cache.has('one')).toBe(true)
  expect(cache.get('one')).toBe('a')
  cache.set('two', 'b')
  nowMs = 101
  expect(cache.has('one')).toBe(false)
  expect(cache.get('one')).toBeUndefined()
  expect(cache.get('two')).toBe('b')
  cache.set('one', 'c')
  nowMs = 201
  expect(cache.get('one')).toBe('c')
  expect(cache.get('two')).toBe(undefined)
  expect(cache.delete('one')).toBe(true)
  expect(cache.delete('one')).toBe(false)
})
