import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { findWhen } from '../../../src/text/dates/when.ts'

/** Saturday noon. */
const now = Temporal.Instant.from('2026-11-28T12:00:00+08:00')

function read(text: string, at = now) {
  const when = findWhen(text, at)
  if (when?.kind !== 'when') return when?.reason
  const wall = (time: Temporal.Instant) =>
    time.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString().slice(0, 16)
  return [wall(when.startsAt), ...(when.endsAt ? [wall(when.endsAt)] : [])].join(' → ')
}

describe('times as people write them', () => {
  test.each([
    ['14:00', '2026-11-28T14:00'],
    ['14：00', '2026-11-28T14:00'],
    ['１４：３０', '2026-11-28T14:30'],
    ['9:05', '2026-11-28T09:05'],
    ['今天14:00', '2026-11-28T14:00'],
    ['今天 14:00', '2026-11-28T14:00'],
    ['今晚7点', '2026-11-28T19:00'],
    ['明天下午2点', '2026-11-29T14:00'],
    ['明早九点', '2026-11-29T09:00'],
    ['明天下午两点半', '2026-11-29T14:30'],
    ['后天上午10点', '2026-11-30T10:00'],
    ['大后天 14:00', '2026-12-01T14:00'],
    ['下午3点一刻', '2026-11-28T15:15'],
    ['3点三刻', '2026-11-28T15:45'],
    ['下午两点四十', '2026-11-28T14:40'],
    ['上午十点二十分', '2026-11-28T10:20'],
    ['下午三点零五', '2026-11-28T15:05'],
    ['下午两点五分', '2026-11-28T14:05'],
    ['十九点', '2026-11-28T19:00'],
    ['二十点三十', '2026-11-28T20:30'],
    ['14点20分', '2026-11-28T14:20'],
    ['14时', '2026-11-28T14:00'],
    ['中午12点半', '2026-11-28T12:30'],
    ['中午1点', '2026-11-28T13:00'],
    ['2点', '2026-11-28T14:00'],
    ['02:00', '2026-11-28T02:00'],
    ['凌晨2点', '2026-11-28T02:00'],
    ['周六 14:00', '2026-11-28T14:00'],
    ['周六 10:00', '2026-11-28T10:00'],
    ['周六 08:00', '2026-12-05T08:00'],
    ['周日14:00', '2026-11-29T14:00'],
    ['星期天下午2点', '2026-11-29T14:00'],
    ['周五 14:00', '2026-12-04T14:00'],
    ['下周六 14:00', '2026-12-05T14:00'],
    ['下下周一 9:00', '2026-12-07T09:00'],
    ['本周六 08:00', '2026-11-28T08:00'],
    ['11月28日 14:00-16:00', '2026-11-28T14:00 → 2026-11-28T16:00'],
    ['11月28日（周六）14:00-16:00', '2026-11-28T14:00 → 2026-11-28T16:00'],
    ['12月5号下午2点到4点', '2026-12-05T14:00 → 2026-12-05T16:00'],
    ['2026年12月5日 14:00', '2026-12-05T14:00'],
    ['2026-12-5-14:00', '2026-12-05T14:00'],
    ['周六14:00 PM2.5防治', '2026-11-28T14:00'],
    ['周六14:00 PM10治理', '2026-11-28T14:00'],
    ['2026-12-05 14:00', '2026-12-05T14:00'],
    ['12/5 14:00', '2026-12-05T14:00'],
    ['1月3日 14:00', '2027-01-03T14:00'],
    ['11月1日 14:00', '2026-11-01T14:00'],
    ['14:00-15:30', '2026-11-28T14:00 → 2026-11-28T15:30'],
    ['14:00—15:30', '2026-11-28T14:00 → 2026-11-28T15:30'],
    ['14:00～15:30', '2026-11-28T14:00 → 2026-11-28T15:30'],
    ['14:00 至 15:30', '2026-11-28T14:00 → 2026-11-28T15:30'],
    ['上午11点到1点', '2026-11-28T11:00 → 2026-11-28T13:00'],
    ['明天14:00-15:30', '2026-11-29T14:00 → 2026-11-29T15:30'],
    ['14:00-13:00', '2026-11-28T14:00 → 2026-11-28T13:00'],
  ])('%s is %s', (text, expected) => expect(read(text)).toBe(expected))

  test.each(['25:00', '晚上十二点', '14:61', '11月31日 14:00', '下午13月1日 14:00'])('%s cannot be', text => {
    expect(findWhen(text, now)).toMatchObject({ kind: 'impossible' })
  })

  test.each(['', '周末微党课', '第3课', '1234567', '14', '版本1.2.3', '1:2:3'])('%s is no time', text => {
    expect(findWhen(text, now)).toBeUndefined()
  })
})

