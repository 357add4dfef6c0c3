import { describe, expect, test } from 'vitest'
import {
  openAttendanceRecords,
  registerKey,
} from '../../../src/features/attendance/lessons/records/records.ts'
import { openRoom } from './room.ts'

/** A lesson at which 小美 signed in and 张三 asked for leave; it is over. */
async function openHeld() {
  const room = await openRoom()
  const { chen, mei, zhang, forward } = room
  await chen.says('开课 周末微党课 14:00', '开课了')
  await zhang.says('请假 看病')
  await forward({ minutes: 60 })
  await mei.says('签到')
  await forward({ minutes: 120 })
  const { personal } = room.feature
  if (!personal) throw new Error('lessons keep something about people')
  const idOf = async (person: typeof mei) => (await room.directory.recognise(person.message('在'))).id
  async function standings() {
    const [lesson] = await room.history.held(room.at('00:00'), room.at('23:59'))
    return (await room.history.attendees(lesson?.id ?? '')).map(({ name, standing, remarks }) => ({
      name,
      standing,
      remarks,
    }))
  }
  return { ...room, personal, idOf, standings }
}

describe('what lessons keep about people', () => {
  test('is told to them', async () => {
    const { personal, idOf, zhang, mei } = await openHeld()
    expect(await personal.kept({ memberId: await idOf(zhang), chatIds: ['zhang'], names: ['张三'] })).toEqual(
      [
        expect.stringContaining('签到记录：1 节课，最近一节 2026年11月28日 14:00'),
        expect.stringContaining('请假：1 次'),
        '· 周末微党课，2026年11月28日 14:00：请假：看病',
      ],
    )
    expect(await personal.kept({ memberId: await idOf(mei), chatIds: ['mei'], names: [] })).toHaveLength(2)
    expect(await personal.kept({ memberId: 'nobody', chatIds: [], names: [] })).toEqual([])
  })
  test('is told also to who only signed up, and to who only stands on the list', async () => {
    const { chen, mei, zhang, personal, idOf, lessonsBetween, world } = await openHeld()
    await chen.says('开课 路演 19:00-20:00 报名', '开课了')
    for (const one of [mei, zhang]) await one.says('报名')
    await zhang.says('取消报名')
    const kept = async (person: typeof mei) =>
      (await personal.kept({ memberId: await idOf(person), chatIds: [], names: [] })).slice(-2)
    expect(await kept(mei)).toEqual(['报名：1 节课', expect.stringMatching(/^· 路演，.*19:00：报了名，/u)])
    expect(await kept(zhang)).toEqual([
      '报名：1 节课',
      expect.stringMatching(/^· 路演，.*19:00：取消了报名，/u),
    ])
    const lesson = (await lessonsBetween('2026-11-28', '2026-11-29')).find(({ title }) => title === '路演')
    const listed = { memberId: 'lin', name: '林一', branch: '', space: '', team: '' }
    await openAttendanceRecords(world.store).registers.update(registerKey(lesson?.id ?? ''), () => ({
      takenAt: world.clock.now().toString(),
      people: [{ ...listed, isOnRoster: true, isExpected: true }],
    }))
    expect(await personal.kept({ memberId: 'lin', chatIds: [], names: [] })).toEqual([
      '在名单上、没有签到的：1 节课',
      expect.stringMatching(/^· 路演，.*19:00$/u),
    ])
  })
  test('is told with every sign-in and the sign-out', async () => {
    const { chen, mei, personal, idOf, forward } = await openHeld()
    await chen.says('开课 沙龙 19:00-20:00 签退', '开课了')
    await forward({ minutes: 170 })
    await mei.says('签到')
    await forward({ minutes: 80 })
    await mei.says('签退')
    const kept = await personal.kept({ memberId: await idOf(mei), chatIds: [], names: [] })
    expect(kept.join('\n')).toMatch(/沙龙.*签到 .*签退 /u)
  })
  test('is forgotten under no name, once or twice, and the numbers stay', async () => {
    const { personal, idOf, zhang, standings, world } = await openHeld()
    const before = (await standings()).map(({ standing }) => standing).sort()
    const somebody = { memberId: await idOf(zhang), chatIds: ['zhang'], names: ['张三'] }
    for (let i = 0; i < 2; i++) await personal.forget(somebody, 'alias-1')
    const after = await standings()
    expect(after.map(({ standing }) => standing).sort()).toEqual(before)
    expect(after.map(({ name }) => name).sort()).toEqual(['优空间-小美', '（不记名）'].sort())
    expect(JSON.stringify(after)).not.toContain('看病')
    expect(await personal.kept(somebody)).toEqual([])
    const { CheckIn } = await import('../../../src/features/attendance/lessons/records/check-in-records.ts')
    const kept = JSON.stringify(await world.store.collection('check-ins', CheckIn).list(''))
    expect(kept).not.toContain(somebody.memberId)
    expect(kept).not.toContain('张三')
  })
  test('follows a person who turns out to be another, once or twice', async () => {
    const { personal, idOf, zhang, mei, standings } = await openHeld()
    const moves = new Map([[await idOf(zhang), await idOf(mei)]])
    for (let i = 0; i < 2; i++) await personal.merge(moves)
    const after = await standings()
    expect(after).toHaveLength(1)
    expect(after[0]).toMatchObject({ name: '优空间-小美', standing: 'present' })
  })
  test('loses its reasons after half a year, and its names after three', async () => {
    const { standings, feature, world } = await openHeld()
    const retention = feature.jobs?.find(({ name }) => name === 'lesson-retention')
    const night = { key: 'night', at: world.clock.now() }
    await retention?.run(night)
    const reasons = async () => {
      const { CheckIn } = await import('../../../src/features/attendance/lessons/records/check-in-records.ts')
      return JSON.stringify(await world.store.collection('check-ins', CheckIn).list(''))
    }
    expect(await reasons()).toContain('看病')
    world.clock.forward({ hours: 24 * 181 })
    await retention?.run(night)
    const halfAYear = await standings()
    expect(await reasons()).not.toContain('看病')
    expect(halfAYear.map(({ name }) => name).sort()).toEqual(['优空间-小美', '优空间-张三'].sort())
    world.clock.forward({ hours: 24 * 920 })
    for (let i = 0; i < 2; i++) await retention?.run(night)
    expect((await standings()).map(({ name, standing }) => `${name} ${standing}`).sort()).toEqual([
      '（不记名） leave',
      '（不记名） present',
    ])
  })
  test('is logged when it is exported, also by an automatic tally', async () => {
    const { chen, boss, world } = await openHeld()
    await chen.says('签到表', '私聊发给你了')
    await boss.says('签到表 1', '签到表')
    const { ExportEntry } = await import('../../../src/features/community/records/records.ts')
    const taken = (await world.store.collection('exports', ExportEntry).list('')).map(({ value }) => value)
    expect(taken.map(({ byName, road, people }) => ({ byName, road, people }))).toEqual([
      { byName: '签到机器人', road: 'sent', people: 2 },
      { byName: '陈姐', road: 'chat', people: 2 },
      { byName: '陈姐', road: 'chat', people: 2 },
    ])
    expect(taken.every(({ what }) => what.startsWith('签到表：'))).toBe(true)
  })
  test('in a list that was pasted and not confirmed goes with the person, or after a day', async () => {
    const { boss, personal, world, feature, idOf, mei } = await openHeld()
    const { PastedList } = await import(
      '../../../src/features/attendance/lessons/records/pasted-list-records.ts'
    )
    const lists = async () => (await world.store.collection('pasted-lists', PastedList).list('')).length
    await boss.says('名单\n小美', '小美')
    expect(await lists()).toBe(1)
    await personal.forget({ memberId: await idOf(mei), chatIds: ['mei'], names: [] }, 'alias-2')
    expect(await lists()).toBe(0)
    await boss.says('名单\n张三', '张三')
    world.clock.forward({ hours: 25 })
    await feature.jobs
      ?.find(({ name }) => name === 'lesson-retention')
      ?.run({ key: '', at: world.clock.now() })
    expect(await lists()).toBe(0)
  })
})
