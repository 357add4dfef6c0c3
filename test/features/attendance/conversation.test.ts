import { describe, expect, test } from 'vitest'
import { openAttendanceRecords } from '../../../src/features/attendance/lessons/records/records.ts'
import { unlimitedInbound } from '../../../src/inbound/settings.ts'
import { group, openRoom, otherGroup, type Room } from './room.ts'

/** A lesson at 14:00, and the clock at 14:00. */
async function openLesson(): Promise<Room> {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00', '「周末微党课」今天 14:00–15:30')
  await room.forward({ minutes: 60 })
  return room
}

const told = (room: Room) => room.outbox.toGroup(group)
const sweep = (room: Room) => room.forward({ seconds: 20 })

describe('opening a lesson', () => {
  test('in one line: the answer says when, from when, until when, and how long it took it for', async () => {
    const { chen } = await openRoom()
    const [reply] = await chen.says('开课 周末微党课 14:00', '「周末微党课」今天 14:00–15:30')
    expect(reply?.text).toContain('13:45 起发「签到」，14:10 以后算迟到，15:30 截止')
    expect(reply?.text).toContain('按 90 分钟算')
  })
  test('with a day and an end', async () => {
    const { chen } = await openRoom()
    const [reply] = await chen.says('开课 周末微党课 明天14:00-15:00', '「周末微党课」明天 14:00–15:00')
    expect(reply?.text).not.toContain('90 分钟')
  })
  test.each([
    ['开课', '请带上时间'],
    ['开课 周末微党课', '请带上时间'],
    ['开课 14:00', '请带上课程的名字'],
    ['开课 微党课 25:00', '没有「25:00」这个时间'],
    ['开课 微党课 14:00-13:30', '结束时间要晚于开始时间'],
    ['开课 微党课 9:00', '已经过去了'],
    ['开课 微党课 8:00-23:00', '最长 12 小时'],
    ['开课 微党课 2028年1月1日 14:00', '一年以内'],
    [`开课 ${'课'.repeat(41)} 14:00`, '40 个字以内'],
  ])('%s is refused with a clear sentence', async (line, expected) => {
    const { chen } = await openRoom()
    await chen.says(line, expected)
    await chen.says('签到情况', '最近没有课')
  })
  test.each([
    ['周末微党课 9:00', '周末微党课 明天09:00', '周末微党课 12月5日09:00'],
    [
      '周末微党课 今天上午9点到10点半 主讲 王老师 地点 二楼',
      '周末微党课 明天09:00-10:30 主讲 王老师 地点 二楼',
      '周末微党课 12月5日09:00-10:30 主讲 王老师 地点 二楼',
    ],
    ['今天 沙龙 9:00 名额 30', '沙龙 明天09:00 名额 30', '沙龙 12月5日09:00 名额 30'],
    ['沙龙 主讲 王老师 时间 8:30', '沙龙 主讲 王老师 时间 明天08:30', '沙龙 主讲 王老师 时间 12月5日08:30'],
  ])('%s is over by noon, and comes back ready to send', async (line, tomorrow, saturday) => {
    const { chen } = await openRoom()
    const [reply] = await chen.says(`开课 ${line}`, '已经过去了')
    const offered = reply?.text?.split('\n').filter(one => one.startsWith('开课')) ?? []
    expect(offered).toEqual([`开课 ${tomorrow}`, `开课 ${saturday}`])
    for (const one of offered) await chen.says(one, '开课了')
  })
  test('a weekday that is over today is offered for next week', async () => {
    const room = await openRoom()
    await room.forward({ minutes: 225 })
    const [reply] = await room.chen.says('开课 周末微党课 周六14:00', '已经过去了')
    expect(reply?.text).toContain('\n开课 周末微党课 12月5日14:00')
  })
  test('a new time without a day stays on the day of the lesson', async () => {
    const { chen } = await openRoom()
    await chen.says('开课 周末微党课 12月5日14:00-15:30', '开课了')
    await chen.says('改课 时间 15:00-16:30', '12月5日 周六 15:00–16:30')
  })
  test('is for organizers, in a group', async () => {
    const { mei, boss } = await openRoom()
    await mei.says('开课 周末微党课 14:00', '只有组织者能办')
    await boss.says('开课 周末微党课 14:00', '要在群里说')
  })
  test('a group has one lesson in a window, other groups have their own', async () => {
    const { chen, person } = await openRoom()
    await chen.says('开课 周末微党课 14:00', '开课了')
    await chen.says('开课 又一节 14:00', '已经有「周末微党课」了')
    await person('chen', '陈姐', otherGroup).says('开课 周末微党课 14:00', '开课了')
  })
})

