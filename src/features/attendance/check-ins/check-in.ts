import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import { versionOf } from '../../../lib/hash.ts'
import { judgeCode, wrongCodesAllowed } from '../lessons/codes.ts'
import type {
  CheckIn,
  Correction,
  LessonNotice,
  MakeUp,
  SignInAttempt,
} from '../lessons/records/check-in-records.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { acceptedAttempt, lastCorrection } from './rules.ts'

/** Most sign-ins kept of one person; of more, the earliest, so that order and repetition change nothing. */
const triesKept = 20

/** Without a group it was said in private, and no group is told. */
export type Participant = { memberId: string; name: string; groupId?: string }

/**
 * How a sign-in was met. `missing` takes a code and had none; `missed` had a wrong one, `copied` one that stood in
 * the group already; `locked`: too many of those.
 */
export type SignInOutcome = 'counted' | 'missing' | 'missed' | 'copied' | 'locked'

/**
 * Takes a sign-in of a lesson that is open or over. The earliest that is valid counts, so that order, repetition and
 * delay of messages change nothing.
 */
export function signIn(
  lesson: Lesson,
  known: CheckIn | undefined,
  { who, said }: { who: Participant; said: SignInAttempt },
): { checkIn: CheckIn; outcome: SignInOutcome } {
  const before = known ?? blank(who)
  const tries = withTry(before.tries, said)
  const checkIn = { ...before, name: who.name, tries }
  const counted = acceptedAttempt(lesson, checkIn)
  if (counted) {
    const isNews = counted.at !== acceptedAttempt(lesson, before)?.at
    return {
      checkIn: isNews ? withNotice(checkIn, lesson, { who, about: 'signed', at: counted.at }) : checkIn,
      outcome: 'counted',
    }
  }
  const worth = judgeCode(lesson, said)
  if (worth === 'without-code') return { checkIn, outcome: 'missing' }
  if (worth === 'copied-code') return { checkIn, outcome: 'copied' }
  const wrong = tries.filter(one => judgeCode(lesson, one) === 'wrong-code').length
  if (worth === 'valid' || wrong > wrongCodesAllowed) return { checkIn, outcome: 'locked' }
  return { checkIn: withNotice(checkIn, lesson, { who, about: 'missed', at: said.at }), outcome: 'missed' }
}

/** Takes a sign-out; the latest counts, so that who comes back and stays has stayed. */
export function signOut(
  lesson: Lesson,
  known: CheckIn | undefined,
  { who, at }: { who: Participant; at: string },
): CheckIn {
  const before = known ?? blank(who)
  if (before.leftAt !== undefined && Temporal.Instant.compare(before.leftAt, at) >= 0) return before
  return withNotice({ ...before, name: who.name, leftAt: at }, lesson, { who, about: 'left', at })
}

/** Takes a leave; asked for again, the latest words count. */
export function askLeave(
  lesson: Lesson,
  known: CheckIn | undefined,
  { who, leave }: { who: Participant; leave: { at: string; reason: string } },
): CheckIn {
  const before = known ?? blank(who)
  if (before.leave && orderOf(before.leave) >= orderOf(leave)) return before
  return withNotice({ ...before, name: who.name, leave }, lesson, { who, about: 'leave', at: leave.at })
}

/** Takes what a person made up afterwards; sent again, the latest words count, and want a decision anew. */
export function makeUp(
  lesson: Lesson,
  known: CheckIn | undefined,
  { who, said }: { who: Participant; said: Pick<MakeUp, 'at' | 'words'> },
): CheckIn {
  const before = known ?? blank(who)
  if (before.makeUp?.decision?.isConfirmed) return before
  if (before.makeUp && orderOf(before.makeUp) >= orderOf(said)) return before
  return withNotice({ ...before, name: who.name, makeUp: said }, lesson, {
    who,
    about: 'made-up',
    at: said.at,
  })
}

/** Tells whether a make-up was written anew since an organizer was shown it. */
export const makeUpVersion = ({ at, words }: Pick<MakeUp, 'at' | 'words'>): string => versionOf([at, words])

/**
 * Puts down what an organizer decided about a make-up.
 * @param seen the {@link makeUpVersion} that the organizer was shown
 * @throws {@link Refusal} where another one stands by now, or that one was decided
 */
export function decideMakeUp(
  checkIn: CheckIn,
  { seen, ...decision }: NonNullable<MakeUp['decision']> & { seen: string },
): CheckIn {
  const { name, makeUp: sent } = checkIn
  if (!sent || makeUpVersion(sent) !== seen)
    throw new Refusal(`${name}的补学刚被本人改过，这次没有记。请看过现在的，再决定。`)
  if (sent.decision) throw new Refusal(`${name}的补学${sent.decision.byName}刚刚决定过了，这次没有记。`)
  return { ...checkIn, makeUp: { ...sent, decision } }
}

/** Puts down what an organizer decided; nothing that was there is lost. */
export function correct(known: CheckIn | undefined, who: Participant, correction: Correction): CheckIn {
  const before = known ?? blank(who)
  return { ...before, corrections: [...before.corrections, correction] }
}

/** Takes the correction that counts back. */
export function withdrawCorrection(checkIn: CheckIn, at: Temporal.Instant): CheckIn {
  const last = lastCorrection(checkIn)
  const corrections = checkIn.corrections.map(one =>
    one === last ? { ...one, withdrawnAt: at.toString() } : one,
  )
  return { ...checkIn, corrections }
}

export const blank = ({ memberId, name }: Pick<Participant, 'memberId' | 'name'>): CheckIn => ({
  memberId,
  name,
  tries: [],
  corrections: [],
  notices: [],
})

function withTry(tries: readonly SignInAttempt[], said: SignInAttempt): SignInAttempt[] {
  const same = tries.find(({ at, code }) => at === said.at && code === said.code)
  if (same) return [...tries]
  const all = [...tries, said].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  // Each kind by itself: after twenty forgotten codes the right one still counts.
  const isKept = (one: SignInAttempt) =>
    all.filter(other => (other.code === undefined) === (one.code === undefined)).indexOf(one) < triesKept
  return all.filter(isKept)
}

/** The check-in with something to tell a group. Each person is told of once for a thing, however often it is said. */
function withNotice(
  checkIn: CheckIn,
  lesson: Lesson,
  { who, about, at }: { who: Participant; about: LessonNotice['about']; at: string },
): CheckIn {
  const { memberId, groupId = '' } = who
  if (groupId === '' && about !== 'made-up') return checkIn
  const isAfterTally = lesson.talliedAt !== undefined
  const isTold = (old: LessonNotice) =>
    old.about === about && old.isAfterTally === isAfterTally && (about === 'signed' || old.at === at)
  if (checkIn.notices.some(isTold)) return checkIn
  return {
    ...checkIn,
    notices: [...checkIn.notices, { memberId, groupId, about, isAfterTally, at }].slice(-noticesKept),
  }
}

/** More than honest use needs; wrong codes typed for an hour are not answered one by one. */
const noticesKept = 30

const msOf = (at: string) => String(Temporal.Instant.from(at).epochMilliseconds).padStart(16, '0')
const keyOf = ({ at, code = '' }: SignInAttempt) => `${msOf(at)} ${code}`
/** Total, so that two of one second do not depend on which came first. */
const orderOf = (said: { at: string; reason?: string; words?: string }) =>
  `${msOf(said.at)} ${said.reason ?? said.words ?? ''}`
