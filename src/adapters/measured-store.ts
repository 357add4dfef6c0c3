import type { z } from 'zod'
import type { Metrics } from '../ports/metrics.ts'
import type { Collection, CollectionHabits, Migration, Store } from '../ports/store.ts'

/** The same store, with each write timed. A change that refuses, or makes no good record, is no failed write. */
export function measuredStore(store: Store, metrics: Pick<Metrics, 'stored'>): Store {
  return {
    collection<T>(
      name: string,
      schema: z.ZodType<T>,
      migrations?: readonly Migration[],
      habits?: CollectionHabits,
    ): Collection<T> {
      const collection = store.collection(name, schema, migrations, habits)
      return { ...collection, update: (key, change) => timed(() => collection.update(key, change)) }
    },
    close: store.close,
  }

  async function timed<T>(write: () => Promise<T>): Promise<T> {
    const startedAt = performance.now()
    const seconds = () => (performance.now() - startedAt) / 1000
    try {
      const kept = await write()
      metrics.stored(seconds(), 'kept')
      return kept
    } catch (cause) {
      if (cause instanceof Error && cause.name === 'StoreFault') metrics.stored(seconds(), 'failed')
      throw cause
    }
  }
}
