import type { z } from 'zod'
import type { Collection, Store } from '../ports/store.ts'

/** A store that forgets, for tests and for trying things out: the same promises, but for the power cut. */
export function createMemoryStore(): Store {
  const collections = new Map<string, Map<string, unknown>>()
  return {
    collection<T>(name: string, schema: z.ZodType<T>): Collection<T> {
      const records = collections.get(name) ?? new Map<string, unknown>()
      collections.set(name, records)
      const read = (key: string) => structuredClone(records.get(key)) as T | undefined
      return {
        get: async key => read(key),
        list: async prefix =>
          [...records.keys()]
            .filter(key => key.startsWith(prefix))
            .sort()
            .map(key => ({ key, value: read(key) as T })),
        async update(key, change) {
          const next = change(read(key))
          if (next === undefined) records.delete(key)
          else records.set(key, schema.parse(structuredClone(next)))
          return read(key)
        },
      }
    },
    close: async () => {},
  }
}
