import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { findRecurrence } from '../../../src/features/attendance/lessons/recurrence.ts'
import { foldCharacters } from '../../../src/text/characters.ts'
import { comingDay, inYear } from '../../../src/text/dates/tokens/calendar.ts'
import { chatDays } from '../../../src/text/dates/tokens/chat-days.ts'
import { findWhen } from '../../../src/text/dates/when.ts'
import { writtenDay } from '../../../src/text/dates/written-day.ts'
import { figuresIn } from '../../../src/text/figures/figures.ts'
import { findDays } from '../../../src/text/notices/dates/days.ts'

/** A Saturday. */
const today = Temporal.PlainDate.from('2026-11-28')
const now = Temporal.Instant.from('2026-11-28T08:00:00+08:00')

/** Every reader of Chinese days, with the words around a day that make it one for this reader. */
const readers: Record<string, (day: string) => string | undefined> = {
  'a time in chat': day => {
    const when = findWhen(`专题课 ${day} 14:00`, now)
    return when?.kind === 'when' && when.rest === '专题课' ? dayOf(when.startsAt) : undefined
  },
  'a time in words': day => {
    const when = findWhen(`${day}下午两点半到四点 专题课`, now)
    return when?.kind === 'when' && when.rest === '专题课' ? dayOf(when.startsAt) : undefined
  },
  'a question': day => {
    const [found] = chatDays(foldCharacters(`请问${day}的课在哪里`))
    return found && comingDay(found, { today, from: today }).toString()
  },
  'a notice': day => findDays(foldCharacters(`请于${day}前报送材料。`), today)[0]?.day.toString(),
  'an end of a series': day => findRecurrence(`晨读 每周六 8:00 到${day}为止`, today)?.recurrence.until,
  'a page': day => writtenDay(day, today)?.toString(),
  'a figure': day => {
    const [found, ...more] = figuresIn(`请在${day}前报送材料。`)
    return found?.kind === 'date' && more.length === 0 ? withYearOf(found.value) : undefined
  },
}
/** A figure has only what is written: `--12-05`. */
function withYearOf(value: string): string {
  if (!value.startsWith('--')) return value
  const [month, day] = value.slice(2).split('-').map(Number)
  return inYear({ month: month ?? 0, day: day ?? 0 }, today, { pastDays: 90 }).toString()
}
type Reader = keyof typeof readers
const all = Object.keys(readers)
const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()

const han = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
const inHan = (n: number) =>
  n <= 10 ? han[n] : `${n >= 20 ? han[Math.floor(n / 10)] : ''}十${han[n % 10] ?? ''}`
const two = (n: number) => String(n).padStart(2, '0')

/** Ways of writing a day with its year. */
const withYear: ((y: number, m: number, d: number) => string)[] = [
  (y, m, d) => `${y}年${m}月${d}日`,
  (y, m, d) => `${y}年${m}月${d}号`,
  (y, m, d) => `${y}-${two(m)}-${two(d)}`,
  (y, m, d) => `${y}/${m}/${d}`,
  (y, m, d) => `${y}.${m}.${d}`,
  (y, m, d) => `${y} 年 ${m} 月 ${d} 日`,
  (y, m, d) => `${y}年${two(m)}月${two(d)}日`,
  (y, m, d) =>
    `${[...String(y)].map(one => '〇一二三四五六七八九'.charAt(Number(one))).join('')}年${inHan(m)}月${inHan(d)}日`,
  (y, m, d) =>
    `${[...String(y)].map(one => 'O一二三四五六七八九'.charAt(Number(one))).join('')}年${inHan(m)}月${d}日`,
  (y, m, d) => `${y}年${m}⽉${d}⽇`,
  (y, m, d) => `${y % 100}年${m}月${d}日`,
  (y, m, d) =>
    `${String(y).replace(/\d/gu, one => String.fromCharCode(one.charCodeAt(0) + 0xfee0))}年${m}月${d}日`,
]
/** Ways of writing a day without its year. */
const withoutYear: ((m: number, d: number) => string)[] = [
  (m, d) => `${m}月${d}日`,
  (m, d) => `${m}月${d}号`,
  (m, d) => `${two(m)}月${two(d)}日`,
  (m, d) => `${inHan(m)}月${inHan(d)}日`,
  (m, d) => `${m}月${inHan(d)}日`,
  (m, d) => `${m === 1 ? '元' : inHan(m)}月${d}日`,
]
const near = [
  [2026, 11, 30],
  [2026, 12, 1],
  [2026, 12, 5],
  [2026, 12, 10],
  [2026, 12, 12],
  [2026, 12, 15],
  [2026, 12, 20],
  [2026, 12, 21],
] as const
const far = [
  [2027, 1, 3],
  [2027, 2, 10],
  [2027, 3, 31],
  [2027, 10, 1],
] as const

