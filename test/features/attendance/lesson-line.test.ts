import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { readLine } from '../../../src/features/attendance/chat/lesson-line.ts'
import { occasionsOf } from '../../../src/features/attendance/lessons/recurrence.ts'
import { inShanghai } from '../../../src/text/dates/time.ts'
import { group, openRoom } from './room.ts'

/** A Sunday. */
const at = Temporal.Instant.from('2026-11-29T10:00:00+08:00')
const start = (text: string) => {
  const { plan, times } = readLine(text, at)
  return `${plan.title} ${times ? inShanghai(times.startsAt).toPlainDateTime().toString().slice(5, 16) : ''}`
}

describe('days that are understood', () => {
  test.each([
    ['专题课 12月12日星期六14:00-15:30', '专题课 12-12T14:00'],
    ['专题课 12月12日 周六 下午2点', '专题课 12-12T14:00'],
    ['沙龙 5号14:00', '沙龙 12-05T14:00'],
    ['路演 十二月五日下午三点', '路演 12-05T15:00'],
    ['课 下个月5号 14:00', '课 12-05T14:00'],
    ['五月诗会 14:00', '五月诗会 11-29T14:00'],
    ['专题课 十二月十二日星期六14:00', '专题课 12-12T14:00'],
    ['党课 12.12下午2点', '党课 12-12T14:00'],
    ['课 下下周三 14:00', '课 12-09T14:00'],
    ['第5号楼参观 14:00', '第5号楼参观 11-29T14:00'],
    ['周末微党课 明晚7点', '周末微党课 11-30T19:00'],
    ['每天进步一点点 明天14:00', '每天进步一点点 11-30T14:00'],
    ['沙龙 周六下午2-4点', '沙龙 12-05T14:00'],
    ['沙龙 周六14-16点', '沙龙 12-05T14:00'],
    ['沙龙 12月12日 9:00开始', '沙龙 12-12T09:00'],
    ['沙龙 凌晨2:00', '沙龙 11-29T02:00'],
    ['沙龙 周六（19号）14:00', '沙龙 12-19T14:00'],
    ['沙龙 周六19号14:00', '沙龙 12-19T14:00'],
    ['沙龙 下周六（12月5日）14:00', '沙龙 12-05T14:00'],
    ['沙龙 12月12日（下下周六）14:00', '沙龙 12-12T14:00'],
    ['沙龙 十二月十九 下午两点', '沙龙 12-19T14:00'],
    ['沙龙 12月5日（线上）14:00', '沙龙 12-05T14:00'],
    ['第二期 周六14:00', '第二期 12-05T14:00'],
    ['每周一课 周六14:00', '每周一课 12-05T14:00'],
    ['AI+制造 周六14:00', 'AI+制造 12-05T14:00'],
    ['创客节 14:00', '创客节 11-29T14:00'],
    ['路演 101 14:00', '路演 101 11-29T14:00'],
    ['专题课 14:00 12月19日', '专题课 12-19T14:00'],
    ['专题课 14:00-15:30，12月19日（周六）', '专题课 12-19T14:00'],
    ['专题课 14:00（12月19日）', '专题课 12-19T14:00'],
    ['专题课 14：00 12.19', '专题课 12-19T14:00'],
    ['专题课 14:00 1.5 小时', '专题课 1.5 小时 11-29T14:00'],
    ['版本 1.5 版 14:00', '版本 1.5 版 11-29T14:00'],
    ['贷款 1.5 万元 14:00', '贷款 1.5 万元 11-29T14:00'],
    ['12.31 元旦晚会 14:00', '元旦晚会 12-31T14:00'],
    ['12.5 版权沙龙 14:00', '版权沙龙 12-05T14:00'],
    ['12.5 万象城路演 14:00', '万象城路演 12-05T14:00'],
    ['专题课 下午两点 12月19号 优空间二楼', '专题课 12-19T14:00'],
    ['专题课 14:00 周六', '专题课 12-05T14:00'],
    ['专题课 下午2点（下周六）', '专题课 12-05T14:00'],
    ['专题课 14:00 王老师 12月19日', '专题课 12-19T14:00'],
    ['专题课 日期：12月19日 时间：14:00-15:30', '专题课 12-19T14:00'],
    ['专题课 时间 14:00-15:30 日期 12月19日 地点 优空间', '专题课 12-19T14:00'],
    ['专题课 1月1日元旦 14:00', '专题课 01-01T14:00'],
    ['路演 12月24日平安夜19:00-21:00', '路演 12-24T19:00'],
    ['团拜会 2月16日（除夕）上午9点', '团拜会 02-16T09:00'],
    ['圣诞沙龙 12月25日 圣诞节当天 晚上7点', '圣诞沙龙 12-25T19:00'],
    ['元旦联欢 14:00 1月1日元旦', '元旦联欢 01-01T14:00'],
    ['创业2.0 明天14:00', '创业2.0 11-30T14:00'],
    ['专题课 明儿下午2点', '专题课 11-30T14:00'],
    ['专题课 后儿个 9:00', '专题课 12-01T09:00'],
    ['May the force 沙龙 明天14:00', 'May the force 沙龙 11-30T14:00'],
  ])('%s', (text, expected) => expect(start(text)).toBe(expected))
})

