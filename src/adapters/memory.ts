import type { z } from 'zod'
import type { Collection, Store } from '../ports/store.ts'
import { fromRecordText, toRecordText } from './record.ts'

/** A store in memory, for tests and trials; it keeps all promises but that records outlast the process. */
export function createMemoryStore(): Store {
  const collections = new Map<string, Map<string, string>>()
  return {
    collection<T>(name: string, schema: z.ZodType<T>): Collection<T> {
      const records = collections.get(name) ?? new Map<string, string>()
      collections.set(name, records)
      const read = (key: string) => fromRecordText<T>(records.get(key))
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
          else records.set(key, toRecordText(schema, next))
          return read(key)
        },
      }
    },
    close: async () => {},
  }
}