type Sample = [said: string, iso: string, by: readonly Reader[]]
const iso = (y: number, m: number, d: number) => `${y}-${two(m)}-${two(d)}`
const readAhead = all.filter(name => name !== 'a page')
/** 「明年」 and 「下个月」 are figures of their own. */
const readNear = readAhead.filter(name => name !== 'a figure')
const samples: Sample[] = [
  ...[...near, ...far].flatMap(([y, m, d]) =>
    withYear.map((write): Sample => [write(y, m, d), iso(y, m, d), all]),
  ),
  ...near.flatMap(([y, m, d]) => withoutYear.map((write): Sample => [write(m, d), iso(y, m, d), all])),
  // A list of articles speaks of what was, everybody else of what will be.
  ...far
    .slice(0, 3)
    .flatMap(([y, m, d]) => withoutYear.map((write): Sample => [write(m, d), iso(y, m, d), readAhead])),
  ...['本月', '这个月', '這個月'].flatMap((month): Sample[] =>
    ['29', '30', '三十'].map(day => [`${month}${day}日`, iso(2026, 11, day === '29' ? 29 : 30), readNear]),
  ),
  ...['下月', '下个月', '下個月'].flatMap((month): Sample[] =>
    ['1', '5', '十二', '二十一'].map((day, at) => [
      `${month}${day}号`,
      iso(2026, 12, [1, 5, 12, 21][at] ?? 0),
      readNear,
    ]),
  ),
  ...['明年', '明年的'].flatMap((year): Sample[] =>
    ['1月3日', '十二月五日', '元月三日'].map((day, at) => [
      `${year}${day}`,
      ['2027-01-03', '2027-12-05', '2027-01-03'][at] ?? '',
      readNear,
    ]),
  ),
  ...['周', '星期', '礼拜'].flatMap((week): Sample[] =>
    [...'一二三四五六日'].flatMap((name, at): Sample[] => [
      [
        `下${week}${name}`,
        today.add({ days: at + 2 }).toString(),
        ['a time in chat', 'a time in words', 'a question', 'a notice'],
      ],
      [
        `${week}${name}`,
        today.add({ days: (at + 2) % 7 }).toString(),
        ['a time in chat', 'a time in words', 'a question'],
      ],
    ]),
  ),
  ...(['今天', '今日'] as const).map(
    (said): Sample => [said, '2026-11-28', ['a time in chat', 'a time in words', 'a question', 'a page']],
  ),
  ...Object.entries({ 明天: 1, 明日: 1, 后天: 2, 後天: 2, 大后天: 3 }).map(
    ([said, days]): Sample => [
      said,
      today.add({ days }).toString(),
      ['a time in chat', 'a time in words', 'a question'],
    ],
  ),
  ...['5', '十五', '二十五', '30'].map(
    (day): Sample => [
      `${day}日`,
      iso(2026, day === '30' ? 11 : 12, Number({ 十五: 15, 二十五: 25 }[day] ?? day)),
      ['a time in chat', 'a time in words', 'a question', 'a notice'],
    ],
  ),
]

test('there are 240 samples, no two the same', () =>
  expect(new Set(samples.map(([said]) => said)).size).toBeGreaterThanOrEqual(240))

describe.each(all)('%s means the same day as the other readers', name => {
  const own = samples.filter(([, , by]) => by.includes(name))
  test(`for ${own.length} samples`, () => {
    const read = own.map(([said]) => [said, readers[name]?.(said)])
    expect(read).toEqual(own.map(([said, day]) => [said, day]))
  })
})

test.each(['3号楼', '12号文', '5号会议室', '第5日', '3号线'])('no reader takes %s for a day', said => {
  expect(chatDays(`请问${said}的课在哪里`)).toEqual([])
  expect(findDays(`材料送至${said}前台`, today)).toEqual([])
})

test.each(['项目说明 14:00', '发明上午10点', '文明14:00'])('%s holds no 明', said =>
  expect(findWhen(said, now)).toMatchObject({ hasDay: false }),
)
