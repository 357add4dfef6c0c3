import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { readLine } from '../../../../src/features/attendance/chat/lesson-line.ts'
import { openAttendanceRecords } from '../../../../src/features/attendance/lessons/records/records.ts'
import { LessonRecurrence } from '../../../../src/features/attendance/lessons/records/series-records.ts'
import {
  findRecurrence,
  occasionsOf,
  sayLessonRecurrence,
} from '../../../../src/features/attendance/lessons/recurrence.ts'
import { group, openRoom } from '../room.ts'

const wednesday = Temporal.Instant.from('2026-11-25T17:00:00+08:00')
const read = (line: string) => readLine(line, wednesday)

describe('one line', () => {
  test('holds all that there is to say about a lesson', () => {
    const { plan, times } = read(
      '周末微党课 周六14:00-15:30 主讲 王老师 地点 优空间二楼 形式 案例分析 应到 优空间支部、恒丰支部 名额 30 材料 https://a.cn/x?t=9:00',
    )
    expect(plan).toEqual({
      title: '周末微党课',
      speaker: '王老师',
      place: '优空间二楼',
      format: '案例分析',
      expected: '优空间支部、恒丰支部',
      signUp: { capacity: 30 },
      materials: ['https://a.cn/x?t=9:00'],
    })
    expect(times?.startsAt.toString()).toBe('2026-11-28T06:00:00Z')
    expect(times?.endsAt?.toString()).toBe('2026-11-28T07:30:00Z')
  })
  test.each([
    ['路演 明天14:00 限20人 签到码', { title: '路演', signUp: { capacity: 20 }, hasCode: true }],
    ['开放日 明天14:00 报名', { title: '开放日', signUp: {} }],
    ['周末微党课 主讲：王老师 14:00-15:30', { title: '周末微党课', speaker: '王老师' }],
    ['论坛 14:00\n地点 三楼\n主讲 李总', { title: '论坛', place: '三楼', speaker: '李总' }],
    ['沙龙 14:00 不报数', { title: '沙龙', tellsNumbers: false }],
    ['周六沙龙 明天 14:00', { title: '周六沙龙' }],
  ])('%s', (line, plan) => expect(read(line).plan).toEqual(plan))
  test.each([
    ['微党课 14:00 名额 很多', '名额请写一个数字'],
    ['微党课 每周六', '请写上几点'],
    ['微党课 每周六 14:00 到2月30日', '有一天不存在'],
    [`微党课 14:00 地点 ${'楼'.repeat(61)}`, '太长了'],
  ])('%s is refused', (line, words) => expect(() => read(line)).toThrow(words))
})

