import { type DayToken, dayTokens } from '../../dates/tokens/day-tokens.ts'
import { numberOf } from '../numerals.ts'
import {
  type FigureReading,
  rangeSign,
  readingOrNone,
  type Shape,
  shape,
  smallNumber,
} from './figure-shape.ts'

const year = '\\d{4}|[〇○零一二三四五六七八九]{4}'
const yearBefore = new RegExp(`(?<year>${year})年$`, 'u')

const two = (number: number | undefined) => String(number).padStart(2, '0')

/** `2026-08-31`, as far as it is known; undefined for what no calendar has. */
function day(y: string | undefined, m?: string, d?: string): string | undefined {
  const [month, date] = [m, d].map(part => (part === undefined ? undefined : numberOf(part)))
  if (month !== undefined && (month < 1 || month > 12)) return undefined
  if (date !== undefined && (date < 1 || date > 31)) return undefined
  const yearPart = y === undefined ? '-' : String(numberOf(y))
  return [
    yearPart,
    ...(month === undefined ? [] : [two(month)]),
    ...(date === undefined ? [] : [two(date)]),
  ].join('-')
}

const lastOfMonth = ['31', '28', '31', '30', '31', '30', '31', '31', '30', '31', '30', '31']

function monthEnd(y: string | undefined, m: string): string | undefined {
  const start = day(y, m)
  return start && `${start}-${lastOfMonth[(numberOf(m) ?? 1) - 1]}`
}

type DayFigure = { readings: FigureReading[]; length: number }

/**
 * The days of a flattened text, by the place where they begin. A day keeps its year only where a number is written:
 * 「明年12月5日」 is 「明年」 and `--12-05`.
 */
export function dayFigures(flat: string): ReadonlyMap<number, DayFigure> {
  const found = new Map<number, DayFigure>()
  for (const token of dayTokens(flat, ['monthDay', 'digits', 'openMonthDay'])) {
    const { start, year } = withAnyYear(token, flat)
    // 「12月5」 without a year may be a month and a number.
    if (token.kind === 'openMonthDay' && year === undefined) continue
    const value = day(year, String(token.words.month), String(token.words.day))
    if (value) found.set(start, { readings: readingOrNone('date', value), length: token.end - start })
  }
  return found
}

/** Where a day begins with its year, which may be of any century, and the year. */
function withAnyYear({ start, end, words }: DayToken, flat: string): { start: number; year?: string } {
  if (words.year !== undefined) return { start, year: String(words.year) }
  const month = start + flat.slice(start, end).search(/[\d元一二三四五六七八九十]/u)
  const written = yearBefore.exec(flat.slice(Math.max(0, month - 5), month))?.groups?.year
  return written === undefined ? { start: month } : { start: month - written.length - 1, year: written }
}

/** Days in digits of years before 2000, months, years, quarters, and days that depend on when they are said. */
export const dates: readonly Shape[] = [
  shape(`(19\\d\\d)[-/.](${smallNumber})[-/.](${smallNumber})(?![\\d])`, ([, y, m, d]) =>
    readingOrNone('date', day(y, m, d)),
  ),
  shape('(?<!\\d)(20\\d\\d)([01]\\d)([0-3]\\d)(?!\\d)', ([, y, m, d]) => readingOrNone('date', day(y, m, d))),
  shape(`(20\\d\\d)年?${rangeSign}(20\\d\\d)(?![-\\d])年?度?`, ([, a, b]) => [
    ...readingOrNone('date', day(a)),
    ...readingOrNone('date', day(b)),
  ]),
  shape(`(${year})(?:年(?:度)?底|年末)`, ([, y]) => readingOrNone('date', day(y, '12', '31'))),
  shape(`(${year})[年/-](${smallNumber})(?:月底|月末)`, ([, y, m = '']) =>
    readingOrNone('date', monthEnd(y, m)),
  ),
  shape(`(${year})年(${smallNumber})月份?`, ([, y, m]) => readingOrNone('date', day(y, m))),
  shape('(20\\d\\d|19\\d\\d)[-/](\\d{1,2})(?![\\d])', ([, y, m]) => readingOrNone('date', day(y, m))),
  shape(`(${year})(?:年度|年(?!第\\d))`, ([, y]) => readingOrNone('date', day(y))),
  shape(`(${smallNumber})(?:月底|月末)`, ([, m = '']) => readingOrNone('date', monthEnd(undefined, m))),
  shape(`(${smallNumber})月份?`, ([, m]) => readingOrNone('date', day(undefined, m))),
  shape('(?<![\\d-])(0\\d|1[0-2])-([0-3]\\d)(?![\\d-]|[%分人家万元年个天项])', ([, m, d]) =>
    readingOrNone('date', day(undefined, m, d)),
  ),
  shape('前?第?([一二三四1-4])(?:个)?季度', ([said = '', n]) =>
    readingOrNone('quarter', `${said.startsWith('前') ? '1-' : ''}${numberOf(n ?? '')}`),
  ),
  shape(
    '今年|明年|后年|去年|前年|本月|这个月|下个?月|上个?月|今天|今晚|明天|明早|后天|昨天|(?:本|这|下|上)?个?(?:周|星期|礼拜)[一二三四五六日天末]|下周|本周|上周|(?:元旦|春节|清明|端午|中秋|国庆|五一|双十一)(?:节|假期)?|年初|年底|年末|月初|月底|上半年|下半年|即日',
    ([said]) => readingOrNone('relativeDay', said.replace('个', '').replace('末', '底')),
  ),
]
