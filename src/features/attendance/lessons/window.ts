import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import { checkLength } from './plan-rules.ts'
import type { Lesson } from './records/records.ts'

/** Sign-in opens this long before the start and turns late this long after it, as the organizers asked. */
export const opensBeforeMinutes = 15
export const lateAfterMinutes = 10
export const defaultLengthMinutes = 90
const longestHours = 12
const furthestDays = 366
/** Platform clocks run ahead by a little; a message from further in the future has a wrong time. */
const clockSkewSeconds = 60
/**
 * A sign-in delivered later than this is marked as delayed: the person who checked
 * the group did not see it in time.
 */
const delayToldSeconds = 60
/** Signing out stays open this long after the end; the tally waits for it. */
export const signOutMinutes = 15
/** The group is told of an outage once the line was good for two minutes; then there are five to sign in again. */
const afterOutageMinutes = 7

export type LessonDraft = { title: string; startsAt: Temporal.Instant; endsAt: Temporal.Instant }
export type Phase = 'upcoming' | 'open' | 'over' | 'cancelled'

/**
 * A draft that can be a lesson.
 * @throws {@link Refusal} for one without a title, that is over, ends before it starts, or is too long or too far
 */
export function checkDraft({ title, startsAt, endsAt }: LessonDraft, at: Temporal.Instant): void {
  if (title === '') throw new Refusal('请带上课程的名字，例如「开课 周末微党课 周六14:00」。')
  checkLength('title', title)
  if (!isBefore(startsAt, endsAt)) throw new Refusal('结束时间要晚于开始时间，请改一下再发。')
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
export function delayOf(message: Pick<Message, 'sentAt' | 'receivedAt'>): { receivedAt?: string } {
  const { receivedAt } = message
  const isDelayed = sentAtOf(message).until(receivedAt).total('seconds') > delayToldSeconds
  return isDelayed ? { receivedAt: receivedAt.toString() } : {}
}

/**
 * When sign-in opens, turns late and closes; both ends belong to the window. After an outage while one could still be
 * on time, a person who signs in again within {@link afterOutageMinutes} is on time.
 */
export function windowOf(lesson: Lesson): Window {
  const known = windows.get(lesson)
  if (known) return known
  const window = workedOut(lesson)
  windows.set(lesson, window)
  return window
}

type Window = Record<'opensAt' | 'startsAt' | 'lateFrom' | 'closesAt', Temporal.Instant>
/**
 * Cached, as it is asked for several times per person: parsing the times for each of
 * 3,000 people would take seconds.
 */
const windows = new WeakMap<Lesson, Window>()

function workedOut(lesson: Lesson): Window {
  const startsAt = Temporal.Instant.from(lesson.startsAt)
  const endsAt = Temporal.Instant.from(lesson.endsAt)
  const closedAt = lesson.closedAt === undefined ? endsAt : Temporal.Instant.from(lesson.closedAt)
  const opensAt = startsAt.subtract({ minutes: lesson.opensBeforeMinutes })
  const punctualUntil = startsAt.add({ minutes: lesson.lateAfterMinutes })
  const secondChances = lesson.outages
    .filter(({ from }) => !isBefore(punctualUntil, Temporal.Instant.from(from)))
    .map(({ to }) => Temporal.Instant.from(to).add({ minutes: afterOutageMinutes }))
  return {
    opensAt,
    startsAt,
    lateFrom: [punctualUntil, ...secondChances].reduce((a, b) => (isBefore(a, b) ? b : a)),
    closesAt: isBefore(closedAt, endsAt) ? closedAt : endsAt,
  }
}

/** How a lesson stands at a time. */
export function phaseOf(lesson: Lesson, at: Temporal.Instant): Phase {
  if (lesson.cancelledAt !== undefined) return 'cancelled'
  const { opensAt, closesAt } = windowOf(lesson)
  if (isBefore(at, opensAt)) return 'upcoming'
  // The person who closes it early sees it closed at once.
  if (lesson.closedAt !== undefined && !isBefore(at, closesAt)) return 'over'
  return isBefore(closesAt, at) ? 'over' : 'open'
}

/** When the tally is made: at the end, or where people sign out, once that is closed. */
export function talliedFrom(lesson: Lesson): Temporal.Instant {
  const { closesAt } = windowOf(lesson)
  return lesson.takesSignOut ? closesAt.add({ minutes: signOutMinutes }) : closesAt
}

/** Whether one can sign out: from the start until shortly after the end. */
export function takesSignOutAt(lesson: Lesson, at: Temporal.Instant): boolean {
  if (!lesson.takesSignOut || lesson.cancelledAt !== undefined) return false
  return !isBefore(at, windowOf(lesson).startsAt) && !isBefore(talliedFrom(lesson), at)
}

/** @throws {@link Refusal} when there is nothing to close */
export function closeEarly(lesson: Lesson, at: Temporal.Instant): Lesson {
  const phase = phaseOf(lesson, at)
  if (phase === 'upcoming') throw new Refusal(`「${lesson.title}」还没开始签到。不上了的话，发「取消课程」。`)
  if (phase !== 'open') throw new Refusal(`「${lesson.title}」已经结束了，不用再下课。`)
  return { ...lesson, closedAt: at.toString() }
}

/** @throws {@link Refusal} when it is over: what happened is not undone */
export function cancelLesson(lesson: Lesson, at: Temporal.Instant): Lesson {
  const phase = phaseOf(lesson, at)
  if (phase === 'cancelled') throw new Refusal(`「${lesson.title}」已经取消过了。`)
  if (phase === 'over')
    throw new Refusal(`「${lesson.title}」已经上完了，不能取消；个别人记错了可以发「更正」。`)
  return { ...lesson, cancelledAt: at.toString() }
}

/**
 * Adds outages during the sign-in to a lesson.
 * @param spans those that touch the window, with an end; known ones change nothing
 * @returns the same object where nothing is new
 */
export function withOutages(lesson: Lesson, spans: readonly { from: string; to: string }[]): Lesson {
  const known = new Map(lesson.outages.map(span => [span.from, span.to]))
  const news = spans.filter(({ from, to }) => {
    const until = known.get(from)
    return until === undefined || Temporal.Instant.compare(until, to) < 0
  })
  if (news.length === 0) return lesson
  for (const { from, to } of news) known.set(from, to)
  const outages = [...known].map(([from, to]) => ({ from, to }))
  return { ...lesson, outages: outages.sort((a, b) => Temporal.Instant.compare(a.from, b.from)) }
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
