import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { keyHash } from '../../lib/hash.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'
import type { Posting } from '../ledger/delivery.ts'

/** Nudges that one person gets in seven days, from all features together. */
export const nudgesPerWeek = 2
const week = { hours: 7 * 24 }

/** Nudges of the last seven days; key `people/hash of the chat id`. Of those held back, only their times. */
const NudgeRecord = z.object({
  sent: z.array(z.object({ key: z.string(), at: z.string() })),
  heldBack: z.array(z.string()),
})
type NudgeRecord = z.infer<typeof NudgeRecord>

export type NudgeLimit = ReturnType<typeof createNudgeLimit>

/** Counts what asks a maker unprompted to act, over all features, and holds back what is too much. */
export function createNudgeLimit(store: Store, clock: Clock) {
  const records = store.collection('outbox-nudges', NudgeRecord)

  /** Posting a nudge again under its key counts once. */
  async function mayGo(key: string, personId: string): Promise<boolean> {
    let isAllowed = false
    await records.update(keyOf(personId), before => {
      const now = recent(before, clock.now())
      const at = clock.now().toString()
      isAllowed = now.sent.some(one => one.key === key) || now.sent.length < nudgesPerWeek
      if (!isAllowed) return { ...now, heldBack: [...now.heldBack, at] }
      return { ...now, sent: [...now.sent.filter(one => one.key !== key), { key, at }] }
    })
    return isAllowed
  }

  return {
    /** The postings without the nudges that would be too many. */
    async allowed(postings: readonly Posting[]): Promise<Posting[]> {
      const kept: Posting[] = []
      for (const posting of postings) {
        const isPersonal = posting.isNudge && 'personId' in posting.target
        if (!isPersonal || (await mayGo(posting.key, (posting.target as { personId: string }).personId)))
          kept.push(posting)
      }
      return kept
    },
    /** Of the last seven days: people who were nudged, nudges, the most for one person, and those held back. */
    async ofWeek(): Promise<{ people: number; sent: number; most: number; heldBack: number }> {
      const all = (await records.list('people/')).map(({ value }) => recent(value, clock.now()))
      const counts = all.map(({ sent }) => sent.length)
      return {
        people: counts.filter(count => count > 0).length,
        sent: counts.reduce((sum, count) => sum + count, 0),
        most: Math.max(0, ...counts),
        heldBack: all.reduce((sum, { heldBack }) => sum + heldBack.length, 0),
      }
    },
    async forget(personIds: readonly string[]): Promise<void> {
      for (const id of personIds)
        if (await records.get(keyOf(id))) await records.update(keyOf(id), () => undefined)
    },
  }
}

const keyOf = (personId: string) => `people/${keyHash(personId)}`

function recent(now: NudgeRecord | undefined, at: Temporal.Instant): NudgeRecord {
  const isRecent = (time: string) => Temporal.Instant.compare(time, at.subtract(week)) > 0
  return {
    sent: (now?.sent ?? []).filter(one => isRecent(one.at)),
    heldBack: (now?.heldBack ?? []).filter(isRecent),
  }
}
