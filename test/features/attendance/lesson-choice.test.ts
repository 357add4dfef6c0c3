import { expect, test, vi } from 'vitest'
import { openAttendanceRecords } from '../../../src/features/attendance/lessons/records/records.ts'
import { group, openRoom } from './room.ts'

/** Two lessons at once in one group. */
async function openTwo() {
  const room = await openRoom()
  await room.chen.says('开课 微党课 14:00-15:00', '开课了')
  await room.chen.says('开课 路演 14:00-16:00', '时间有重叠')
  await room.forward({ minutes: 60 })
  return room
}
const told = async (room: Awaited<ReturnType<typeof openTwo>>) => {
  await room.forward({ seconds: 40 })
  await room.forward({ seconds: 40 })
  return room.outbox.toGroup(group).join('\n')
}

/** The lesson of this number in the list that was shown. */
const lessonAt = (number: number, shown: string) =>
  new RegExp(`签到 ${number}：「(?<title>[^」]+)」`, 'u').exec(shown)?.groups?.title ?? ''

test.each(['2', '２', '第二节', '选2', '2。'])(
  'who was asked for the lesson may answer 「%s」',
  async answer => {
    const room = await openTwo()
    const [shown] = await room.mei.says('签到', '请带上号码再发')
    await room.zhang.says(answer)
    await room.mei.says(answer)
    const text = await told(room)
    expect(text).toBe(`「${lessonAt(2, shown?.text ?? '')}」实到 1 人。\n刚签到 1 人：优空间-小美`)
  },
)

test('a number of no lesson asks again; leave keeps its reason', async () => {
  const room = await openTwo()
  const [shown] = await room.mei.says('签到', '请带上号码再发')
  const titles = [1, 2].map(number => lessonAt(number, shown?.text ?? ''))
  await room.mei.says('3', '请带上号码再发')
  await room.mei.says('1')
  await room.zhang.says('请假 出差', '请带上号码再发')
  await room.zhang.says('2')
  const text = await told(room)
  expect(text).toContain(`「${titles[0]}」实到 1 人。\n刚签到 1 人：优空间-小美`)
  expect(text).toContain(`「${titles[1]}」实到 0 人，请假 1 人。\n请假 1 人：优空间-张三`)
})

test('without the question, or long after it, a number is talk', async () => {
  const room = await openTwo()
  await room.mei.says('1')
  await room.mei.says('签到', '请带上号码再发')
  await room.forward({ minutes: 6 })
  await room.mei.says('1')
  expect(await told(room)).not.toContain('小美')
})

test('a number of the list answers the question once; a later number is talk', async () => {
  const room = await openTwo()
  const [shown] = await room.mei.says('签到', '请带上号码再发')
  await room.mei.says('3', '请带上号码再发')
  await room.mei.says('1')
  await room.mei.says('2')
  const text = await told(room)
  expect(text).toContain(`「${lessonAt(1, shown?.text ?? '')}」实到 1 人`)
  expect(text).not.toContain(`「${lessonAt(2, shown?.text ?? '')}」`)
})

test.each(['2个', '2号', '两个'])('「%s」 is no answer to the question', async words => {
  const room = await openTwo()
  await room.mei.says('签到', '请带上号码再发')
  await room.mei.says(words)
  expect(await told(room)).not.toContain('小美')
})

test.each(['第2个', '选2号'])('「%s」 is an answer to the question', async words => {
  const room = await openTwo()
  await room.mei.says('签到', '请带上号码再发')
  await room.mei.says(words)
  expect(await told(room)).toContain('刚签到 1 人：优空间-小美')
})

test('an answer that a fault kept from counting counts when the line delivers it again, once', async () => {
  const room = await openTwo()
  await room.mei.says('签到', '请带上号码再发')
  const answer = room.mei.message('1', { id: 'answer-1' })
  vi.spyOn(room.directory, 'recognise').mockRejectedValueOnce(new Error('no room on the disk'))
  await room.mei.send(answer)
  await room.mei.send(answer)
  await room.mei.send(answer)
  const text = await told(room)
  expect(text.match(/刚签到 1 人：优空间-小美/gu)).toHaveLength(1)
})

test('取消课程 and 恢复课程 take a part of the title, and no other lesson where none or several have it', async () => {
  const room = await openRoom()
  for (const [title, time] of [
    ['专利申请实务', '14:00-15:00'],
    ['专利质押融资', '16:00-17:00'],
    ['青年座谈', '18:00-19:00'],
  ])
    await room.chen.says(`开课 ${title} ${time}`, '开课了')
  const cancelled = async () =>
    (await room.lessonsBetween('2026-11-28', '2026-11-29'))
      .filter(({ cancelledAt }) => cancelledAt !== undefined)
      .map(({ title }) => title)
  await room.chen.says('取消课程 专利', '有几节课的名字里都有「专利」：专利申请实务、专利质押融资')
  await room.chen.says('取消课程 商标', '请带上号码再发')
  expect(await cancelled()).toEqual([])
  await room.chen.says('取消课程 质押', '「专利质押融资」')
  await room.chen.says('取消课程 座谈', '「青年座谈」')
  expect(await cancelled()).toEqual(['专利质押融资', '青年座谈'])
  await room.chen.says('恢复课程 实务', '请带上号码再发')
  await room.chen.says('恢复课程 质押', '「专利质押融资」')
  expect(await cancelled()).toEqual(['青年座谈'])
})

test('a person is meant before a lesson with that name in its title, and a lesson by other words of it', async () => {
  const room = await openRoom()
  for (const words of ['小美分享会 13:10-13:40', '课甲 14:00-15:00'])
    await room.chen.says(`开课 ${words}`, '')
  const { id } = await room.roster.enrol('小美', group)
  await room.forward({ hours: 3 })
  const corrected = async () => {
    const lessons = await room.lessonsBetween('2026-11-28', '2026-11-29')
    const { checkIns } = openAttendanceRecords(room.world.store)
    const found = await Promise.all(
      lessons.map(async one => [one.title, (await checkIns.get(`${one.id}/${id}`))?.corrections.length ?? 0]),
    )
    return Object.fromEntries(found)
  }
  await room.chen.says('更正 小美 迟到', '记为迟到')
  expect(await corrected()).toEqual({ 小美分享会: 0, 课甲: 1 })
  await room.chen.says('更正 分享 小美 迟到', '记为迟到')
  expect(await corrected()).toEqual({ 小美分享会: 1, 课甲: 1 })
})

test('the first word of a name in two words is no part of a title', async () => {
  const room = await openRoom()
  for (const words of ['Kevin 分享会 13:10-13:40', '课甲 14:00-15:00'])
    await room.chen.says(`开课 ${words}`, '')
  const { id } = await room.roster.enrol('Kevin 刘', group)
  await room.forward({ hours: 3 })
  await room.chen.says('更正 Kevin 刘 迟到', '课甲')
  const lessons = await room.lessonsBetween('2026-11-28', '2026-11-29')
  const last = lessons.find(({ title }) => title === '课甲')
  const checkIn = await openAttendanceRecords(room.world.store).checkIns.get(`${last?.id}/${id}`)
  expect(checkIn?.corrections).toHaveLength(1)
})
