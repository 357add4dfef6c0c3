import { describe, expect, test } from 'vitest'
import { remarksOf } from '../../../src/features/attendance/check-ins/words.ts'
import { lessonAt } from './lessons.ts'
import { group, openRoom } from './room.ts'

/** The day after a lesson that 小美 was at and 张三 was not. */
async function openDayAfter() {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00', '开课了')
  await room.forward({ minutes: 60 })
  await room.mei.says('签到')
  await room.forward({ hours: 20 })
  return { ...room, told: () => room.outbox.toGroup(group), organizers: () => room.outbox.toPerson('chen') }
}

test('a make-up is told to the organizers, and counts once one of them agrees', async () => {
  const { zhang, boss, forward, told, organizers, outbox } = await openDayAfter()
  await zhang.says('补学 弄清了研发费用加计扣除怎么算')
  await forward({ seconds: 20 })
  expect(told().at(-1)).toContain('补学收到 1 人：优空间-张三。等组织者确认。')
  expect(organizers().at(-1)).toContain('优空间-张三：弄清了研发费用加计扣除怎么算')
  await boss.says('签到情况', '实到 1 人')
  await boss.says('确认补学 张三', '确认了 1 人的补学：优空间-张三（周末微党课）')
  await boss.says('签到情况', '补学：优空间-张三')
  expect(outbox.toPerson('zhang')).toEqual([expect.stringContaining('确认了，记为补学')])
})

test('one that is sent back may be written again', async () => {
  const { zhang, boss, outbox, forward } = await openDayAfter()
  await zhang.says('补学 学了很多东西')
  await forward({ seconds: 20 })
  await boss.says('退回补学 张三 请写具体一点', '退回了 1 人的补学')
  expect(outbox.toPerson('zhang')).toEqual([expect.stringContaining('请写具体一点')])
  await boss.says('确认补学 张三', '没有等着确认的补学')
  await zhang.says('补学 加计扣除的比例是百分之百')
  await boss.says('确认补学', '加计扣除的比例是百分之百')
  await boss.says('确认补学 全部', '确认了 1 人的补学')
})

describe('an organizer confirms only words that they were shown', () => {
  const [first, second] = ['弄清了加计扣除怎么算', '我其实什么都没有学']

  test.each([
    ['确认补学 张三', '确认了 1 人的补学'],
    ['确认补学 全部', '确认了 1 人的补学'],
    ['退回补学 张三 请再写', '退回了 1 人的补学'],
  ])('%s: those written since the list are shown, and count with the next word', async (words, done) => {
    const { zhang, boss, forward, outbox } = await openDayAfter()
    await zhang.says(`补学 ${first}`)
    await boss.says('确认补学', first)
    await forward({ seconds: 5 })
    await zhang.says(`补学 ${second}`)
    await boss.says(words, '还没有给你看过现在写的，先没有记。请看过再发一次：')
    expect(outbox.toPerson('zhang')).toEqual([])
    await boss.says(words, done)
    expect(outbox.toPerson('zhang')).toHaveLength(1)
  })

  test('those of the receipt count as shown, and those written after it do not', async () => {
    const { zhang, boss, forward } = await openDayAfter()
    await zhang.says(`补学 ${first}`)
    await forward({ seconds: 20 })
    await zhang.says(`补学 ${second}`)
    await boss.says('确认补学 张三', second)
    await boss.says('确认补学 张三', '确认了 1 人的补学')
  })
})

test('the filed sheet has its words only once an organizer agreed to them', () => {
  const lesson = lessonAt('2026-11-28T06:00:00Z')
  const makeUp = { at: '2026-11-29T06:00:00Z', words: '病好了，看了录像' }
  const decision = { at: '2026-11-29T08:00:00Z', byName: '陈姐' }
  const remarks = (isConfirmed?: boolean) =>
    remarksOf(lesson, {
      memberId: 'm',
      name: '张三',
      tries: [],
      corrections: [],
      notices: [],
      makeUp: isConfirmed === undefined ? makeUp : { ...makeUp, decision: { ...decision, isConfirmed } },
    })
  expect(remarks()).toEqual(['补学待确认'])
  expect(remarks(false)).toEqual(['补学没通过'])
  expect(remarks(true)).toEqual(['补学：病好了，看了录像'])
})

test('it wants a sentence, and a lesson that one was not at', async () => {
  const { zhang, mei } = await openDayAfter()
  await zhang.says('补学', '请写一句学到了什么')
  await zhang.asks('补学 好', '请写一句学到了什么')
  await mei.says('补学 弄清了加计扣除怎么算', '最近没有要你补学的课')
})

test('with two lessons missed it asks which', async () => {
  const { zhang, chen, forward, boss } = await openDayAfter()
  await chen.says('开课 路演 14:00-15:00', '开课了')
  await forward({ hours: 8 })
  await zhang.says('补学 弄清了加计扣除怎么算', '补学 1：「路演」')
  await zhang.says('补学 2 弄清了加计扣除怎么算')
  await forward({ seconds: 20 })
  await boss.says('确认补学 张三', '（周末微党课）')
})

test('only organizers decide', async () => {
  const { zhang, person } = await openDayAfter()
  await zhang.says('补学 弄清了加计扣除怎么算')
  await person('zhang', '张三').says('确认补学 全部', '只有组织者能办')
})
