import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { keyHash } from '../../lib/hash.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'
import type { Posting } from '../ledger/delivery.ts'

/** Nudges that one person gets in seven days, from all features together. */
export const nudgesPerWeek = 2
const week = { hours: 7 * 24 }

/** A nudge that was not posted, with the start of its text. */
const HeldBack = z.object({ key: z.string(), at: z.string(), personId: z.string(), text: z.string() })
export type HeldBackNudge = z.infer<typeof HeldBack>

/** Nudges of the last seven days; key `people/hash of the chat id`. */
const NudgeRecord = z.object({
  sent: z.array(z.object({ key: z.string(), at: z.string() })),
  heldBack: z.array(
    // Earlier versions kept the times alone.
    z.preprocess(
      one => (typeof one === 'string' ? { key: one, at: one, personId: '', text: '' } : one),
      HeldBack,
    ),
  ),
})
type NudgeRecord = z.infer<typeof NudgeRecord>

const keptCharacters = 100

export type NudgeLimit = ReturnType<typeof createNudgeLimit>

/** Counts what asks a maker unprompted to act, over all features, and holds back what is too much. */
export function createNudgeLimit(store: Store, clock: Clock) {
  const records = store.collection('outbox-nudges', NudgeRecord)

  /** Posting a nudge again under its key counts once. */
  async function mayGo({ key, reply: { text = '' } }: Posting, personId: string): Promise<boolean> {
    let isAllowed = false
    const at = clock.now().toString()
    await records.update(keyOf(personId), before => {
      const { sent, heldBack } = recent(before, clock.now())
      isAllowed = sent.some(one => one.key === key) || sent.length < nudgesPerWeek
      if (isAllowed) return { heldBack, sent: [...sent.filter(one => one.key !== key), { key, at }] }
      const held = { key, at, personId, text: [...text].slice(0, keptCharacters).join('') }
      return { sent, heldBack: [...heldBack.filter(one => one.key !== key), held] }
    })
    return isAllowed
  }

  const ofWeek = async () => (await records.list('people/')).map(({ value }) => recent(value, clock.now()))

  return {
    /** The postings without the nudges that would be too many. */
    async allowed(postings: readonly Posting[]): Promise<Posting[]> {
      const kept: Posting[] = []
      for (const posting of postings) {
        const { target, isNudge } = posting
        if (!isNudge || !('personId' in target) || (await mayGo(posting, target.personId))) kept.push(posting)
      }
      return kept
    },
    /** Counts of the last seven days: people who were nudged, nudges, the most for one person, and those held back. */
    async ofWeek(): Promise<{ people: number; sent: number; most: number; heldBack: HeldBackNudge[] }> {
      const all = await ofWeek()
      const counts = all.map(({ sent }) => sent.length)
      return {
        people: counts.filter(count => count > 0).length,
        sent: counts.reduce((sum, count) => sum + count, 0),
        most: Math.max(0, ...counts),
        heldBack: all.flatMap(({ heldBack }) => heldBack).sort((a, b) => (a.at < b.at ? 1 : -1)),
      }
    },
    /** Removes what is older than a week. */
    async removeExpired(): Promise<void> {
      for (const { key } of await records.list('people/'))
        await records.update(key, before => {
          const now = recent(before, clock.now())
          return now.sent.length + now.heldBack.length > 0 ? now : undefined
        })
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
    heldBack: (now?.heldBack ?? []).filter(one => isRecent(one.at)),
  }
}