describe('signing in', () => {
  test('is silent at once, and answered in one batch', async () => {
    const room = await openLesson()
    await room.mei.says('签到')
    await room.forward({ seconds: 1 })
    await room.zhang.says('签到')
    expect(told(room)).toEqual([])
    await sweep(room)
    expect(told(room)).toEqual(['「周末微党课」实到 2 人。\n刚签到 2 人：优空间-小美、优空间-张三'])
    await sweep(room)
    expect(told(room)).toHaveLength(1)
  })
  test('a second time changes nothing, and says nothing', async () => {
    const room = await openLesson()
    await room.mei.says('签到')
    await sweep(room)
    await room.forward({ minutes: 20 })
    await room.mei.says('签到')
    await sweep(room)
    expect(told(room)).toHaveLength(1)
    await room.chen.says('签到情况', '实到 1 人。')
  })
  test('unless we are asked by name', async () => {
    const room = await openLesson()
    await room.mei.says('签到')
    await room.forward({ minutes: 5 })
    await room.mei.asks('签到', '你 14:00 已经签过')
  })
  test('from 15 minutes before, with the last second of grace in time, and late after it', async () => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.forward({ minutes: 45 })
    await room.mei.says('签到')
    await room.forward({ minutes: 25 })
    await room.zhang.says('签到')
    await room.forward({ seconds: 61 })
    await room.person('li', '李四', group).says('签到')
    await sweep(room)
    await room.boss.says(
      '签到情况',
      '实到 3 人（其中迟到 1 人）\n到：优空间-小美、优空间-张三\n迟到：李四（14:11）',
    )
    expect(told(room).at(-1)).toContain('迟到 1 人：李四')
  })
  test('without a lesson gets one kind sentence, said once to sixty people', async () => {
    const { mei, zhang, forward } = await openRoom(undefined, undefined, {
      ...unlimitedInbound,
      mergeSeconds: 20,
    })
    await mei.says('签到', '现在没有要签到的课')
    await zhang.says('签到')
    await zhang.asks('签到')
    await forward({ seconds: 20 })
    await zhang.says('签到', '现在没有要签到的课')
  })
  test('too early tells when it opens, and counts for nothing', async () => {
    const { chen, mei } = await openRoom()
    await chen.says('开课 周末微党课 14:00', '开课了')
    await mei.says('签到', '「周末微党课」今天 13:45 开始签到')
    await chen.says('签到情况', '实到 0 人')
  })
  test('after the end is named, but not counted', async () => {
    const room = await openLesson()
    await room.forward({ minutes: 95 })
    await room.mei.says('签到')
    await sweep(room)
    expect(told(room).at(-1)).toBe(
      '「周末微党课」实到 0 人。\n没能记上 1 人：优空间-小美。签到 15:30 已截止，人到了的请联系组织者补签。',
    )
    await room.boss.says('签到情况', '截止后才签到，没有计入：优空间-小美（15:35）')
  })
  test('delivered late counts for when it was sent, and the organizers hear of it', async () => {
    const room = await openLesson()
    await room.forward({ minutes: 100 })
    await room.mei.send(room.mei.message('签到', { sentAt: room.at('14:03') }))
    await room.forward({ seconds: 80 })
    expect(room.outbox.toPerson('chen').at(-1)).toMatch(
      /统计发出以后有更正[\s\S]*优空间-小美：没有记录 → 到/u,
    )
    await room.boss.says('签到情况', '到：优空间-小美')
  })
  test('two days later counts for the lesson of two days ago, not for the one that runs', async () => {
    const room = await openLesson()
    await room.forward({ hours: 48 })
    await room.chen.says('开课 第二课 14:00', '开课了')
    await room.mei.send(room.mei.message('签到', { sentAt: room.at('14:03') }))
    await room.chen.says('签到情况', '实到 0 人')
    const [first, ...more] = await openAttendanceRecords(room.world.store).checkIns.list('20261128')
    expect(more).toEqual([])
    expect(first?.value.tries).toEqual([
      {
        at: '2026-11-28T06:03:00Z',
        receivedAt: '2026-11-30T06:00:00Z',
        messageKey: expect.stringMatching(/^[0-9a-f]{32}$/u),
      },
    ])
  })
  test.each([['2026-11-28T14:03:00+08:00', '2026-11-28T13:00:00+08:00', '从未来来的']])(
    'a time that cannot be is not believed (%s)',
    async (sentAt, now) => {
      const room = await openRoom(now)
      const { Temporal } = await import('temporal-polyfill')
      await room.mei.send(room.mei.message('签到', { sentAt: Temporal.Instant.from(sentAt) }))
      await room.chen.says('签到情况', '最近没有课')
    },
  )
  test('is for oneself: other words after it are no sign-in', async () => {
    const room = await openLesson()
    await room.mei.says('签到 张三', '不能替别人签')
    await room.chen.says('签到情况', '实到 0 人')
    await room.mei.says('我要签到')
    await room.chen.says('签到情况', '实到 1 人')
  })
  test('a pasted chain is not a sign-in, and says so; without a lesson it is none of our business', async () => {
    const room = await openRoom()
    const chain = '#接龙\n周末微党课签到\n1. 张三\n2. 李四'
    await room.mei.says(chain)
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.forward({ minutes: 60 })
    await room.mei.says(chain, '接龙不算签到')
    await room.chen.says('签到情况', '实到 0 人')
  })
  test('at most one message a group in a sweep, also for 300 people in a minute', async () => {
    const room = await openLesson()
    for (let i = 0; i < 300; i++) {
      await room.person(`p${i}`, `创客${i}`, group).says('签到')
      if (i % 100 === 99) await sweep(room)
    }
    await sweep(room)
    const receipts = told(room)
    expect(receipts.length).toBeLessThanOrEqual(5)
    for (let i = 0; i < 300; i++) {
      const naming = receipts.filter(text => new RegExp(`创客${i}(、|$)`, 'u').test(text))
      expect(naming).toHaveLength(1)
    }
    await room.chen.says('签到情况', '实到 300 人')
  })
})

