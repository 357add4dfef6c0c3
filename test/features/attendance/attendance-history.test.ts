import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { openRoom, otherGroup, type Room } from './room.ts'

const from = Temporal.Instant.from('2026-11-01T00:00:00+08:00')
const to = Temporal.Instant.from('2026-12-01T00:00:00+08:00')

const peopleAt = async ({ history }: Pick<Room, 'history'>) =>
  history.attendees((await history.held(from, to))[0]?.id ?? '')

async function openLesson() {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00', '开课了')
  await room.forward({ minutes: 60 })
  return room
}

test('a lesson is in the history once it is over, with what everybody was', async () => {
  const { history, mei, zhang, forward } = await openLesson()
  await mei.says('签到')
  await zhang.says('请假 出差')
  expect(await history.held(from, to)).toEqual([])
  await forward({ minutes: 95 })
  const [lesson, ...more] = await history.held(from, to)
  expect(more).toEqual([])
  for (const one of await history.attendees(lesson?.id ?? ''))
    expect(await history.attendee(lesson?.id ?? '', one.memberId)).toEqual(one)
  expect(await history.attendee(lesson?.id ?? '', 'nobody')).toBeUndefined()
  expect(lesson).toMatchObject({ title: '周末微党课', groupNames: ['优空间创客群'] })
  expect(
    (await peopleAt({ history })).map(({ name, standing, remarks }) => [name, standing, remarks]).sort(),
  ).toEqual([
    ['优空间-小美', 'present', []],
    ['优空间-张三', 'leave', []],
  ])
})

test('a correction changes the history, and says who made it', async () => {
  const { history, chen, mei, forward } = await openLesson()
  await mei.says('签到')
  await forward({ minutes: 95 })
  await chen.says('更正 小美 迟到 14:20 才到', '记为迟到')
  expect(await peopleAt({ history })).toMatchObject([
    { standing: 'late', remarks: ['2026年11月28日 15:35 陈姐 更正为迟到'] },
  ])
})

test.each(['到', '迟到', '请假', '缺勤', '补学'])(
  'the history has no reason of a correction to %s',
  async word => {
    const { history, chen, mei, forward } = await openLesson()
    await mei.says('签到')
    await forward({ minutes: 95 })
    await chen.says(`更正 小美 ${word} 住院`, '记为')
    expect(await peopleAt({ history })).toMatchObject([
      { remarks: [`2026年11月28日 15:35 陈姐 更正为${word}`] },
    ])
  },
)

test('the history says of a make-good by an organizer how it was made', async () => {
  const { history, chen, forward } = await openLesson()
  await chen.says('补签 新成员 王五', '记为到')
  await forward({ minutes: 95 })
  expect(await peopleAt({ history })).toMatchObject([
    { remarks: ['2026年11月28日 14:00 陈姐 更正为到（补签）'] },
  ])
})

test('a cancelled lesson was not held, and one of another month is in that month', async () => {
  const { history, chen, person, forward } = await openLesson()
  await chen.says('取消课程', '取消了')
  await person('chen', '陈姐', otherGroup).says('开课 论坛 12月1日 00:00-01:00', '开课了')
  await forward({ hours: 24 * 4 })
  expect(await history.held(from, to)).toEqual([])
  expect(await history.held(to, to.add({ hours: 24 }))).toMatchObject([{ title: '论坛' }])
})
