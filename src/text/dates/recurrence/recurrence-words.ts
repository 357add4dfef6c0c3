import { foldCharacters } from '../../characters.ts'
import type { RecurringDays } from './recurring-days.ts'

/** A recurrence that cannot be: the reason is a Chinese sentence to be said as it is. */
export type ImpossibleRecurrence = { kind: 'impossible'; reason: string }

/** The days found, and the text without their words; `at` is where they stood. */
export type FoundDays = { on: RecurringDays; rest: string; at: number }

const weekdayNames = '一二三四五六日'
const ordinals = '一二三四五'
const week = '(?:周|週|星期|礼拜|禮拜)'
const day = '[一二三四五六日天]'
const month = '每[个個]?月的?'
const joint = '\\s*[、,和及]\\s*'
const span = '\\s*(?:到|至|-)\\s*'
// 「每周日常例会」 is no Sunday.
const oneDay = `${week}?${day}(?!常|报|程)`
const dayList = `${oneDay}(?:(?:${joint}|${span}|(?=${week}${day}))${oneDay}|${day}(?!常|报|程|[点點时時]))*`

export const impossibleRecurrence = (reason: string): ImpossibleRecurrence => ({ kind: 'impossible', reason })

type Rule = [RegExp, (groups: Record<string, string | undefined>) => RecurringDays | ImpossibleRecurrence]

/** Each pattern matches where the days begin. */
const rules: readonly Rule[] = [
  [/^(?:每[个個]?)?(?:工作日|上班日|上班天)/u, () => ({ kind: 'working-days' })],
  [/^每[个個]?(?:周末和节假日|休息日|节假日和周末)/u, () => ({ kind: 'rest-days' })],
  [/^每[个個]?(?:周末|週末)/u, () => ({ kind: 'weekdays', days: [6, 7] })],
  [/^(?:每[个個]?[天日]|天天)/u, () => ({ kind: 'every-day' })],
  [
    new RegExp(`^${month}(?:第一个|第一個|首个|首個)工作日`, 'u'),
    () => ({ kind: 'month-working-day', which: 'first' }),
  ],
  [new RegExp(`^${month}最后一[个個]工作日`, 'u'), () => ({ kind: 'month-working-day', which: 'last' })],
  [new RegExp(`^${month}(?:最后一[天日]|月底|底)`, 'u'), () => ({ kind: 'month-days', days: [-1] })],
  [
    new RegExp(
      `^${month}(?:第?(?<nth>[${ordinals}1-5])|(?<last>最[后後](?:一)?))[个個]?的?${week}(?<days>${day}(?:[、,和及]${week}?${day})*)`,
      'u',
    ),
    ({ nth = '', last, days = '' }) => ({
      kind: 'month-weekdays',
      days: weekdaysIn(days),
      nth: last ? -1 : ordinals.indexOf(nth) + 1 || Number(nth),
    }),
  ],
  [
    new RegExp(`^${month}(?<days>(?:\\d{1,2}[日号號]?${joint})*\\d{1,2}[日号號])`, 'u'),
    ({ days = '' }) => monthDays(days),
  ],
  [
    new RegExp(
      `^(?:每逢?(?<every>[两兩二三四234])?[个個]?|每逢|(?<other>隔)[一1]?[个個]?)${week}的?(?<days>${dayList})(?:每[天日])?`,
      'u',
    ),
    ({ every, other, days = '' }) => weekdays(days, other ? 2 : countOf(every)),
  ],
  // Without 「每」: several days at once recur.
  [
    new RegExp(`^(?<days>${week}${day}${span}${week}?${day})(?!常|报|程)(?:每[天日])?`, 'u'),
    ({ days = '' }) => weekdays(days, 1),
  ],
]

