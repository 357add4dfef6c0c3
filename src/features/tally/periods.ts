import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import type { Period } from '../../ledger/ledger.ts'
import { dateNumber } from '../../text/dates/tokens/day-tokens.ts'

/** A month, quarter, half or whole year, by an id that stands in addresses: 2026-10, 2026-Q3, 2026-H1, 2026. */
export type NamedPeriod = Period & { id: string }

const earliestYear = 2015
const quarterNames = ['一', '二', '三', '四']
const halfNames = ['上', '下']
const examples = '可以写「本月」「本季度」「今年」「2026年10月」「第三季度」'

/** @returns undefined for what is no id of a period */
export function periodOf(id: string): NamedPeriod | undefined {
  const found = id.match(
    /^(?<year>\d{4})(?:-(?:(?<month>0[1-9]|1[0-2])|Q(?<quarter>[1-4])|H(?<half>[12])))?$/u,
  )?.groups
  if (!found || Number(found.year) < earliestYear) return undefined
  const year = Number(found.year)
  if (found.month)
    return span(id, `${year}年${Number(found.month)}月`, { year, month: Number(found.month), months: 1 })
  if (found.quarter) {
    const quarter = Number(found.quarter)
    return span(id, `${year}年第${quarterNames[quarter - 1]}季度`, {
      year,
      month: quarter * 3 - 2,
      months: 3,
    })
  }
  if (found.half) {
    const half = Number(found.half)
    return span(id, `${year}年${halfNames[half - 1]}半年`, { year, month: half * 6 - 5, months: 6 })
  }
  return yearPeriodOf(year)
}

/** The whole of a year. */
export const yearPeriodOf = (year: number): NamedPeriod =>
  span(String(year), `${year}年`, { year, month: 1, months: 12 })

function span(id: string, title: string, from: { year: number; month: number; months: number }): NamedPeriod {
  const firstDay = Temporal.PlainDate.from({ year: from.year, month: from.month, day: 1 })
  return { id, title, firstDay, lastDay: firstDay.add({ months: from.months }).subtract({ days: 1 }) }
}

/**
 * The period in a text: 「本月」「上季度」「今年」「2026年10月」「第三季度」「Q3」「上半年」; nothing means this month. One
 * without a year is the latest that has begun.
 * @param today in Asia/Shanghai
 * @returns the period and what was typed after it
 * @throws {@link Refusal} for what is no period, and for one that has not begun
 */
export function readPeriod(typed: string, today: Temporal.PlainDate): { period: NamedPeriod; rest: string } {
  const [word = '', ...more] = typed.trim().replace(yearApart, '$1').split(/\s+/u)
  const id = word === '' ? monthId(today) : (near(word, today) ?? written(word, today))
  const period = id === undefined ? undefined : periodOf(id)
  if (!period) throw new Refusal(`没看懂「${word}」是哪段时间。${examples}，例如「台账 本季度」。`)
  if (Temporal.PlainDate.compare(period.firstDay, today) > 0) {
    throw new Refusal(`${period.title}还没到，没有记录。${examples}。`)
  }
  return { period, rest: more.join(' ') }
}

/** 「2026年 10月」 is one word. */
const yearApart =
  /^(\d{4}年?)\s+(?=(?:\d{1,2}|[一二三四五六七八九十]+)月|第?[1-4一二三四]季|[qQ][1-4]|[上下]半年)/u

const monthId = ({ year, month }: Pick<Temporal.PlainDate, 'year' | 'month'>) =>
  `${year}-${String(month).padStart(2, '0')}`
const quarterId = ({ year, month }: Pick<Temporal.PlainDate, 'year' | 'month'>) =>
  `${year}-Q${Math.ceil(month / 3)}`

function near(word: string, today: Temporal.PlainDate): string | undefined {
  const said = word.match(
    /^(?<which>本|这个?|這個?|上个?|上個?|今|去|前)(?<unit>月|季度|季|年)(?:度)?$/u,
  )?.groups
  if (!said) return undefined
  const isLast = /^[上去]/u.test(said.which ?? '')
  if (said.unit === '年') return String(today.year - (said.which === '前' ? 2 : isLast ? 1 : 0))
  if (['今', '去', '前'].includes(said.which ?? '')) return undefined
  return said.unit === '月'
    ? monthId(isLast ? today.subtract({ months: 1 }) : today)
    : quarterId(isLast ? today.subtract({ months: 3 }) : today)
}

const months = '\\d{1,2}|元(?=月)|十[一二]?|[一二三四五六七八九]'
const years = '\\d{4}|[二一][〇零九][〇零一二三四五六七八九]{2}(?=年)'
const shape = new RegExp(
  `^(?:(?<year>${years})[年/.-]?)?(?:(?<month>${months})月份?|(?:第?(?<quarter>[1-4一二三四])季度?|[qQ](?<q>[1-4]))|(?<half>[上下])半年|(?<bare>(?<=[/.-])\\d{1,2}))?$`,
  'u',
)

function written(word: string, today: Temporal.PlainDate): string | undefined {
  const plain = word.normalize('NFKC')
  const said = plain.match(shape)?.groups
  if (!said) return undefined
  const month = said.month ?? said.bare
  const quarter = said.quarter ?? said.q
  const parts = month
    ? {
        id: `-${String(dateNumber(month)).padStart(2, '0')}`,
        begins: dateNumber(month),
      }
    : quarter
      ? { id: `-Q${dateNumber(quarter)}`, begins: dateNumber(quarter) * 3 - 2 }
      : said.half
        ? { id: said.half === '上' ? '-H1' : '-H2', begins: said.half === '上' ? 1 : 7 }
        : undefined
  const year = said.year === undefined ? undefined : dateNumber(said.year)
  if (!parts) return year === undefined ? undefined : String(year)
  const isYetToCome = parts.begins > today.month
  return `${year ?? today.year - (isYetToCome ? 1 : 0)}${parts.id}`
}

/** Periods that a page offers: the months of this year and the last, with quarters and years, latest first. */
export function offeredPeriods(today: Temporal.PlainDate): { title: string; periods: NamedPeriod[] }[] {
  const monthsBack = Array.from({ length: 12 }, (_, back) => monthId(today.subtract({ months: back })))
  const quartersBack = Array.from({ length: 6 }, (_, back) => quarterId(today.subtract({ months: back * 3 })))
  const years = [today.year, today.year - 1, today.year - 2].map(String)
  const named = (ids: readonly string[]) => [...new Set(ids)].flatMap(id => periodOf(id) ?? [])
  return [
    { title: '季度', periods: named(quartersBack) },
    { title: '月份', periods: named(monthsBack) },
    { title: '全年', periods: named(years) },
  ]
}
