import { setImmediate as turn } from 'node:timers/promises'
import { type Adapter, Low } from 'lowdb'
import type { MaybePromise } from '../../lib/promises.ts'
import type { WriteWatch } from './write-watch.ts'

/** A shard's records by key, each as its JSON text: what did not change is not serialized again. */
export type Records = ReadonlyMap<string, string>

export type Shard = {
  /** The records that would survive a power cut, without those being written; a promise while they are read. */
  records(): MaybePromise<Records>
  /** @param change from a record's text to the next, undefined for none; may throw */
  update(key: string, change: Change): Promise<string | undefined>
  /** Evicts the records if they were not used since then (`performance.now()`); the next use reads them again. */
  evict(sinceMs: number): void
  /** Resolves when nothing is being read or written, or waits for it. */
  idle(): Promise<void>
}

type Change = (now: string | undefined) => string | undefined
type Waiting = {
  key: string
  change: Change
  resolve: (text: string | undefined) => void
  reject: (cause: unknown) => void
}

/**
 * A shard in memory over its storage. lowdb's own `update` keeps a change whose write failed; here a draft is
 * changed and written, and takes the place of what stands only then. Updates that arrive during a write share
 * the next one, so a write costs the same for one as for five hundred.
 */
export function createShard(title: string, storage: Adapter<Records>, watch: WriteWatch): Shard {
  let standing = new Low<Records>(storage, new Map())
  let loading: Promise<void> | undefined
  let waiting: Waiting[] = []
  let writing: Promise<void> | undefined
  let isSaved = true
  let isReading = false
  /** Whether `standing` holds what the storage holds. */
  let isRead = false
  let touchedMs = 0

  /** A failed load is tried again at the next use: it may have been repaired meanwhile. */
  function load(): Promise<void> {
    touchedMs = performance.now()
    loading ??= read().catch(cause => {
      loading = undefined
      throw cause
    })
    return loading
  }

  async function read(): Promise<void> {
    isReading = true
    try {
      await standing.read()
      isRead = true
    } finally {
      isReading = false
    }
  }

  function update(key: string, change: Change): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      waiting.push({ key, change, resolve, reject })
      void startWriting()
    })
  }

  function startWriting(): Promise<void> {
    writing ??= writeAll()
    return writing
  }

  async function writeAll(): Promise<void> {
    do {
      // Yield, so that callers resumed by the previous write join this batch.
      await turn()
      const batch = waiting
      waiting = []
      await load().then(
        () => commit(batch),
        cause => rejectAll(batch, cause),
      )
    } while (waiting.length > 0)
    // Runs in the same tick as the check above: an update in between would never be written.
    writing = undefined
  }

  async function commit(batch: Waiting[]): Promise<void> {
    const records = new Map(standing.data)
    const settled = batch.flatMap(one => applyTo(records, one))
    const isChanged = settled.some(({ hasChanged }) => hasChanged)
    if (isChanged || !isSaved) {
      const draft = new Low<Records>(storage, records)
      try {
        await draft.write()
      } catch (cause) {
        isSaved = false
        rejectAll(batch, watch.failed(title, cause, startWriting))
        return
      }
      standing = draft
      isSaved = true
      watch.succeeded(title)
    }
    for (const { resolve } of settled) resolve()
  }

  return {
    records() {
      touchedMs = performance.now()
      return isRead ? standing.data : load().then(() => standing.data)
    },
    update,
    evict(sinceMs) {
      // Unwritten changes exist only in memory.
      if (!loading || isReading || writing || !isSaved || touchedMs > sinceMs) return
      standing = new Low<Records>(storage, new Map())
      loading = undefined
      isRead = false
    },
    async idle() {
      await loading?.catch(() => {})
      await writing
    },
  }
}

/** A change that throws, or makes no good record, is its caller's alone: the rest of the batch goes on. */
function applyTo(records: Map<string, string>, { key, change, resolve, reject }: Waiting) {
  const now = records.get(key)
  try {
    const next = change(now)
    if (next === undefined) records.delete(key)
    else records.set(key, next)
    return [{ hasChanged: next !== now, resolve: () => resolve(next) }]
  } catch (cause) {
    reject(cause)
    return []
  }
}

function rejectAll(batch: Waiting[], cause: unknown) {
  for (const { reject } of batch) reject(cause)
}