/** Text that may follow days which are no part of a name: 「每天进步一点点」 is a title. */
const startsTime =
  /^(?:$|[\s\d:,(（]|的?(?:上午|下午|早|晚|中午|凌晨|傍晚)|遇|逢|从|到|至|直到|截至|共|含|包括|节假日|[一二两三四五六七八九十]{1,3}[点點时])/u

/**
 * Reads the days of a recurrence, wherever they stand: 「晨读 每个工作日8:30」「隔周六」「每月最后一个周五」「工作日 8:30」.
 * @param isAnywhere false where the text must begin with them. Default true.
 * @returns undefined where nothing recurring is written
 */
export function findRecurringDays(
  text: string,
  isAnywhere = true,
): FoundDays | ImpossibleRecurrence | undefined {
  const plain = foldCharacters(text)
  for (let at = 0; at < (isAnywhere ? plain.length : 1); at++) {
    // 「下周三到周五」 and 「3个工作日」 are days of one time.
    if (at > 0 && !/[每隔天]/u.test(plain.charAt(at)) && /[上下本这這个個第\d]/u.test(plain.charAt(at - 1)))
      continue
    const found = daysAt(plain, at)
    if (!found) continue
    if ('reason' in found) return found
    const end = at + found.length
    if (isAnywhere && !startsTime.test(plain.slice(end))) continue
    return { on: found.on, at, rest: `${text.slice(0, at)} ${text.slice(end)}` }
  }
  return undefined
}

function daysAt(
  plain: string,
  at: number,
): { on: RecurringDays; length: number } | ImpossibleRecurrence | undefined {
  if (!/[每天工上隔周週星礼禮]/u.test(plain.charAt(at))) return undefined
  const text = plain.slice(at)
  for (const [pattern, read] of rules) {
    const found = pattern.exec(text)
    if (!found) continue
    const on = read(found.groups ?? {})
    return 'reason' in on ? on : { on, length: found[0].length }
  }
  return undefined
}

function weekdays(written: string, everyWeeks: number): RecurringDays | ImpossibleRecurrence {
  const reversed = [...spansIn(written)].find(
    ([, first = '', last = '']) => weekdayOf(first) >= weekdayOf(last),
  )
  if (reversed) return impossibleRecurrence(`「每周${reversed[0]}」的先后反了，请从前一天写到后一天。`)
  const days = weekdaysIn(written)
  return everyWeeks === 1 ? { kind: 'weekdays', days } : { kind: 'weekdays', days, everyWeeks }
}

/** Several days and spans of them: 「一到三、周六」. */
function weekdaysIn(written: string): number[] {
  const spans = [...spansIn(written)].flatMap(([, first = '', last = '']) =>
    Array.from({ length: weekdayOf(last) - weekdayOf(first) + 1 }, (_, n) => weekdayOf(first) + n),
  )
  const single = [...written.matchAll(/[一二三四五六日天]/gu)].map(([name]) => weekdayOf(name))
  return [...new Set([...single, ...spans])].sort((a, b) => a - b)
}

const spansIn = (written: string) =>
  written
    .replaceAll(/[周週星期礼拜禮\s]/gu, '')
    .matchAll(/([一二三四五六日天])(?:到|至|-)([一二三四五六日天])/gu)

function monthDays(written: string): RecurringDays | ImpossibleRecurrence {
  const days = [...new Set([...written.matchAll(/\d+/gu)].map(([day]) => Number(day)))].sort((a, b) => a - b)
  const wrong = days.find(day => day < 1 || day > 31)
  return wrong === undefined
    ? { kind: 'month-days', days }
    : impossibleRecurrence(`没有哪个月有 ${wrong} 日，请改一下再发。`)
}

const weekdayOf = (name: string) => weekdayNames.indexOf(name === '天' ? '日' : name) + 1
const countOf = (every: string | undefined) =>
  every ? ({ 两: 2, 兩: 2, 二: 2, 三: 3, 四: 4 }[every] ?? Number(every)) : 1

/** 「周三、周六」「周一、三、五」. */
function sayWeekdays(days: readonly number[]): string {
  const isWeekend = days.join() === '6,7'
  return `周${days.map(day => weekdayNames.charAt(day - 1)).join(days.length > 2 || isWeekend ? '、' : '、周')}`
}

/** 「每个工作日」「隔周六」「每月第一个周六」「每月1日、15日」; {@link findRecurringDays} reads it back. */
export function describeRecurringDays(on: RecurringDays): string {
  switch (on.kind) {
    case 'every-day':
      return '每天'
    case 'working-days':
      return '每个工作日'
    case 'rest-days':
      return '每个休息日'
    case 'weekdays':
      return `${['每', '隔'][(on.everyWeeks ?? 1) - 1] ?? `每${on.everyWeeks}个`}${sayWeekdays(on.days)}`
    case 'month-days':
      return `每月${on.days.map(day => (day === -1 ? '最后一天' : `${day}日`)).join('、')}`
    case 'month-weekdays':
      return `每月${on.nth === -1 ? '最后一' : `第${ordinals.charAt(on.nth - 1)}`}个${sayWeekdays(on.days)}`
    case 'month-working-day':
      return on.which === 'first' ? '每月第一个工作日' : '每月最后一个工作日'
  }
}
