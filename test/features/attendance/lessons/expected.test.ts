import { describe, expect, test } from 'vitest'
import { createPeople } from '../../../../src/features/attendance/check-ins/people.ts'
import { openAttendanceRecords } from '../../../../src/features/attendance/lessons/records/records.ts'
import * as community from '../../../../src/features/community/records/records.ts'
import { blankRow } from '../../../../src/features/community/roster/file/columns.ts'
import type { Store } from '../../../../src/ports/store.ts'
import { lessonAt } from '../lessons.ts'
import { group, openRoom } from '../room.ts'

const row = (id: string, name: string, branch = '优空间支部') =>
  community.RosterRow.parse({ ...blankRow, id, name, branch, space: '优空间', alias: `优空间-${name}` })

async function putOnRoster(store: Store, rows: readonly community.RosterRow[]): Promise<void> {
  const book = { rows: [...rows], changedAt: '', changedByName: '陈姐' }
  await community.openCommunityRecords(store).roster.update(community.rosterKey, () => book)
}

/** A roster of two branches; 小美 and 张三 are on it, 李四 is not. */
async function openOnRoster() {
  const rows = [
    row('r1', '小美', '优空间支部'),
    row('r2', '张三', '优空间支部'),
    row('r3', '王五', '恒丰支部'),
  ]
  const room = await openRoom(undefined, store => putOnRoster(store, rows))
  return { ...room, li: room.person('li', 'Sunny', group) }
}

describe('who is expected', () => {
  test('of a branch is everybody on the roster there, also who never spoke', async () => {
    const room = await openOnRoster()
    await room.chen.says('开课 周末微党课 14:00-15:00 应到 优空间支部', '应到：优空间支部')
    await room.forward({ minutes: 60 })
    await room.mei.says('签到')
    await room.li.says('签到')
    const [reply] = await room.boss.says('签到情况', '应到 2 人')
    for (const words of ['到：小美', '还没到：张三', '自愿参加：Sunny']) expect(reply?.text).toContain(words)
    await room.forward({ hours: 2 })
    await room.boss.says('签到情况', '缺勤：张三')
  })
  test('a roster that changes later changes no tally of before', async () => {
    const { world } = await openRoom()
    const member = (id: string) => ({
      ...{ id, name: id, isOnRoster: true, branch: '优空间支部', space: '', team: '' },
    })
    let onRoster = [member('r1'), member('r2')]
    const none = {
      membersOf: async () => [],
      find: async () => [],
      staff: async () => new Map<string, string>(),
    }
    const roster = { ...none, members: async () => onRoster }
    const people = createPeople(openAttendanceRecords(world.store), {
      roster,
      clock: world.clock,
    })
    const expected = { whom: 'units' as const, branches: ['优空间支部'], spaces: [] }
    const lesson = lessonAt('2026-11-28T14:00:00+08:00', { expected })
    await people.takeRegister(lesson, world.clock.now())
    onRoster = [member('r3')]
    await people.takeRegister(lesson, world.clock.now())
    const held = await people.held(lesson)
    expect(held.people.map(({ memberId }) => memberId)).toEqual(['r1', 'r2'])
  })
  test.each([
    ['应到 优空间', '应到：优空间支部'],
    ['应到 优空间支部、恒丰支部', '应到：恒丰支部、优空间支部'],
    ['应到 火星支部', '名单上没有「火星支部」'],
  ])('%s', async (words, answer) => {
    const room = await openOnRoster()
    await room.chen.says(`开课 周末微党课 14:00 ${words}`, answer)
  })
  test('no one is missing where attendance is free', async () => {
    const room = await openOnRoster()
    await room.chen.says('开课 沙龙 14:00-15:00 应到 不限', '开课了')
    await room.forward({ hours: 3 })
    const [reply] = await room.boss.says('签到情况', '实到 0 人')
    expect(reply?.text).not.toContain('缺勤')
  })
})

describe('a receipt', () => {
  test('names who is on no roster, counts them all the same, and says what to do', async () => {
    const room = await openOnRoster()
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.forward({ minutes: 60 })
    await room.mei.says('签到')
    await room.li.says('签到')
    await room.forward({ seconds: 20 })
    const told = room.outbox.toGroup(group).at(-1)
    expect(told).toContain('刚签到 2 人：小美、Sunny')
    expect(told).toContain('名单上没对上 1 人：Sunny。签到记下了；请发「我是 姓名 众创空间」')
  })
})

