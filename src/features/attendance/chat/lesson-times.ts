import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import { stuckDayIn } from '../../../text/dates/stuck-day.ts'
import { inShanghai, weekdayName } from '../../../text/dates/time.ts'
import { findWhen } from '../../../text/dates/when.ts'
import type { LessonRecurrence } from '../lessons/records/series-records.ts'
import { defaultLengthMinutes } from '../lessons/window.ts'

export type WrittenTimes = {
  startsAt: Temporal.Instant
  endsAt?: Temporal.Instant
  hasDay: boolean
  /** The time as it was written, a day beside it included. */
  said: string
  recurrence?: LessonRecurrence
}

/**
 * Finds the time of a lesson in words.
 * @returns undefined where no time was written
 * @throws {@link Refusal} where there is no such time, or where it may be of the night or the afternoon
 */
export function findTimes(said: string, at: Temporal.Instant): (WrittenTimes & { rest: string }) | undefined {
  const when = findWhen(said, at)
  if (!when) return undefined
  if (when.kind === 'impossible') throw new Refusal(when.reason)
  const { kind: _, ...written } = when
  refuseNight(said, inShanghai(written.startsAt).hour)
  return written
}

/** The start and the end of a lesson; without a written end, after {@link defaultLengthMinutes}. */
export const spanOf = ({ startsAt, endsAt }: WrittenTimes) => ({
  startsAt,
  endsAt: endsAt ?? startsAt.add({ minutes: defaultLengthMinutes }),
})

/** Times that were written without a day, on the day of a lesson that they change. */
export function onDayOf(times: WrittenTimes, lesson: { startsAt: string }): WrittenTimes {
  if (times.hasDay) return times
  const day = inShanghai(Temporal.Instant.from(lesson.startsAt)).toPlainDate()
  const moved = (time: Temporal.Instant) =>
    inShanghai(time).with({ year: day.year, month: day.month, day: day.day }).toInstant()
  return {
    ...times,
    startsAt: moved(times.startsAt),
    ...(times.endsAt ? { endsAt: moved(times.endsAt) } : {}),
  }
}

/** 「2:00」 without a part of the day is the afternoon to most people, and as written to others. */
function refuseNight(said: string, hour: number): void {
  if (hour === 0 || hour >= 6 || /凌晨|清晨|早|(?<![\d:])0\d/u.test(said.normalize('NFKC'))) return
  throw new Refusal(`${hour} 点是凌晨还是下午？下午请写「${hour + 12}:00」，凌晨请写「凌晨${hour}点」。`)
}

const secondTime =
  /(?<![\d:])\d{1,2}:\d{2}(?![\d:])|(?:[\d]{1,2}|[一二两三四五六七八九十]{1,3})[点时]半?(?:签到|签退|开始|入场|集合|报到|结束|散场|(?=\s|$))/u

/**
 * @param said the words beside the time that was read
 * @throws {@link Refusal} where they hold another time: it may be the one that was meant
 */
export function refuseSecondTime(said: string): void {
  const found = secondTime.exec(said.normalize('NFKC'))?.[0]
  if (found === undefined) return
  throw new Refusal(
    `「${found}」也是一个时间，分不清哪个是上课的时间。请只写一个，像「12月5日 14:00-15:30」。`,
  )
}

const festival = '(?:元旦|除夕|春节|元宵|清明|五一|劳动节|端午|中秋|十一|国庆|七一)(?:节)?'
/** A day that stands by itself, or a part of one, and was not read. */
const unreadDay = new RegExp(
  [
    '(?<=^|\\s)(?:\\d{4}年)?\\d{1,2}月(?:\\d{1,2}[日号]?|底|初|中旬?|上旬|下旬)?[、,，和]?(?=\\s|$)',
    '(?<=^|\\s)\\d{1,2}[日号](?=\\s|$)',
    '(?<=^|\\s)(?:下|本|这)*个?(?:周|星期|礼拜)[一二三四五六日天][、,，和及到至-]?(?=\\s|$)',
    '(?<=^|\\s)(?:下|上|本|这)+个?(?:周|月|星期|礼拜)?(?=\\s|$)',
    '(?<=^|\\s)(?:本|这|下|上)?个?(?:月|年|周)(?:底|初|末)(?=\\s|$)',
    '(?:每个?(?:天|日|周|月|年|星期|礼拜)|隔(?:周|天|日|月)|天天)(?=\\s|\\d|$|[一二三四五六日天](?:\\s|\\d|$))',
    `(?<=^|\\s)${festival}(?:前|后|当天|当日|那天|期间|假期)?(?:第?[一二三][天日])?(?=\\s|$)`,
    `${festival}(?:前|后)第?[一二三][天日]`,
  ].join('|'),
  'u',
)
/** A day inside the title. It may stay there where the time has a day of its own. */
const dayInTitle =
  /\d{1,2}月\d|[一二三四五六七八九十]月[一二三四五六七八九十]|(?:下|本|这)个?(?:周|星期|礼拜|月)|[今明后]天|[今明]晚|(?<!\d)(?:3[01]|[12]?\d)[号日](?!楼|馆|厅|院|门|店|线|会议室|教室|仓|基地|文|令|[\d:：])|(?<weekday>(?:周|星期|礼拜)(?<name>[一二三四五六日天]))(?!常|报|程)/u

/** 「半小时后」 counts from now, and is no part of a title. */
const inAWhile =
  /(?:[\d一二两三四五六七八九十半]+|[一三]刻)个?(?:半)?(?:小时|钟头|分钟|刻钟|钟)(?:之|以)?[后後]/u

/**
 * A day that was not understood never means today.
 * @throws {@link Refusal} with the words and how to write them
 */
export function refuseUnreadDay(said: string, times: WrittenTimes | undefined, at: Temporal.Instant): void {
  const plain = said.normalize('NFKC')
  const soon = times ? undefined : inAWhile.exec(plain)?.[0]
  if (soon) throw new Refusal(`「${soon}」请把几点写出来，像「今天 14:00」。`)
  const mayBeToday = times !== undefined && !times.hasDay
  const inTitle = mayBeToday ? dayInTitle.exec(plain) : undefined
  const today = weekdayName(inShanghai(at))
  const isToday = inTitle?.groups?.name?.replace('天', '日') === today
  const stuck = mayBeToday ? stuckDayIn(plain) : undefined
  const found = unreadDay.exec(plain)?.[0] ?? (isToday ? stuck : (inTitle?.[0] ?? stuck))
  if (found === undefined) return
  const example = '「12月5日 14:00-15:30」「下周三 14:00」「每周六 14:00」'
  throw new Refusal(
    times
      ? `「${found.trim()}」是哪一天没看懂。日子和几点请写在一起，像${example}。`
      : `「${found.trim()}」没写几点，请写成${example}。`,
  )
}
