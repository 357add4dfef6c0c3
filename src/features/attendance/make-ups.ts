import { Temporal } from 'temporal-polyfill'
import { sayNoAddress } from '../../text/no-address.ts'
import { decideMakeUp, makeUpVersion } from './check-ins/check-in.ts'
import { checkLength } from './lessons/plan-rules.ts'
import type { CheckIn, LessonNotice } from './lessons/records/check-in-records.ts'
import type { Lesson } from './lessons/records/records.ts'
import { madeUpKey } from './notices/receipt-words.ts'
import type { OrganizerParts } from './organizer-parts.ts'

/** Lessons that ended earlier cannot be made up. */
export const backDays = 60
/** A lesson may be ended before it was to begin. */
export const earlyHours = 12
const privateHours = 72

/** A make-up that waits, as an organizer was or is to be shown it. */
export type Pending = { lesson: Lesson; checkIn: CheckIn; version: string }
export type MakeUps = ReturnType<typeof createMakeUps>

/** 补学: sent by who missed a lesson, decided by an organizer in chat or on the console. */
export function createMakeUps({ lessons, people, roster, outbox, clock }: OrganizerParts) {
  return {
    /** Those that wait for a decision, oldest first. */
    async pending(): Promise<Pending[]> {
      const now = clock.now()
      const past = await lessons.between({
        from: now.subtract({ hours: 24 * backDays }),
        to: now.add({ hours: earlyHours }),
      })
      const all = await Promise.all(
        past.map(async lesson => (await people.checkInsOf(lesson)).map(checkIn => ({ lesson, checkIn }))),
      )
      return all
        .flat()
        .flatMap(({ lesson, checkIn }) => {
          const { makeUp: sent } = checkIn
          return sent && !sent.decision ? [{ lesson, checkIn, version: makeUpVersion(sent) }] : []
        })
        .sort((a, b) => timeOf(a) - timeOf(b))
    },
    /** Whether an organizer was sent the receipt that tells of this make-up, before they wrote at this time. */
    async wasTold(
      { lesson, checkIn: { memberId, makeUp: sent } }: Pending,
      { personId, at }: { personId: string; at: Temporal.Instant },
    ): Promise<boolean> {
      const isOfIt = (one: LessonNotice) =>
        one.about === 'made-up' && one.memberId === memberId && one.at === sent?.at
      const receipts = (await people.receiptsOf(lesson)).filter(
        ({ notices, madeAt }) => notices.some(isOfIt) && madeAt !== '' && isNotAfter(madeAt, at),
      )
      for (const { number } of receipts) {
        const key = madeUpKey(lesson, number)
        const told = (await outbox.deliveries(key)).find(one => one.key === `${key}/${personId}`)
        if (told?.state === 'sent' || told?.state === 'confirmed') return true
      }
      return false
    },
    /**
     * Records the decision, and tells the member in private.
     * @returns one Chinese sentence where the member cannot be told
     * @throws {@link Refusal} for a reason that is too long, or where another make-up stands than was shown
     */
    async decide(
      { lesson, checkIn, version: seen }: Pending,
      decision: { isConfirmed: boolean; at: string; byName: string; why?: string },
    ): Promise<string | undefined> {
      checkLength('why', decision.why ?? '')
      await people.change(lesson, checkIn.memberId, now => now && decideMakeUp(now, { ...decision, seen }))
      const address = await roster.addressOf(checkIn.memberId)
      if (address.chatId === undefined) return `没法私聊告诉${checkIn.name}：${sayNoAddress(address.whyNot)}`
      const personId = address.chatId
      const why = decision.why ? `：${decision.why}` : ''
      const text = decision.isConfirmed
        ? `你补学的「${lesson.title}」确认了，记为补学。`
        : `你补学的「${lesson.title}」没有通过${why}。可以再发一次「补学 学到了什么」。`
      const key = `lesson-${lesson.id}-made-up-${checkIn.memberId}-${Date.parse(decision.at)}/${personId}`
      const notAfter = clock.now().add({ hours: privateHours })
      await outbox.post([{ key, target: { personId }, kind: 'prompt', reply: { text }, notAfter }])
      return undefined
    },
  }
}

const isNotAfter = (madeAt: string, at: Temporal.Instant) => Temporal.Instant.compare(madeAt, at) <= 0

const timeOf = ({ checkIn }: Pending) => Date.parse(checkIn.makeUp?.at ?? '')
