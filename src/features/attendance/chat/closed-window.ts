import type { Temporal } from 'temporal-polyfill'
import type { Answer } from '../../../feature.ts'
import { type Message, type PassedOn, passedOn } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { FormSignUps } from '../../../ports/sign-ups.ts'
import { sayTime } from '../../../text/dates/time.ts'
import { isOwnLeave, type SignInMeaning } from '../check-ins/meanings/sign-in-meaning.ts'
import { asideWords } from '../check-ins/words.ts'
import type { Lessons } from '../lessons/lessons.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { phaseOf, sentAtOf, windowOf } from '../lessons/window.ts'

export const excuseAheadHours = 24
/** A sign-in this long after the end is told and noted for the lesson; a later one belongs to no lesson. */
export const lateTryHours = 3
/** Between two lessons, a sign-in this shortly before the next one opens means that one. */
const earlyTryMinutes = 60
/** How long ahead leave is taken for a lesson. */
export const leaveAheadDays = 30
export const isAhead = (lesson: Lesson, at: Temporal.Instant) =>
  ['upcoming', 'open'].includes(phaseOf(lesson, at))
export const noLeaveWords = '最近没有排好的课，不用请假。'
export const noLessonWords = '现在没有要签到的课。下次开课我会在群里说，到时发「签到」就行。'
/** 「今晚来不了」 speaks of a day, and of no place on a form that may be weeks away. */
const ofSomeDay = /[今明后]|周[一二三四五六日天]|[早晚]上|[上中下]午|晚|加班|课/u

type Parts = { lessons: Lessons; forms: FormSignUps; clock: Clock }
type Meant = { over: Lesson } | { next: Lesson } | undefined

/** The lesson that words about signing in mean while no window is open. */
export function meantLesson(nearby: readonly Lesson[], at: Temporal.Instant): Meant {
  const over = nearby.findLast(lesson => phaseOf(lesson, at) === 'over')
  const next = nearby.find(lesson => phaseOf(lesson, at) === 'upcoming')
  const isNextMeant = next && at.until(windowOf(next).opensAt).total('minutes') <= earlyTryMinutes
  if (over && !isNextMeant) return { over }
  return next && { next }
}

/** When sign-in begins for a lesson to come. */
export const sayOpening = (next: Lesson, now: Temporal.Instant): string =>
  `还没到签到时间，「${next.title}」${sayTime(windowOf(next).opensAt, now)} 开始签到，到时再发一次就行。`

/** Answers to other words for attendance while no window is open here, which are talk unless they are for the bot. */
export function createClosedWindow({ lessons, forms, clock }: Parts) {
  /** 「来不了」 without a lesson gives back a place on a form, also in private. */
  async function leaveForm(message: Message): Promise<Answer | PassedOn> {
    const at = sentAtOf(message)
    const soon = await lessons.between({ from: at, to: at.add({ hours: excuseAheadHours }) }, message.groupId)
    if (soon.length === 0) {
      const left = isOwnLeave(message.text) ? await forms.leave(message, '', true) : undefined
      return left === undefined ? passedOn : left || undefined
    }
    return message.groupId === undefined
      ? '课来不了的话，发「请假 原因」，我记下来。要退活动的报名，发「不去了」和活动的名字。'
      : passedOn
  }

  async function isLessonAhead(message: Message): Promise<boolean> {
    const at = sentAtOf(message)
    const coming = await lessons.between(
      { from: at, to: at.add({ hours: 24 * leaveAheadDays }) },
      message.groupId,
    )
    return coming.some(lesson => isAhead(lesson, at))
  }

  async function sayNearby(message: Message, kind: SignInMeaning['kind']): Promise<string> {
    const at = sentAtOf(message)
    const span = { from: at.subtract({ hours: lateTryHours }), to: at.add({ hours: excuseAheadHours }) }
    const meant = meantLesson(await lessons.between(span, message.groupId), at)
    if (!meant) return noLessonWords
    if ('over' in meant)
      return `「${meant.over.title}」的签到已经截止。人到了没签上的，发「签到」，我记成截止后签到，再请组织者补签。`
    return kind === 'late' ? asideWords.late : sayOpening(meant.next, clock.now())
  }

  return async (message: Message, { kind }: SignInMeaning): Promise<Answer | PassedOn> => {
    const isPlace = kind === 'leave' && !message.text.includes('假') && !ofSomeDay.test(message.text)
    const told = isPlace ? await leaveForm(message) : passedOn
    if (told !== passedOn || !message.mentionsBot || message.groupId === undefined) return told
    if (kind === 'leave') return (await isLessonAhead(message)) ? asideWords.leave : noLeaveWords
    if (kind === 'wrong') return asideWords.wrong
    return kind === 'digits' ? passedOn : sayNearby(message, kind)
  }
}
