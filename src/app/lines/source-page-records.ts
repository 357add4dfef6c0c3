import { createHash } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { recentlyUsed } from '../../lib/recently-used.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'

/**
 * A source that was named where its address could not stand, or with an empty address a whole text with its links; key
 * `first two characters of the id/id`. `namedAt` is when a message last named it, to the day; absent in records of
 * earlier versions.
 */
const PageRecord = z.object({ url: z.string(), words: z.string(), namedAt: z.string().optional() })
type SourcePage = Pick<z.infer<typeof PageRecord>, 'url' | 'words'>

const idLength = 10
const idPattern = new RegExp(`^[A-Za-z0-9_-]{${idLength}}$`, 'u')
const mostKnown = 10_000
/** A page that is named all day is written once. */
const writtenAgainHours = 24

type Parts = {
  store: Store
  clock: Clock
  /** Days that a page is kept after it was last named. */
  keepDays: number
}

/** The pages about sources in the store, each as long as the messages that name it. */
export function openSourcePageRecords({ store, clock, keepDays }: Parts) {
  const records = store.collection('source-pages', PageRecord)
  /** When pages were last written as named. */
  const known = recentlyUsed<Temporal.Instant>(mostKnown)
  let unkept = new Map<string, SourcePage>()

  const isOlder = (at: Temporal.Instant, hours: number) => clock.now().since(at).total('hours') >= hours

  async function keepAll(): Promise<void> {
    const wanted = unkept
    unkept = new Map()
    const at = clock.now()
    for (const [id, page] of wanted) {
      await records.update(keyOf(id), () => ({ ...page, namedAt: at.toString() }))
      known.set(id, at)
    }
  }

  return {
    get: async (id: string): Promise<SourcePage | undefined> =>
      idPattern.test(id) ? records.get(keyOf(id)) : undefined,
    /** @returns the id of a page; each message leads to its own words, as what was said may be corrected later */
    name({ url, words }: SourcePage): string {
      const hash = createHash('sha256').update(JSON.stringify([url, words]))
      const id = hash.digest('base64url').slice(0, idLength)
      const writtenAt = known.get(id)
      if (!writtenAt || isOlder(writtenAt, writtenAgainHours)) unkept.set(id, { url, words })
      return id
    },
    /** Resolves when every page that was named is in the store; undefined where all are. */
    kept: () => (unkept.size > 0 ? keepAll() : undefined),
    /** Forgets pages whose time is over; the time of a page without one begins now. */
    async forgetOld(): Promise<void> {
      const isOver = (namedAt: string) => isOlder(Temporal.Instant.from(namedAt), 24 * keepDays)
      for (const { key, value } of await records.list('', { leavesOutUnreadable: true })) {
        const { namedAt } = value
        if (namedAt === undefined) {
          const from = clock.now().toString()
          await records.update(key, now => now && { namedAt: from, ...now })
        } else if (isOver(namedAt)) {
          await records.update(key, now => (now?.namedAt && isOver(now.namedAt) ? undefined : now))
        }
      }
    },
  }
}

const keyOf = (id: string) => `${id.slice(0, 2).toLowerCase()}/${id}`