describe('the words around the time', () => {
  test.each([
    ['周末微党课 14:00', '周末微党课'],
    ['周末微党课 明天14:00-15:30', '周末微党课'],
    ['明天14:00 周末微党课', '周末微党课'],
    ['明天 周末微党课 14:00', '周末微党课'],
    ['11月29日 创客论坛：专利怎么报 下午2点', '创客论坛：专利怎么报'],
    ['10点读书会 14:00', '10点读书会'],
    ['14:00', ''],
  ])('%s leaves %s', (text, rest) => expect(findWhen(text, now)).toMatchObject({ kind: 'when', rest }))

  test('a day that stands alone is the day of the time', () => {
    expect(read('明天 周末微党课 14:00')).toBe('2026-11-29T14:00')
  })
})

test('whatever the machine thinks its zone is, the same words give the same instant', () => {
  const script = `
    import { Temporal } from 'temporal-polyfill'
    import { findWhen } from './src/text/dates/when.ts'
    const now = Temporal.Instant.from('2026-11-28T00:30:00+08:00')
    for (const text of ['14:00', '明天下午2点', '周六 14:00', '11月28日 14:00-16:00'])
      console.log(String(findWhen(text, now).startsAt))`
  const run = (TZ: string) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ },
      encoding: 'utf8',
    })
  const outputs = ['Asia/Shanghai', 'UTC', 'America/Sao_Paulo', 'Pacific/Kiritimati'].map(run)
  expect(new Set(outputs).size).toBe(1)
  expect(outputs[0]).toBe(
    ['2026-11-28T06:00:00Z', '2026-11-29T06:00:00Z', '2026-11-28T06:00:00Z', '2026-11-28T06:00:00Z', ''].join(
      '\n',
    ),
  )
})

test('any text at all is read without a fault, and any clock time is found again', () => {
  fc.assert(fc.property(fc.string(), text => void findWhen(text, now)))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
      const written = `${hour}:${String(minute).padStart(2, '0')}`
      expect(read(`微党课 ${written}`)).toBe(`2026-11-28T${written.padStart(5, '0')}`)
    }),
  )
})

describe('days beside a time are understood or refused, never dropped', () => {
  test.each([
    ['12月12日星期六14:00-15:30', '2026-12-12T14:00 → 2026-12-12T15:30'],
    ['12月12日 周六 下午2点', '2026-12-12T14:00'],
    ['2026年12月5日星期六14:00', '2026-12-05T14:00'],
    ['5号14:00', '2026-12-05T14:00'],
    ['28日14:00', '2026-11-28T14:00'],
    ['31号14:00', '2026-12-31T14:00'],
    ['周六下午2:30-4:30', '2026-11-28T14:30 → 2026-11-28T16:30'],
    ['12.12下午2点', '2026-12-12T14:00'],
  ])('%s', (said, expected) => {
    expect(read(said)).toBe(expected)
    const when = findWhen(`专题课 ${said}`, now)
    expect(when?.kind === 'when' && when.rest).toBe('专题课')
  })

  test.each([
    ['专题课 12月12日星期天14:00', '12月12日是星期六'],
    ['读书会 12月5日14:00-12月6日16:00', '同一天'],
    ['训练营 下周三到周五 9:00', '同一天'],
    ['团拜 元旦 14:00', '没看懂'],
    ['团拜 周二或周三 14:00', '一天一天分开写'],
    ['团拜 12月5日还是12日 14:00', '一天一天分开写'],
    ['路演 12.15-16 14:00', '没看懂'],
    ['路演 12/15-12/16 14:00', '一天一天分开写'],
    ['路演 二十五点', '没有'],
  ])('%s', (said, reason) => expect(read(said)).toContain(reason))
})