describe('days that are not understood are refused and never mean today', () => {
  test.each([
    '专题课 12月13日星期六14:00',
    '专题课 14:00 报名截止 12月10日',
    '专题课 14:00 复习 12月19日 内容',
    '5号沙龙 14:00',
    '迎新 元旦14:00',
    '沙龙 春节前 14:00',
    '课 国庆节后第一天 14:00',
    '读书会 12月5日14:00-12月6日16:00',
    '训练营 下周三到周五 9:00',
    '课 下下下周三 14:00',
    '课 本月底14:00',
    '课 12月12、13日 14:00',
    '课 周六周日 14:00',
    '周二读书会 14:00',
    '沙龙 12月12日',
    '沙龙 两周后周六14:00',
    '沙龙 第二个周六14:00',
    '沙龙 每双周六14:00',
    '沙龙 单周周六14:00',
    '沙龙 廿号14:00',
    '沙龙 小寒14:00',
    '双十二 直播课 14:00',
    '沙龙 12月最后一天14:00',
    '沙龙 12月12日（下周六）14:00',
    '沙龙 下周六（12月12日）14:00',
    '沙龙 下周的周三 14:00',
    '沙龙 大下周三 14:00',
    '沙龙 周五/周六 14:00',
    '沙龙 12月5日/12日 14:00',
    '沙龙 12月5、6、7号 14:00',
    '沙龙 星期一三五 14:00',
    '沙龙 周八 14:00',
    '沙龙 每月第一、三个周六 14:00',
    '沙龙 两周以后 14:00',
    '沙龙 三个月后 14:00',
    '沙龙 腊八 14:00',
    '沙龙 植树节 14:00',
    '沙龙 明年元旦 14:00',
    '沙龙 农历十二月初八 14:00',
    '沙龙 1205 14:00',
    '沙龙 12。5 14:00',
    '沙龙 12月31日元旦 14:00',
    '沙龙 5月20日中秋 14:00',
    '沙龙 14:00 12月19日-20日',
    '沙龙 14:00 12月19日、26日',
    '沙龙 14:00 周六和周日',
    '沙龙 14:00 12月19日星期日',
    '沙龙 14:00 第二个周六',
    '沙龙 14:00 优空间 12.19',
    '沙龙 12月5日 14:00 12月6日',
    '沙龙 次日 14:00',
    '沙龙 翌日下午2点',
    '沙龙 年底前 14:00',
    '沙龙 Dec 5 14:00',
    '沙龙 5 December 14:00',
    '沙龙 14:00 Dec 5th',
    '沙龙 12月5日 02:00 PM',
    '沙龙 12月5日 2:00pm',
    '沙龙 12月5日 PM 2:00',
    '沙龙 半小时后',
    '沙龙 两个小时以后',
    '沙龙 20分钟后开始',
    '沙龙 一刻钟后',
  ])('%s', text =>
    expect(() => readLine(text, at)).toThrow(
      /看懂|没写几点|不是星期|不是12月|一次只能写|不写 AM|几点写出来/u,
    ),
  )
})

test.each(['沙龙 12月12日 9点签到 9点半开始', '沙龙 12月12日 19:00 - 21:00（18:45签到）'])(
  'of two times none is guessed: %s',
  text => expect(() => readLine(text, at)).toThrow('也是一个时间'),
)

test.each(['沙龙 周六 14:00到晚上', '沙龙 周六14:00-傍晚', '沙龙 周六14:00到结束'])(
  'an end that names no time is asked for: %s',
  text => expect(() => readLine(text, at)).toThrow('几点结束没看懂'),
)

test('a clock time that may be of the night is asked for', () => {
  expect(() => readLine('沙龙 周六2:00-4:00', at)).toThrow('2 点是凌晨还是下午？下午请写「14:00」')
})

