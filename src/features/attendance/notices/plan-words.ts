import { Temporal } from 'temporal-polyfill'
import { inShanghai, sayMonthDay } from '../../../text/dates/time.ts'
import { clockTime, sayLesson } from '../check-ins/words.ts'
import { asksForCode } from '../lessons/codes.ts'
import { detailLines } from '../lessons/details.ts'
import type { Lesson } from '../lessons/records/records.ts'
import type { Series } from '../lessons/records/series-records.ts'
import { type Occasion, sayLessonRecurrence } from '../lessons/recurrence.ts'
import { windowOf } from '../lessons/window.ts'

const datesShown = 4

/** The message to a group when a lesson was opened. */
export function sayOpened(lesson: Lesson, now: Temporal.Instant): string {
  return [
    `${sayLesson(lesson, now)}，开课了就在群里签到。`,
    ...detailLines(lesson),
    sayHowToSign(lesson, now),
  ].join('\n')
}

/** The message to a group when a series was opened. */
export function saySeries(
  { series, lessons, skipped }: { series: Series; lessons: readonly Lesson[]; skipped: readonly Occasion[] },
  now: Temporal.Instant,
): string {
  const planned = lessons.filter(({ cancelledAt }) => cancelledAt === undefined)
  const [first] = planned
  const times = first ? `${clockTime(first.startsAt)}–${clockTime(first.endsAt)}` : `${series.startTime} 开始`
  const days = planned
    .slice(0, datesShown)
    .map(({ startsAt }) => sayMonthDay(inShanghai(Temporal.Instant.from(startsAt)).toPlainDate()))
  const out = skipped.map(({ date, skipped: why }) => `${sayMonthDay(date)} ${why}`)
  return [
    `「${series.plan.title}」${sayLessonRecurrence(series.recurrence)} ${times}，每次都在群里签到。`,
    ...detailLines(series.plan),
    days.length > 0 ? `接下来：${days.join('、')}。` : '最近一个多月没有课，到时我会提前说。',
    ...(out.length > 0 ? [`${out.join('，')}，那天没有课；要照常上，开课时写上「含节假日」。`] : []),
    ...(first ? [sayHowToSign(first, now)] : []),
  ].join('\n')
}

/** The message to a group when signing in begins or ceases to take the digits on the screen. */
export const sayCodeSwitch = ({ title }: Lesson, isOn: boolean): string =>
  isOn
    ? `「${title}」现在起签到要带数字：看现场屏幕，发「签到 四位数字」。`
    : `「${title}」签到不用带数字了，只发「签到」就行。`

/** The reminder to a group before a lesson, the day before and shortly before. */
export function sayReminder(lesson: Lesson, now: Temporal.Instant): string {
  const minutes = Math.round(now.until(lesson.startsAt).total('minutes'))
  const isSoon = minutes <= 60
  return [
    isSoon
      ? `还有 ${Math.max(minutes, 1)} 分钟：${sayLesson(lesson, now)}。`
      : `提醒：${sayLesson(lesson, now)}。`,
    ...detailLines(isSoon ? { ...lesson, signUp: undefined } : lesson),
    sayHowToSign(lesson, now),
  ].join('\n')
}

/**
 * The message to a group when a lesson or a series changed.
 * @returns undefined where nothing changed that groups are told
 */
export function sayChanged(before: Lesson, after: Lesson, now: Temporal.Instant): string | undefined {
  const isMoved = before.startsAt !== after.startsAt || before.endsAt !== after.endsAt
  const hasOtherWindow =
    before.opensBeforeMinutes !== after.opensBeforeMinutes ||
    before.lateAfterMinutes !== after.lateAfterMinutes
  const details = [...detailLines(after), ...(hasOtherWindow ? [sayHowToSign(after, now)] : [])]
  const told = detailLines(before)
  if (isMoved)
    return [
      `「${before.title}」改时间了：原来 ${sayLesson(before, now).replace(/^「.*」/u, '')}，现在是${sayLesson(after, now)}。`,
      ...details,
    ].join('\n')
  if (before.title !== after.title)
    return [`「${before.title}」改名了，现在叫${sayLesson(after, now)}。`, ...details].join('\n')
  if (!hasOtherWindow && details.join('\n') === told.join('\n')) return undefined
  return details.length > 0
    ? [`${sayLesson(after, now)} 有变化，请看：`, ...details].join('\n')
    : [`${sayLesson(after, now)} 有变化，以前说的不算了：`, ...told].join('\n')
}

/** The message to a group where the lessons of a series have another time from this one on. */
export const sayMovedFrom = (lesson: Lesson, now: Temporal.Instant): string =>
  [`时间改了，从这一次起：${sayLesson(lesson, now)}。`, ...detailLines(lesson)].join('\n')

/** The message to a group in which a lesson is not held any more. */
export const sayGone = (lesson: Lesson, now: Temporal.Instant): string =>
  `${sayLesson(lesson, now)} 不在这个群上了，这个群不用来签到。`

function sayHowToSign(lesson: Lesson, now: Temporal.Instant): string {
  const { opensAt, lateFrom } = windowOf(lesson)
  const isOpen = Temporal.Instant.compare(opensAt, now) <= 0
  const from = isOpen ? '现在就可以' : `${clockTime(opensAt)} 起`
  const words = asksForCode(lesson) ? '发「签到」和屏幕上的四位数字' : '发「签到」'
  return `${from}${words}，${clockTime(lateFrom)} 以后算迟到，${clockTime(lesson.endsAt)} 截止；来不了请发「请假 原因」。`
}
