import pLimit from 'p-limit'

/** Runs `work` when its turn comes and gives its result; a failure rejects this call only. */
export type RunExclusive = <T>(work: () => Promise<T>) => Promise<T>

/** Runs one piece of work at a time, in the order of the calls. */
export function createMutex(): RunExclusive {
  return createSemaphore(1)
}

/**
 * Runs up to `permits` pieces of work at a time and starts the others in the order of the calls.
 * @param permits a whole number from 1
 */
export function createSemaphore(permits: number): RunExclusive {
  const limit = pLimit(permits)
  return work => limit(work)
}

/** Queues of work by key: one piece at a time for each key, different keys side by side. */
export type KeyedQueue = {
  run<T>(key: string, work: () => Promise<T>): Promise<T>
  /** Resolves when all work queued for this key before this call has ended, whether it failed or not. */
  drain(key: string): Promise<void>
}

/** A key costs memory only while work for it is queued or running. */
export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>()

  return {
    run(key, work) {
      const tail = tails.get(key)
      const result = tail === undefined ? work() : tail.then(work)
      const settled: Promise<unknown> = result.then(
        () => remove(key, settled),
        () => remove(key, settled),
      )
      tails.set(key, settled)
      return result
    },
    async drain(key) {
      await tails.get(key)
    },
  }

  function remove(key: string, settled: Promise<unknown>) {
    if (tails.get(key) === settled) tails.delete(key)
  }
}

/**
 * Runs the work on each item, one after the other. One that fails keeps no other from its turn.
 * @param what the work, for the message of the fault
 * @throws once all had their turn: the fault of the only one that failed, else AggregateError with those of all
 */
export async function forEachItem<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<unknown>,
  what: string,
): Promise<void> {
  const faults: unknown[] = []
  for (const item of items) {
    try {
      await work(item)
    } catch (cause) {
      faults.push(cause)
    }
  }
  if (faults.length === 1) throw faults[0]
  if (faults.length > 1) throw new AggregateError(faults, `${what}: not done everywhere yet`)
}