test('a number of places counts with and without a blank', () => {
  expect(readLine('沙龙 周六14:00 名额30', at).plan).toMatchObject({
    title: '沙龙',
    signUp: { capacity: 30 },
  })
})

describe('lessons that come again', () => {
  const days = (text: string) => {
    const { plan, times } = readLine(text, at)
    const from = inShanghai(at).toPlainDate()
    const found = times?.recurrence ? occasionsOf(times.recurrence, { from, to: from.add({ days: 36 }) }) : []
    const held = found
      .filter(({ skipped }) => skipped === undefined)
      .map(({ date }) => date.toString().slice(5))
    return [plan.title, ...held].join(' ')
  }
  test.each([
    [
      '课 每周一三五 晚7点',
      '课 11-30 12-02 12-04 12-07 12-09 12-11 12-14 12-16 12-18 12-21 12-23 12-25 12-28 12-30',
    ],
    ['课 每月5、20号14:00', '课 12-05 12-20'],
    ['晨读 每周一到周五8:30', /^晨读 11-30 12-01 12-02 12-03 12-04 12-07 .* 12-31 01-04$/u],
    ['晨读 周一到周五8:30', /^晨读 11-30 12-01 12-02 12-03 12-04 12-07 .* 12-31 01-04$/u],
    ['晨读 周一到周五每天8:30', /^晨读 11-30 12-01 12-02 12-03 12-04 12-07 .* 12-31 01-04$/u],
    ['课 每周五14:00，节假日不上', /^课 12-04 12-11 12-18 12-25$/u],
    ['课 每周五14:00 法定节假日除外', /^课 12-04 12-11 12-18 12-25$/u],
    ['晨读 工作日8:30', /^晨读 11-30 12-01 12-02 12-03 12-04 12-07 .* 12-31 01-04$/u],
    ['晨读 每个工作日8:30', /^晨读 11-30 12-01 12-02 12-03 12-04 12-07 .* 12-31 01-04$/u],
    ['课 隔周六 9:00', /^课 /u],
    ['例会 每月最后一个周五 14:00', /^例会 12-25$/u],
    ['例会 每月1日 9:00', /^例会 12-01$/u],
  ])('%s', (text, expected) => expect(days(text)).toMatch(expected))

  test('a lesson on a day off falls out and is not moved: who writes 顺延 is told', () => {
    expect(() => days('课 每周五14:00 遇节假日顺延')).toThrow('不会顺延')
  })
})

test('a place and a speaker behind the title are no part of it', () => {
  expect(readLine('融资沙龙 明天14:00 优空间二楼 王老师', at).plan).toEqual({
    title: '融资沙龙',
    speaker: '王老师',
    place: '优空间二楼',
  })
})

describe('改课', () => {
  async function openTwo() {
    const room = await openRoom()
    await room.chen.says('开课 课甲 13:10-15:00', '课甲')
    await room.chen.says('开课 融资沙龙 明天14:00-15:00', '融资沙龙')
    const lessons = async () => {
      const found = await room.lessonsBetween('2026-11-28', '2026-11-30')
      return found.map(({ title, place }) => `${title}@${place}`)
    }
    return { room, lessons }
  }

  test('changes the lesson whose title was written', async () => {
    const { room, lessons } = await openTwo()
    await room.chen.says('改课 融资沙龙 地点 三楼会议室', '融资沙龙')
    expect(await lessons()).toEqual(['课甲@', '融资沙龙@三楼会议室'])
  })

  test('reaches coming lessons by number while another is open', async () => {
    const { room, lessons } = await openTwo()
    await room.chen.says('改课 2 地点 三楼会议室', '融资沙龙')
    expect(await lessons()).toEqual(['课甲@', '融资沙龙@三楼会议室'])
  })

  test('words that are no title of a lesson rename nothing', async () => {
    const { room, lessons } = await openTwo()
    await room.chen.says('改课 不存在的课 地点 三楼', '没有叫「不存在的课」的课')
    expect(await lessons()).toEqual(['课甲@', '融资沙龙@'])
  })

  test('「以后改课」 is the same as 「改课 以后」', async () => {
    const room = await openRoom()
    await room.chen.says('开课 晨读 每周一 8:30', '晨读')
    await room.chen.says('以后改课 地点 三楼', '以后每次都这样')
  })

  test('更正 works in private', async () => {
    const room = await openRoom()
    await room.chen.says('开课 课甲 13:10-15:00', '课甲')
    await room.forward({ minutes: 15 })
    await room.zhang.send(room.zhang.message('签到'))
    await room.boss.says('更正 张三 迟到', '记为迟到')
    expect(group).not.toBe('')
  })
})