describe('other ways to write a day', () => {
  test.each([
    ['十二月五日下午三点', '2026-12-05T15:00'],
    ['十二月十二日星期六14:00', '2026-12-12T14:00'],
    ['二零二六年十二月五日 14:00', '2026-12-05T14:00'],
    ['12月五日14:00', '2026-12-05T14:00'],
    ['二十五号 14:00', '2026-12-25T14:00'],
    ['二十五日下午3点', '2026-12-25T15:00'],
    ['5号（周六）14:00', '2026-12-05T14:00'],
    ['明天周日 14:00', '2026-11-29T14:00'],
    ['周六12月12日14:00', '2026-12-12T14:00'],
    ['星期六（12月12日）14:00', '2026-12-12T14:00'],
    ['周六(12.12) 14:00', '2026-12-12T14:00'],
    ['下个月5号 14:00', '2026-12-05T14:00'],
    ['本月30日14:00', '2026-11-30T14:00'],
    ['明年12月5日 14:00', '2027-12-05T14:00'],
    ['26年12月5日 14:00', '2026-12-05T14:00'],
    ['下下周六 14:00', '2026-12-12T14:00'],
    ['下午2点半-4:30', '2026-11-28T14:30 → 2026-11-28T16:30'],
    ['晚上7:30-9:00', '2026-11-28T19:30 → 2026-11-28T21:00'],
  ])('%s', (said, expected) => {
    expect(read(said)).toBe(expected)
    const when = findWhen(`专题课 ${said}`, now)
    expect(when?.kind === 'when' && when.rest).toBe('专题课')
  })

  test.each([
    '12月5-6日 14:00',
    '12月5、6日 14:00',
    '12月5日和6日 14:00',
    '5号-6号 14:00',
    '5-6号 14:00',
    '下周三、周四 9:00',
    '12.5-12.7 9:00',
    '12月5日9:00至6日17:00',
    '周六14:00-周日16:00',
  ])('%s is more than one day', said => expect(read(`训练营 ${said}`)).toContain('同一天'))

  test.each([
    '元旦下午2点',
    '上半年 14:00',
    '一季度 14:00',
    '节后 14:00',
    '改天下午2点',
    '改天 下午2点',
    '过两天 14:00',
    '近期 14:00',
    '国庆后第一个周六 14:00',
    '五一节后第一个工作日 9:00',
    '春节假期 14:00',
    '本周内 14:00',
    '国庆节上午9点',
    '大年初一 10:00',
    '腊月二十三 14:00',
    '平安夜 19:00',
    '三天后14:00',
    '昨天14:00',
    '上周六 14:00',
    '下下下周六 14:00',
    '明后天 14:00',
    '双休日 14:00',
    '20261205 14:00',
  ])('%s is asked about', said => expect(read(`路演 ${said}`)).toContain('没看懂'))

  test('「今天」 and a date contradict each other', () => {
    expect(read('路演 今天 12月12日 14:00')).toContain('今天是11月28日，不是12月12日')
  })

  test.each(['5号（周一）14:00', '明天周六 14:00', '周日12月12日14:00'])('%s contradicts itself', said =>
    expect(read(said)).toContain('不是星期'),
  )

  test.each([
    ['五月诗会 14:00', '五月诗会'],
    ['3号会议室 14:00', '3号会议室'],
    ['七日训练营 14:00', '七日训练营'],
    ['一号议题 14:00', '一号议题'],
    ['版本2-12月5日 14:00', '版本2'],
    ['诗会一-周六14:00', '诗会一'],
    ['项目从0到 周六14:00', '项目从0到'],
    ['沙龙5 周六14:00', '沙龙5'],
  ])('%s has a title like a day', (text, rest) => expect(findWhen(text, now)).toMatchObject({ rest }))
})