describe('coming again', () => {
  const today = Temporal.PlainDate.from('2026-11-25')
  const daysOf = (line: string, to = '2027-01-31') => {
    const found = findRecurrence(line, today)
    if (!found) throw new Error('nothing comes again')
    return occasionsOf(found.recurrence, { from: today, to: Temporal.PlainDate.from(to) }).map(
      ({ date, skipped }) => `${date.toString().slice(5)}${skipped ? ` ${skipped}` : ''}`,
    )
  }
  test.each([
    ['每周六', '2026-12-12', ['11-28', '12-05', '12-12']],
    ['每周三、周六', '2026-12-05', ['11-25', '11-28', '12-02', '12-05']],
    ['隔周六', '2026-12-31', ['11-28', '12-12', '12-26']],
    ['每月第一个周六', '2027-01-31', ['12-05', '01-02']],
    ['每周六 从12月12日起 到12月26日', '2027-01-31', ['12-12', '12-19', '12-26']],
  ])('%s', (line, to, days) => expect(daysOf(line, to)).toEqual(days))
  test('holidays and weekends that are worked fall out, with the reason, unless told otherwise', () => {
    const from = Temporal.PlainDate.from('2026-09-14')
    const recurrence = findRecurrence('每周六 每周', from)?.recurrence
    const on = { kind: 'weekdays' as const, days: [6, 7] }
    const weekly = { on, from: from.toString(), includesRestDays: false }
    expect(recurrence?.on).toEqual({ kind: 'weekdays', days: [6] })
    const skipped = occasionsOf(weekly, { from, to: Temporal.PlainDate.from('2026-10-11') })
      .filter(one => one.skipped)
      .map(({ date, skipped: why }) => `${date} ${why}`)
    expect(skipped).toEqual([
      '2026-09-20 国庆节调休上班',
      '2026-09-26 中秋放假',
      '2026-09-27 中秋放假',
      '2026-10-03 国庆节放假',
      '2026-10-04 国庆节放假',
      '2026-10-10 国庆节调休上班',
    ])
    const all = occasionsOf({ ...weekly, includesRestDays: true }, { from, to: from.add({ days: 27 }) })
    expect(all.filter(one => one.skipped)).toEqual([])
  })
  test('says itself as people do', () => {
    const said = (line: string) => sayLessonRecurrence((findRecurrence(line, today) ?? never()).recurrence)
    expect(said('每周三、周六')).toBe('每周三、周六')
    expect(said('隔周五')).toBe('隔周五')
    expect(said('每月第二个周一 到3月1日')).toBe('每月第二个周一，到 3月1日 为止')
  })
  test.each([
    [
      { weekdays: [6], everyWeeks: 2 },
      { kind: 'weekdays', days: [6], everyWeeks: 2 },
    ],
    [
      { weekdays: [1, 3], everyWeeks: 1 },
      { kind: 'weekdays', days: [1, 3] },
    ],
    [
      { weekdays: [6], everyWeeks: 1, nthOfMonth: -1 },
      { kind: 'month-weekdays', days: [6], nth: -1 },
    ],
    [{ weekdays: [], everyWeeks: 1, on: { kind: 'working-days' } }, { kind: 'working-days' }],
  ])('is read as earlier versions stored it: %j', (stored, on) => {
    const rest = { from: '2026-11-25', includesRestDays: false }
    expect(LessonRecurrence.parse({ ...stored, ...rest })).toEqual({ on, ...rest })
  })
  test('is no part of 「日常」', () => expect(findRecurrence('每周日常例会', today)).toBeUndefined())
})

const never = (): never => {
  throw new Error('nothing comes again')
}