describe('two lessons at once', () => {
  async function openTwo() {
    const room = await openLesson()
    await room.chen.says('开课 路演 14:00-16:00', '时间有重叠')
    return room
  }
  test('are not told to overlap where the first is closed early', async () => {
    const room = await openLesson()
    await room.chen.says('下课', '下课了')
    await room.forward({ minutes: 1 })
    const [opened] = await room.chen.send(room.chen.message('开课 路演 14:30-16:00'))
    expect(opened?.text).toContain('「路演」')
    expect(opened?.text).not.toContain('重叠')
  })
  test('ask which, by number', async () => {
    const room = await openTwo()
    await room.mei.says('签到', '同时有 2 节课')
    await room.mei.says('签到 2')
    await room.chen.says('签到情况', '请带上号码')
    await room.chen.says('签到情况 2', '「路演」今天 14:00–16:00\n实到 1 人')
    await room.chen.says('签到情况 1', '实到 0 人')
    await room.chen.says('下课 1', '「周末微党课」下课了')
  })
  test('a number that is none is asked again', async () => {
    const room = await openTwo()
    await room.mei.says('签到 7', '同时有 2 节课')
  })
  test('and tell a group one thing at a time', async () => {
    const room = await openTwo()
    await room.mei.says('签到 1')
    await room.zhang.says('签到 2')
    await sweep(room)
    expect(told(room)).toHaveLength(1)
    await sweep(room)
    expect(told(room)).toHaveLength(2)
  })
  test('with one lesson a number is too much', async () => {
    const room = await openLesson()
    await room.mei.says('签到 2', '直接发「签到」就行')
  })
})

describe('asking for leave', () => {
  test('is kept with its reason and told in the batch', async () => {
    const room = await openLesson()
    await room.mei.says('请假 孩子发烧')
    await sweep(room)
    expect(told(room)).toEqual(['「周末微党课」实到 0 人，请假 1 人。\n请假 1 人：优空间-小美'])
    await room.boss.says('签到情况', '请假：优空间-小美（孩子发烧）')
  })
  test('may come before the lesson, and in private', async () => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 明天14:00', '开课了')
    await room.person('mei', '小美').says('请假 出差', '请假记下了：「周末微党课」明天 14:00')
    await sweep(room)
    expect(told(room)).toEqual([])
  })
  test('needs a reason, and a lesson', async () => {
    const room = await openRoom()
    await room.mei.says('请假 出差', '最近没有排好的课')
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.mei.says('请假', '请把原因一起发')
  })
  test('a sign-in after a leave counts as present', async () => {
    const room = await openLesson()
    await room.mei.says('请假 可能赶不上')
    await room.mei.says('签到')
    await sweep(room)
    expect(told(room).at(-1)).toContain('实到 1 人。')
  })
})

