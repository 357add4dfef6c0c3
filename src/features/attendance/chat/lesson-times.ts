import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import { foldCharacters } from '../../../text/characters.ts'
import { stuckDayIn } from '../../../text/dates/stuck-day.ts'
import { inShanghai, weekdayName } from '../../../text/dates/time.ts'
import { chatDays } from '../../../text/dates/tokens/chat-days.ts'
import { partOfDay } from '../../../text/dates/tokens/clock-times.ts'
import { findWhen } from '../../../text/dates/when.ts'
import { numberOf } from '../../../text/figures/numerals.ts'
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
  const { kind: _, subject, ...written } = when
  refuseNight(said, inShanghai(written.startsAt).hour)
  return withLength({ ...written, rest: subject })
}

const lengthInHours = '(?<hours>\\d{1,2}(?:\\.5)?|[一二两三四五六七八]|半)\\s?个?(?<half>半)?(?:小时|钟头)'
const lengthWords = '(?:(?:时长|历时|为期|全程|预计|大约|约|共)\\s*[:：]?\\s*)*'
const length = new RegExp(
  `(?:^|[\\s,，])${lengthWords}(?:${lengthInHours}|(?<minutes>\\d{2,3})\\s?分钟)(?=$|[\\s,，。])`,
  'u',
)

/** The bounds of a lesson's length, in minutes. */
const [shortestLesson, longestLesson] = [10, 12 * 60]

/**
 * 「14:00 两小时」: the length as the end, where none is written; it is no title by itself.
 * @throws {@link Refusal} for a length of less than 10 minutes or more than 12 hours
 */
function withLength(written: WrittenTimes & { rest: string }): WrittenTimes & { rest: string } {
  const found = length.exec(written.rest)
  if (!found?.groups || written.endsAt) return written
  const rest =
    `${written.rest.slice(0, found.index)} ${written.rest.slice(found.index + found[0].length)}`.trim()
  if (rest === '') return written
  const { hours = '', half, minutes } = found.groups
  const inHours = hours === '半' ? 0.5 : (numberOf(hours) ?? Number(hours)) + (half ? 0.5 : 0)
  const many = minutes === undefined ? inHours * 60 : Number(minutes)
  if (many < shortestLesson || many > longestLesson) {
    const said = found[0].replaceAll(/^[\s,，]+/gu, '')
    throw new Refusal(`一节课要在 10 分钟到 12 小时之间，「${said}」请写成几点到几点，像「14:00-15:30」。`)
  }
  return { ...written, endsAt: written.startsAt.add({ minutes: many }), rest }
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

const clockTime =
  /(?<![\d:])\d{1,2}:\d{2}(?![\d:])|(?:[\d]{1,2}|[一二两三四五六七八九十]{1,3})[点时]半?(?:签到|签退|开始|入场|集合|报到|结束|散场|(?=\s|$))/u
/** Left of a time that was read in part: 「-430」, 「卅分」, 「差一刻」. */
const partOfTime = /(?<=^|\s)[-~至到]\d{3,4}(?=\s|$)|[卅廿]分|差\s*(?:[一三]刻|[\d一二两三五十]{1,2}分)/u

/**
 * @param said the words beside the time that was read
 * @throws {@link Refusal} where they hold another time: it may be the one that was meant
 */
export function refuseSecondTime(said: string): void {
  const plain = said.normalize('NFKC')
  const found = clockTime.exec(plain)?.[0] ?? partOfTime.exec(plain)?.[0]
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
/** Behind a number with 号 or 日 that is no day: 「5号楼」, 「8号文」. */
const numberedThing = '楼|馆|厅|院|门|店|线|会议室|教室|仓|基地|文|令|[\\d:：]'
/** A day inside the title. It may stay there where the time has a day of its own. */
const dayInTitle = new RegExp(
  [
    '\\d{1,2}月\\d|[一二三四五六七八九十]月[一二三四五六七八九十]',
    '(?:下|本|这)个?(?:周|星期|礼拜|月)',
    '[今明后]天|[今明]晚',
    `(?<!\\d)(?:3[01]|[12]?\\d)[号日](?!${numberedThing})`,
    '(?<weekday>(?:周|星期|礼拜)(?<name>[一二三四五六日天]))(?!常|报|程)',
  ].join('|'),
  'u',
)

const example = '「12月5日 14:00-15:30」「下周三 14:00」「每周六 14:00」'

const afterDay = new RegExp(`^(?:全天|整天|一天|${partOfDay})?(?=[\\s\\d,，]|$)`, 'u')

/**
 * @param said words without a time
 * @throws {@link Refusal} where a day ends them or stands alone in them
 */
export function refuseDayAlone(said: string): void {
  const folded = foldCharacters(said)
  const found = chatDays(folded).find(({ end }) => afterDay.test(folded.slice(end)))
  if (!found) return
  const day = said.slice(found.start, found.end)
  throw new Refusal(
    `「${day}${afterDay.exec(folded.slice(found.end))?.[0] ?? ''}」没写几点，请写成${example}。`,
  )
}

/** Words beside a recurrence that begin or end it and were not read: 「下周起」, 「到年底」, 「12月份」. */
const unreadBound = new RegExp(
  [
    '(?:从\\s*)?(?:明天|后天|(?:这|本|下)个?(?:周|星期|礼拜|月)|\\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?|今年|明年)(?:起|开始|份)',
    '(?:到|至|直到)(?:\\d{4}年)?(?:年|月|学期|季度|\\d{1,2}月|今年|下?个?月)(?:底|末|份|结束)',
    '(?<=^|\\s)(?:\\d{1,2}月份?|(?:这|本|下)个?月|今年|年内)(?=\\s|$)',
    '(?:连续|连着|为期|持续)\\s*[\\d一二两三四五六七八九十]{1,2}个?(?:周|月|天|星期|礼拜|次)',
    '(?:首次|第一次|首期)\\s*(?:从|自|是|在|为|:|\\d|[一二三四五六七八九十]{1,2}月|(?:这|本|下)?个?(?:周|星期|礼拜)|[今明后]天)',
    '(?<=^|[\\s,，])(?:首次|第一次|首期)$',
  ].join('|'),
  'u',
)

/**
 * @param said the words beside a recurrence
 * @throws {@link Refusal} where they bound it in a way that was not read
 */
export function refuseUnreadBound(said: string): void {
  const found = unreadBound.exec(said.normalize('NFKC'))?.[0].trim()
  if (found === undefined) return
  throw new Refusal(
    `「${found}」没看懂。从哪天起、到哪天止，请写日子或次数，像「每周六 14:00 从12月5日起 到12月31日」「每周六 14:00 共8次」。`,
  )
}

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
  if (!times) refuseDayAlone(said)
  const mayBeToday = times !== undefined && !times.hasDay
  const inTitle = mayBeToday ? dayInTitle.exec(plain) : undefined
  const today = weekdayName(inShanghai(at))
  const isToday = inTitle?.groups?.name?.replace('天', '日') === today
  const stuck = mayBeToday ? stuckDayIn(plain) : undefined
  const found = unreadDay.exec(plain)?.[0] ?? (isToday ? stuck : (inTitle?.[0] ?? stuck))
  if (found === undefined) return
  throw new Refusal(
    times
      ? `「${found.trim()}」是哪一天没看懂。日子和几点请写在一起，像${example}。`
      : `「${found.trim()}」没写几点，请写成${example}。`,
  )
}