describe('a series', () => {
  async function openSeries(line = '开课 周末微党课 每周六 14:00-15:30 主讲 王老师') {
    const room = await openRoom()
    const [reply] = await room.chen.says(line, '每周六')
    return { room, text: reply?.text ?? '' }
  }
  const titles = async (room: Awaited<ReturnType<typeof openRoom>>, from: string, to: string) =>
    (await room.lessonsBetween(from, to)).map(
      ({ startsAt, cancelledAt, place }) =>
        `${startsAt.slice(0, 10)}${cancelledAt ? ' cancelled' : ''}${place ? ` ${place}` : ''}`,
    )

  test('is opened in one line, and the answer names its next days', async () => {
    const { room, text } = await openSeries()
    expect(text).toContain('「周末微党课」每周六 14:00–15:30')
    expect(text).toContain('主讲 王老师')
    expect(text).toContain('接下来：11月28日、12月5日、12月12日、12月19日')
    await room.forward({ minutes: 60 })
    await room.mei.says('签到')
    await room.chen.says('签到情况', '实到 1 人')
  })
  test('says which days fall out', async () => {
    const room = await openRoom('2026-09-25T13:00:00+08:00')
    const [reply] = await room.chen.says('开课 周末微党课 每周六 14:00', '每周六')
    expect(reply?.text).toContain('10月3日 国庆节放假，10月10日 国庆节调休上班，那天没有课')
    expect(reply?.text).toContain('接下来：10月17日、10月24日。')
  })
  test('goes on by itself, once a week and never twice', async () => {
    const { room } = await openSeries()
    for (let day = 0; day < 60; day++) await room.forward({ hours: 24 })
    const days = await titles(room, '2026-11-28', '2027-03-01')
    expect(days.slice(0, 3)).toEqual(['2026-11-28', '2026-12-05', '2026-12-12'])
    expect(days).toContain('2027-02-27')
    expect(new Set(days).size).toBe(days.length)
  })
  test('loses one lesson, and only that', async () => {
    const { room } = await openSeries()
    await room.forward({ hours: 4 })
    await room.chen.says('取消课程', '只取消这一次')
    for (let hour = 0; hour < 3; hour++) await room.forward({ hours: 1 })
    expect((await titles(room, '2026-12-01', '2026-12-20')).slice(0, 3)).toEqual([
      '2026-12-05 cancelled',
      '2026-12-12',
      '2026-12-19',
    ])
  })
  test('ends as a whole', async () => {
    const { room } = await openSeries()
    await room.forward({ hours: 4 })
    await room.chen.says('取消课程 以后', '以后都不上了')
    for (let day = 0; day < 14; day++) await room.forward({ hours: 24 })
    const days = await titles(room, '2026-12-01', '2027-02-20')
    expect(days.length).toBeGreaterThan(0)
    expect(days.every(day => day.endsWith('cancelled'))).toBe(true)
  })
  test('is changed for one lesson or for all that come', async () => {
    const { room } = await openSeries()
    await room.forward({ hours: 4 })
    await room.chen.says('改课 时间 12月6日15:00-16:30', '「周末微党课」改时间了')
    await room.chen.says('改课 以后 地点 三楼', '地点 三楼')
    expect((await titles(room, '2026-12-01', '2026-12-20')).slice(0, 3)).toEqual([
      '2026-12-06 三楼',
      '2026-12-12 三楼',
      '2026-12-19 三楼',
    ])
    await room.chen.says(
      '改课 以后 时间 16:00-17:00',
      '以后每次都这样：\n时间改了，从这一次起：「周末微党课」12月12日 周六 16:00–17:00。',
    )
    const [first, second] = await room.lessonsBetween('2026-12-01', '2026-12-20')
    expect([first?.startsAt, second?.startsAt]).toEqual(['2026-12-06T07:00:00Z', '2026-12-12T08:00:00Z'])
  })
})

test('a change of a series that cannot be changes nothing of it', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 每周六 14:00-15:30', '每周六')
  const before = await room.lessonsBetween('2026-11-28', '2027-01-10')
  await room.chen.says('改课 以后 时间 16:00-15:00', '结束时间要晚于开始时间')
  expect(await room.lessonsBetween('2026-11-28', '2027-01-10')).toEqual(before)
  for (let day = 0; day < 8; day++) await room.forward({ hours: 24 })
  const grown = (await room.lessonsBetween('2027-01-01', '2027-01-20')).map(({ startsAt }) => startsAt)
  expect(grown).toContain('2027-01-09T06:00:00Z')
})

test('a lesson whose window a crash left out has it again within the hour', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 每周六 14:00-15:30', '每周六')
  const { slots } = openAttendanceRecords(room.world.store)
  for (const { key } of await slots.list('2026-12/')) await slots.update(key, () => undefined)
  expect(await room.lessonsBetween('2026-12-01', '2026-12-13')).toEqual([])
  await room.forward({ minutes: 61 })
  await room.forward({ minutes: 61 })
  expect(await room.lessonsBetween('2026-12-01', '2026-12-13')).toHaveLength(2)
})

test('a day on which another lesson has the window stays as it was', async () => {
  const room = await openRoom()
  await room.chen.says('开课 路演 12月5日16:00-17:00', '开课了')
  await room.chen.says('开课 周末微党课 每周六 14:00-15:30', '每周六')
  await room.chen.says('改课 以后 时间 16:00-17:00', '以后每次都这样')
  const times = (await room.lessonsBetween('2026-12-01', '2026-12-13')).map(
    ({ title, startsAt }) => `${title} ${startsAt.slice(5, 16)}`,
  )
  expect(times).toEqual(['周末微党课 12-05T06:00', '路演 12-05T08:00', '周末微党课 12-12T08:00'])
})

