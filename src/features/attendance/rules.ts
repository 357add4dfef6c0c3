import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import { withNotice } from './receipts.ts'
import type { CheckIn, Lesson, Verdict } from './records.ts'

/** Sign-in opens this long before the start and turns late this long after it, as the organizers asked. */
export const opensBeforeMinutes = 15
export const lateAfterMinutes = 10
export const defaultLengthMinutes = 90
const longestHours = 12
const furthestDays = 366
/** Platform clocks run ahead by a little; a message from further in the future has a wrong time. */
const clockSkewSeconds = 60
/** Delivered later than this, it is told: whoever was asked to look at the group did not see it in time. */
const delayToldSeconds = 60

export type Draft = { title: string; startsAt: Temporal.Instant; endsAt: Temporal.Instant }
export type Phase = 'upcoming' | 'open' | 'over' | 'cancelled'
/** Without a group it was said in private, and is no group's to hear. */
export type Who = { memberId: string; name: string; groupId?: string; receivedAt?: string }
export type Correction = CheckIn['corrections'][number]

/** What a check-in amounts to. `tried` is a sign-in after the end: not there, but worth a look. */
export type Standing = {
  state: Verdict | 'tried'
  /** Minutes after the start, for the late. */
  lateMinutes?: number
}
export type Tally = Record<Standing['state'], CheckIn[]> & {
  /** Present and late. */
  attended: number
}

/**
 * A draft that can be a lesson.
 * @throws {@link Refusal} for one without a title, that is over, ends before it starts, or is too long or too far
 */
export function checkDraft({ title, startsAt, endsAt }: Draft, at: Temporal.Instant): void {
  if (title === '') throw new Refusal('请带上课程的名字，例如「开课 周末微党课 14:00」。')
  if ([...title].length > 40) throw new Refusal('课程名字太长了，请控制在 40 个字以内。')
  if (isBefore(endsAt, startsAt) || endsAt.equals(startsAt)) {
    throw new Refusal('结束时间要晚于开始时间，请改一下再发。')
  }
  if (startsAt.until(endsAt).total('hours') > longestHours) {
    throw new Refusal(`一节课最长 ${longestHours} 小时，请检查结束时间。`)
  }
  if (!isBefore(at, endsAt))
    throw new Refusal('这个时间已经过去了。要开今后的课，请带上日期，例如「明天 14:00」。')
  if (at.until(startsAt).total('days') > furthestDays)
    throw new Refusal('最远只能开一年以内的课，请检查日期。')
}

/**
 * When something was really sent: by the platform's clock, so that a delayed sign-in counts for when it was typed,
 * however late it comes; by ours where the platform's time is from the future.
 */
export function sentAtOf({ sentAt, receivedAt }: Pick<Message, 'sentAt' | 'receivedAt'>): Temporal.Instant {
  return receivedAt.until(sentAt).total('seconds') <= clockSkewSeconds ? sentAt : receivedAt
}

/** When it reached us, where that was notably later than it was sent. */
export function delayOf(message: Pick<Message, 'sentAt' | 'receivedAt'>): Pick<Who, 'receivedAt'> {
  const { receivedAt } = message
  const isDelayed = sentAtOf(message).until(receivedAt).total('seconds') > delayToldSeconds
  return isDelayed ? { receivedAt: receivedAt.toString() } : {}
}

/** When sign-in opens, turns late and closes. Each end belongs to the window. */
export function windowOf(lesson: Lesson) {
  const startsAt = Temporal.Instant.from(lesson.startsAt)
  const endsAt = Temporal.Instant.from(lesson.endsAt)
  const closedAt = lesson.closedAt === undefined ? endsAt : Temporal.Instant.from(lesson.closedAt)
  return {
    opensAt: startsAt.subtract({ minutes: lesson.opensBeforeMinutes }),
    startsAt,
    lateFrom: startsAt.add({ minutes: lesson.lateAfterMinutes }),
    closesAt: isBefore(closedAt, endsAt) ? closedAt : endsAt,
  }
}

export function phaseOf(lesson: Lesson, at: Temporal.Instant): Phase {
  if (lesson.cancelledAt !== undefined) return 'cancelled'
  const { opensAt, closesAt } = windowOf(lesson)
  if (isBefore(at, opensAt)) return 'upcoming'
  // Whoever closes it early sees it closed at once.
  if (lesson.closedAt !== undefined && !isBefore(at, closesAt)) return 'over'
  return isBefore(closesAt, at) ? 'over' : 'open'
}