describe('the end', () => {
  test('comes by itself: names and sheet to the organizers, one line of numbers to the group', async () => {
    const room = await openLesson()
    await room.mei.says('签到')
    await room.zhang.says('请假 出差')
    await room.forward({ minutes: 90 })
    expect(told(room).at(-1)).toBe('「周末微党课」签到结束：实到 1 人，请假 1 人。')
    const tally = room.outbox.posted.find(({ target }) => 'personId' in target)
    expect(tally?.reply.text).toContain('到：优空间-小美\n请假：优空间-张三（出差）')
    expect(tally?.reply.file?.name).toBe('签到表-周末微党课-2026-11-28.xlsx')
    await room.forward({ minutes: 90 })
    expect(room.outbox.toPerson('chen')).toHaveLength(1)
  })
  test('also when the bot was down for a week', async () => {
    const room = await openLesson()
    await room.mei.says('签到')
    await room.jobs.tick()
    await room.forward({ hours: 24 * 7 })
    expect(room.outbox.toPerson('chen')).toEqual([expect.stringContaining('实到 1 人')])
  })
  test('may be early', async () => {
    const room = await openLesson()
    await room.mei.says('签到')
    await room.forward({ minutes: 30 })
    await room.chen.says('下课', '「周末微党课」下课了')
    expect(told(room).at(-1)).toBe('「周末微党课」签到结束：实到 1 人。')
    await room.forward({ minutes: 1 })
    await room.zhang.says('签到')
    await room.chen.says('下课', '已经结束了')
    await room.chen.says('签到情况', '实到 1 人')
    await room.forward({ minutes: 60 })
    expect(told(room).filter(text => text.includes('签到结束'))).toHaveLength(1)
  })
  test('the last receipt comes before it, however short ago another one was', async () => {
    const room = await openLesson()
    await room.mei.says('签到')
    await room.forward({ minutes: 30 })
    await room.zhang.says('签到')
    await sweep(room)
    await room.person('li', '优空间-李四', group).says('签到')
    await room.chen.says('下课', '「周末微党课」下课了')
    await room.forward({ minutes: 5 })
    expect(told(room).slice(-2)).toEqual([
      '「周末微党课」实到 3 人（其中迟到 2 人）。\n迟到 1 人：优空间-李四',
      '「周末微党课」签到结束：实到 3 人（其中迟到 2 人）。',
    ])
  })
  test('an unbound group gets nothing', async () => {
    const room = await openLesson()
    await room.mei.says('签到')
    await room.chen.says('解绑本群', '解绑了')
    await room.forward({ minutes: 95 })
    expect(told(room)).toEqual([])
    expect(room.outbox.toPerson('chen')).toHaveLength(1)
  })
})