describe('a change', () => {
  test('moves a lesson, tells what was and is, and gives its window back', async () => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 明天14:00-15:00', '开课了')
    const [reply] = await room.chen.says('改课 时间 明天16:00-17:00', '改时间了')
    expect(reply?.text).toContain('原来 明天 14:00–15:00，现在是「周末微党课」明天 16:00–17:00')
    await room.chen.says('开课 另一节 明天14:00-15:00', '开课了')
    await room.chen.says('改课 2 地点 三楼', '「周末微党课」明天 16:00–17:00 有变化')
    await room.chen.says('改课 2 标题 读书会', '「周末微党课」改名了，现在叫「读书会」明天 16:00–17:00')
    await room.chen.says('改课 7 地点 三楼', '请带上号码')
  })
  test.each(['改课 专利 地点：三楼', '改课 专利课 地点 三楼', '改课 《专利申请实务》地点 三楼'])(
    '%s changes the one lesson with these words in its title',
    async words => {
      const room = await openRoom()
      await room.chen.says('开课 读书会 明天14:00-15:00', '开课了')
      await room.chen.says('开课 专利申请实务 明天16:00-17:00', '开课了')
      await room.chen.says(words, '「专利申请实务」明天 16:00–17:00 有变化')
      await room.chen.says('改课 财税 地点 三楼', '没有叫「财税」的课')
      await room.chen.says('开课 专利维权 明天18:00-19:00', '开课了')
      await room.chen.says('改课 专利 地点 四楼', '有几节课的名字里都有「专利」：专利申请实务、专利维权。')
    },
  )
  test.each([
    ['改课', '请写上要改什么'],
    ['改课 时间 明天15:00-14:00', '结束时间要晚于开始时间'],
    ['改课 以后 地点 三楼', '只有这一次'],
    ['改课 应到 火星支部', '名单上没有「火星支部」'],
  ])('%s is refused, and nothing is half saved', async (line, words) => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 明天14:00-15:00', '开课了')
    const before = await room.lessonsBetween('2026-11-28', '2026-12-05')
    await room.chen.says(line, words)
    expect(await room.lessonsBetween('2026-11-28', '2026-12-05')).toEqual(before)
  })
  test('of the time is refused once people sign in', async () => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.forward({ minutes: 50 })
    await room.chen.says('改课 时间 16:00-17:00', '已经在签到了')
    await room.chen.says('改课 地点 三楼', '地点 三楼')
  })
})

describe('reminders', () => {
  const told = (room: Awaited<ReturnType<typeof openRoom>>, words: string) =>
    room.outbox.toGroup(group).filter(text => text.includes(words))

  test('come the day before and 15 minutes before, each once', async () => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 11月30日14:00-15:00 地点 三楼', '开课了')
    for (let hour = 0; hour < 50; hour++) await room.forward({ minutes: 58 })
    expect(told(room, '提醒：')).toEqual([
      expect.stringMatching(/提醒：「周末微党课」明天 14:00–15:00。\n地点 三楼/),
    ])
    for (let minute = 0; minute < 60; minute++) await room.forward({ minutes: 1 })
    expect(told(room, '还有 15 分钟')).toHaveLength(1)
    expect(told(room, '提醒：')).toHaveLength(1)
  })
  test('are not sent late: a reminder at half past for a start at two is useless', async () => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 11月30日14:00-15:00', '开课了')
    await room.jobs.tick()
    await room.forward({ hours: 48, minutes: 50 })
    expect(told(room, '还有')).toEqual([])
    expect(told(room, '提醒：')).toEqual([])
  })
  test('are said anew of a lesson that was moved, and not at all of one that was cancelled', async () => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 11月30日14:00-15:00', '开课了')
    await room.jobs.tick()
    for (let hour = 0; hour < 26; hour++) await room.forward({ hours: 1 })
    await room.chen.says('改课 时间 12月1日19:00-20:00', '改时间了')
    for (let hour = 0; hour < 30; hour++) await room.forward({ hours: 1 })
    expect(told(room, '提醒：')).toHaveLength(2)
    await room.chen.says('取消课程', '取消了')
    for (let minute = 0; minute < 30; minute++) await room.forward({ minutes: 15 })
    expect(told(room, '还有 15 分钟')).toEqual([])
  })
})
