import { expect, test } from 'vitest'
import { openBroadcastStore } from '../../../../src/features/digest/broadcast/store.ts'
import type { Store } from '../../../../src/ports/store.ts'
import { createWorld } from '../../../conversation.ts'

test('a read that failed is tried again by the next caller', async () => {
  const world = createWorld()
  let fails = 1
  const store: Store = {
    ...world.store,
    collection(name, schema, ...more) {
      const real = world.store.collection(name, schema, ...more)
      if (name !== 'digests') return real
      return {
        ...real,
        async list(prefix) {
          fails -= 1
          if (fails >= 0) throw new Error('EMFILE')
          return real.list(prefix)
        },
      }
    },
  }
  const book = openBroadcastStore(store)
  await expect(book.open()).rejects.toThrow('EMFILE')
  await expect(book.open()).resolves.toEqual([])
})
