import type { Metrics } from '../ports/metrics.ts'
import type { Store } from '../ports/store.ts'

/** The same store, with each write timed. A change that refuses, or makes no good record, is no failed write. */
export function measuredStore(store: Store, metrics: Pick<Metrics, 'stored'>): Store {
  return {
    collection(name, schema, ...more) {
      const collection = store.collection(name, schema, ...more)
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