describe('organizers', () => {
  test('cancel a lesson, and its window is free again', async () => {
    const room = await openRoom()
    await room.chen.says('取消课程', '没有可以取消的课')
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.chen.says('取消课程', '取消了，不用来签到')
    await room.forward({ minutes: 60 })
    await room.mei.says('签到', '现在没有要签到的课')
    await room.chen.says('开课 周末微党课 14:00', '开课了')
  })
  test('choose by number which to cancel', async () => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.chen.says('开课 路演 明天14:00', '开课了')
    await room.chen.says('取消课程', '请带上号码')
    await room.chen.says('取消课程 2', '「路演」明天 14:00')
  })
  test('read names in private only, and get the sheet there', async () => {
    const room = await openLesson()
    await room.mei.says('签到')
    const [inGroup] = await room.chen.says('签到情况', '实到 1 人')
    expect(inGroup?.text).not.toContain('小美')
    await room.boss.says('签到情况', '到：优空间-小美')
    await room.chen.says('签到表', '私聊发给你了')
    const sheet = room.outbox.posted.at(-1)
    expect(sheet?.target).toEqual({ personId: 'chen' })
    expect(sheet?.reply.file?.bytes.length).toBeGreaterThan(1000)
    const [reply] = await room.boss.says('签到表', '的签到表')
    expect(reply?.file?.name).toContain('.xlsx')
    await room.mei.says('签到表', '只有组织者能办')
  })
  test('sign in the people they saw, also one who never spoke', async () => {
    const room = await openLesson()
    await room.mei.says('签到')
    await room.chen.says('补签', '请带上名字')
    await room.chen.says('补签 王五', '发「补签 新成员 王五」')
    await room.chen.says('补签 新成员 王五', '王五 在「周末微党课」记为到')
    await room.chen.says('补签 王五、赵六', '「王五、赵六」是好几个人，请一个人发一次')
    await room.chen.says('签到情况', '实到 2 人')
  })
  test('correct, and all they did is kept', async () => {
    const room = await openLesson()
    await room.mei.says('签到')
    await room.chen.says('更正 小美', '请写明是谁、改成什么')
    await room.chen.says('更正 小美 迟到 实际 14:20 到', '优空间-小美 在「周末微党课」记为迟到')
    await room.boss.says('签到情况', '迟到：优空间-小美')
    await room.chen.says('更正 优空间-小美 缺勤', '记为缺勤')
    await room.chen.says('更正 小美 请假：家里有事', '记为请假')
    await room.chen.says('更正 小美 到', '记为到')
    const checkIn = (await openAttendanceRecords(room.world.store).checkIns.list(''))[0]?.value
    expect(checkIn?.corrections).toEqual([
      {
        to: 'late',
        at: expect.stringContaining('2026-11-28T06:00:00'),
        byName: '陈姐',
        why: '实际 14:20 到',
      },
      { to: 'absent', at: expect.stringContaining('2026-11-28T06:00:00'), byName: '陈姐' },
      { to: 'leave', at: expect.stringContaining('2026-11-28T06:00:00'), byName: '陈姐', why: '家里有事' },
      { to: 'present', at: expect.stringContaining('2026-11-28T06:00:00'), byName: '陈姐' },
    ])
    expect(checkIn?.tries).toHaveLength(1)
  })
  test.each([
    '更正 专利申请实务 小美 迟到',
    '更正 「专利申请实务」小美 迟到',
    '更正 专利 小美 迟到',
    '更正 专利课 小美 迟到 堵车',
    '补签 专利 小美',
    '撤销更正 专利 小美',
  ])('name the lesson before the person: %s', async words => {
    const room = await openLesson()
    await room.forward({ hours: 3 })
    await room.chen.says('开课 专利申请实务 每周六 17:00-18:00', '每周六')
    await room.forward({ hours: 2 })
    await room.chen.says('开课 读书会 明天 19:00-20:00', '开课了')
    await room.mei.says('签到')
    if (words.startsWith('撤销')) await room.chen.says('更正 专利申请实务 小美 迟到', '专利申请实务')
    const answer = words.startsWith('撤销') ? '优空间-小美 的更正撤销了' : '专利申请实务'
    await room.chen.says(words, answer)
  })
  test('are asked which lesson is meant where several have those words', async () => {
    const room = await openLesson()
    await room.forward({ hours: 3 })
    await room.chen.says('开课 专利申请 17:00-18:00', '开课了')
    await room.forward({ hours: 3 })
    await room.chen.says('开课 专利维权 20:00-21:00', '开课了')
    await room.mei.says('签到')
    await room.chen.says(
      '更正 专利 小美 迟到',
      '有几节课的名字里都有「专利」：专利申请、专利维权。请写全名再发一次。',
    )
  })
  test('are heard where the title begins with a name', async () => {
    const room = await openLesson()
    await room.chen.says('改课 标题 小美分享会', '小美分享会')
    await room.mei.says('签到')
    await room.chen.says('更正 小美 迟到 请假 半小时', '记为迟到')
  })
  test('are asked which of two of one name is meant', async () => {
    const room = await openLesson()
    await room.zhang.says('签到')
    await room.person('zhang2', '恒丰-张三', group).says('签到')
    const [reply] = await room.chen.says('更正 张三 迟到', '有几位都叫「张三」')
    const id = reply?.text?.match(/恒丰-张三（编号 (\w+)/u)?.[1]
    await room.chen.says(`更正 ${id} 迟到`, '恒丰-张三 在「周末微党课」记为迟到')
    await room.chen.says('更正 优空间-张三 迟到', '优空间-张三')
  })
})

test('a list in a sentence says whom it does not name, and puts none of them down', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:30', '开课了')
  await room.forward({ minutes: 60 })
  for (const one of [room.mei, room.zhang]) await one.says('晚到十分钟', '人到了发「签到」')
  const [reply] = await room.boss.says('名单 除了张三请假，其他人都到了', '要你定 1 处：其他人都到了')
  expect(reply?.text).toContain('写着没来 1 人，不记为到：优空间-张三')
  await room.boss.says('名单 今天到的有张三、小美', '对上 2 人：优空间-张三、优空间-小美')
})
