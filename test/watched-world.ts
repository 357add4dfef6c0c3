import type { Collection, Store } from '../src/ports/store.ts'
import { createWorld } from './conversation.ts'

/** The commands that were heard: only who types leaves one. */
const claims = 'seen'

/** A world that can tell everything that was stored in it, by collection and key. */
export function createWatchedWorld(startAt?: string) {
  const world = createWorld(startAt)
  const opened = new Map<string, Pick<Collection<unknown>, 'list'>>()
  const store: Store = {
    ...world.store,
    collection(name, schema, ...more) {
      const collection = world.store.collection(name, schema, ...more)
      opened.set(name, collection)
      return collection
    },
  }
  async function stored() {
    const names = [...opened.keys()].filter(name => name !== claims).sort()
    const all = await Promise.all(names.map(async name => [name, await opened.get(name)?.list('')] as const))
    return Object.fromEntries(all.filter(([, records]) => records && records.length > 0))
  }
  return { world: { ...world, store }, stored }
}
