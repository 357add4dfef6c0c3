import { recentlyUsed } from './recently-used.ts'
import { withTimeout } from './timeout.ts'

/** Longer than the line may take to acknowledge a message, ms. */
const longestWaitMs = 30_000
const mostMarks = 2000

type MarkStore = { get(key: string): Promise<string | undefined>; set(key: string, mark: string): unknown }

function createMemory(): MarkStore {
  const marks = recentlyUsed<string>(mostMarks)
  return { get: async key => marks.get(key), set: (key, mark) => marks.set(key, mark) }
}

/**
 * Records the content that each person was shown last, as a mark by a key of person and content. Content that is still
 * on its way was not shown: nothing may be approved that a broken line may have lost.
 * @param store where marks are kept. Default: in memory, reset on restart
 */
export function createShownMarks(store: MarkStore = createMemory()) {
  const onTheWay = recentlyUsed<Promise<void>>(mostMarks)

  return {
    /** Content with this mark is about to be sent. @returns to be told once whether it was sent */
    showing(key: string, mark: string): (isSent: boolean) => Promise<void> {
      const { promise: decided, resolve } = Promise.withResolvers<void>()
      onTheWay.set(key, decided)
      return async isSent => {
        try {
          if (isSent) await store.set(key, mark)
        } finally {
          if (onTheWay.get(key) === decided) onTheWay.delete(key)
          resolve()
        }
      }
    },
    /** The mark of the content shown last; undefined where there was none. Waits for content on its way, up to 30 s. */
    async shown(key: string): Promise<string | undefined> {
      const decided = onTheWay.get(key)
      if (decided !== undefined) {
        const limit = { timeoutMs: longestWaitMs, what: 'showing content' }
        await withTimeout(() => decided, limit).catch(() => {})
      }
      return store.get(key)
    },
  }
}