/** The last correction counts; without one, whoever came was there, whatever he had said before. */
export function standingOf(lesson: Lesson, checkIn: CheckIn): Standing | undefined {
  const signed = signedStanding(lesson, checkIn)
  const corrected = checkIn.corrections.at(-1)?.to
  if (corrected !== undefined) return corrected === signed?.state ? signed : { state: corrected }
  if (signed && signed.state !== 'tried') return signed
  return checkIn.leave ? { state: 'leave' } : signed
}

function signedStanding(lesson: Lesson, { signedAt }: CheckIn): Standing | undefined {
  if (signedAt === undefined) return undefined
  const at = Temporal.Instant.from(signedAt)
  const { startsAt, lateFrom, closesAt } = windowOf(lesson)
  if (isBefore(closesAt, at)) return { state: 'tried' }
  if (!isBefore(lateFrom, at)) return { state: 'present' }
  return { state: 'late', lateMinutes: Math.floor(startsAt.until(at).total('minutes')) }
}

/** Who was what, each by name. */
export function tallyOf(lesson: Lesson): Tally {
  const tally: Tally = { present: [], late: [], leave: [], absent: [], tried: [], attended: 0 }
  const byName = Object.values(lesson.checkIns).sort(
    (a, b) => a.name.localeCompare(b.name, 'zh-Hans-CN') || a.memberId.localeCompare(b.memberId),
  )
  for (const checkIn of byName) {
    const standing = standingOf(lesson, checkIn)
    if (standing) tally[standing.state].push(checkIn)
  }
  tally.attended = tally.present.length + tally.late.length
  return tally
}

/**
 * Takes a sign-in of a lesson that is open or over. The earliest one counts, so that order, repetition and delay
 * of messages change nothing.
 * @returns the same object where nothing is new
 */
export function signIn(lesson: Lesson, who: Who, at: Temporal.Instant): Lesson {
  const known = checkInOf(lesson, who)
  if (known.signedAt !== undefined && !isBefore(at, Temporal.Instant.from(known.signedAt))) return lesson
  const { receivedAt: _ofALaterOne, ...rest } = known
  const delay = who.receivedAt === undefined ? {} : { receivedAt: who.receivedAt }
  return withNotice(withCheckIn(lesson, { ...rest, signedAt: at.toString(), ...delay }), who, 'signed')
}

/** Takes a leave; asked for again, the latest words count. */
export function askLeave(
  lesson: Lesson,
  who: Who,
  { at, reason }: { at: Temporal.Instant; reason: string },
): Lesson {
  const known = checkInOf(lesson, who)
  const leave = { at: at.toString(), reason }
  if (known.leave && orderOf(known.leave) >= orderOf(leave)) return lesson
  return withNotice(withCheckIn(lesson, { ...known, leave }), who, 'leave')
}

/** Puts down what an organizer decided; nothing that was there is lost. */
export function correct(lesson: Lesson, who: Pick<Who, 'memberId' | 'name'>, correction: Correction): Lesson {
  const known = checkInOf(lesson, who)
  return withCheckIn(lesson, { ...known, corrections: [...known.corrections, correction] })
}

/** @throws {@link Refusal} when there is nothing to close */
export function closeEarly(lesson: Lesson, at: Temporal.Instant): Lesson {
  const phase = phaseOf(lesson, at)
  if (phase === 'upcoming') throw new Refusal(`「${lesson.title}」还没开始签到。不上了的话，发「取消课程」。`)
  if (phase !== 'open') throw new Refusal(`「${lesson.title}」已经结束了，不用再下课。`)
  return { ...lesson, closedAt: at.toString() }
}

/** @throws {@link Refusal} when it is over: what happened is not undone */
export function cancel(lesson: Lesson, at: Temporal.Instant): Lesson {
  const phase = phaseOf(lesson, at)
  if (phase === 'cancelled') throw new Refusal(`「${lesson.title}」已经取消过了。`)
  if (phase === 'over')
    throw new Refusal(`「${lesson.title}」已经上完了，不能取消；个别人记错了可以发「更正」。`)
  return { ...lesson, cancelledAt: at.toString() }
}

function checkInOf(lesson: Lesson, { memberId, name }: Pick<Who, 'memberId' | 'name'>): CheckIn {
  return lesson.checkIns[memberId] ?? { memberId, name, corrections: [] }
}

function withCheckIn(lesson: Lesson, checkIn: CheckIn): Lesson {
  return { ...lesson, checkIns: { ...lesson.checkIns, [checkIn.memberId]: checkIn } }
}

/** Total, so that two leaves of one second do not depend on which came first. */
const orderOf = (leave: { at: string; reason: string }) =>
  `${String(Temporal.Instant.from(leave.at).epochMilliseconds).padStart(16, '0')} ${leave.reason}`

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