describe('a member who left the group', () => {
  test('hears in private where to sign in, and whom to ask', async () => {
    const room = await openRoom()
    const gone = room.person('gone', '赵六')
    await gone.says('签到', '现在没有在签到的课')
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.forward({ minutes: 60 })
    await gone.says('签到', '已经不在群里的话，请告诉组织者')
    await room.chen.says('补签 新成员 赵六', '记为到')
  })
  test('is counted for what was sent while they were, however late it comes', async () => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.forward({ minutes: 60 })
    const before = room.person('gone', '赵六', group)
    await before.says('请假 可能赶不上')
    const sentAt = room.world.clock.now()
    await room.forward({ minutes: 20 })
    await before.send(before.message('签到', { sentAt, senderName: '朋友' }))
    await room.boss.says('签到情况', '实到 1 人')
  })
})

test('organizers and the speaker run the lesson and are not expected, unless wanted', async () => {
  const rows = [row('r0', '陈姐'), row('r1', '小美'), row('r2', '张三')].map(one =>
    one.name === '陈姐' ? { ...one, alias: '陈姐' } : one,
  )
  const room = await openRoom(undefined, store => putOnRoster(store, rows))
  await room.chen.says('开课 微党课 13:30-14:00 主讲 张三 老师', '微党课')
  await room.forward({ minutes: 20 })
  await room.mei.send(room.mei.message('签到'))
  await room.zhang.send(room.zhang.message('签到'))
  await room.boss.says('签到情况', '应到 1 人')
  await room.chen.says('改课 应到 全体', '微党课')
  await room.boss.says('签到情况', '应到 3 人')
  await room.chen.says('改课 应到 优空间支部', '微党课')
  await room.boss.says('签到情况', '应到 1 人')
  await room.chen.says('改课 应到 优空间支部全体', '微党课')
  await room.boss.says('签到情况', '应到 3 人')
  await room.chen.says('改课 应到 优空间全员', '微党课')
  await room.boss.says('签到情况', '应到 3 人')
})

describe('while it is not confirmed who they are on the roster', () => {
  async function openWith(names: readonly string[], alias: string) {
    const rows = names.map((name, at) => row(`r${at}`, name))
    const room = await openRoom(undefined, store => putOnRoster(store, rows))
    const staff = room.person('staff', alias, group)
    await room.directory.recognise(staff.message('大家好'))
    return { ...room, staff }
  }
  const absentAfterLesson = async (room: Awaited<ReturnType<typeof openWith>>) => {
    await room.chen.says('开课 周末微党课 14:00-15:00 应到 优空间支部', '应到：优空间支部')
    await room.forward({ hours: 3 })
    const [reply] = await room.boss.says('签到情况', '缺勤')
    return reply?.text?.match(/缺勤：(.*)/u)?.[1]
  }
  test.each(['组织者-李静', '指导员-李静', '李静（讲师）'])('%s is not absent', async alias => {
    expect(await absentAfterLesson(await openWith(['李静', '小美'], alias))).toBe('小美')
  })
  test('who is left out for the name is named to organizers beside 应到, and others who are not are not', async () => {
    const room = await openWith(['李静', '小美'], '讲师-李静')
    const words = '没算应到 1 人，因为名字里写着组织者、指导员或讲师：李静（群里叫「讲师-李静」）。'
    await room.chen.says('开课 周末微党课 14:00-15:00 应到 优空间支部', '应到：优空间支部')
    await room.boss.says('签到情况', words)
    await room.forward({ hours: 3 })
    expect(room.outbox.toPerson('chen').at(-1)).toContain(words)
    expect(room.outbox.toGroup(group).join()).not.toContain('没算应到')
    await room.chen.says('开课 组织生活 18:00-19:00 应到 优空间支部全体', '应到')
    const [reply] = await room.boss.says('签到情况 组织生活', '应到 2 人')
    expect(reply?.text).not.toContain('没算应到')
  })
  test('an organizer is not named as left out', async () => {
    const room = await openWith(['李静', '小美'], '组织者-李静')
    await room.person('staff', '李静').says('申请组织者', '申请')
    await room.boss.says('同意 1', '李静')
    await room.chen.says('开课 周末微党课 14:00-15:00 应到 优空间支部', '应到：优空间支部')
    const [reply] = await room.boss.says('签到情况', '还没到：小美')
    expect(reply?.text).not.toContain('没算应到')
  })
  test('a person with the role is not absent, however they are called', async () => {
    const room = await openWith(['李静', '小美'], '李静')
    await room.person('staff', '李静').says('申请组织者', '申请')
    await room.boss.says('同意 1', '李静')
    expect(await absentAfterLesson(room)).toBe('小美')
  })
  test('a maker is, and so are both whom the name may mean', async () => {
    expect(await absentAfterLesson(await openWith(['李静', '小美'], '李静'))).toBe('李静、小美')
    expect(await absentAfterLesson(await openWith(['李静', '李静'], '组织者-李静'))).toBe('李静、李静')
  })
})
