import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signUpMeaning } from '../../../../src/features/attendance/check-ins/meanings/sign-up-meaning.ts'
import {
  moveUp,
  noSignUps,
  placesTaken,
  signOff,
  signUp,
  standingIn,
} from '../../../../src/features/attendance/check-ins/sign-up-rules.ts'
import { group, openRoom } from '../room.ts'

describe('signing up', () => {
  async function openEvent(line = '开课 路演 明天14:00 名额 2') {
    const room = await openRoom()
    await room.chen.says(line, '想来的请发「报名」')
    const li = room.person('li', '李四', group)
    return { ...room, li, told: () => room.outbox.toGroup(group) }
  }

  test('is answered in one batch, with who has a place and who waits', async () => {
    const { mei, zhang, li, forward, told, boss } = await openEvent()
    for (const one of [mei, zhang, li]) await one.says('报名')
    await mei.says('报名')
    await forward({ seconds: 20 })
    expect(told()).toEqual([
      '「路演」已报名 2 人，名额满了。\n报名成功 2 人：优空间-小美、优空间-张三\n排在候补 1 人：李四。有人退出会自动补上。',
    ])
    await boss.says('报名名单', '报名 2 人：优空间-小美、优空间-张三\n候补 1 人：李四')
  })
  test('who signs off lets the next move up, and both are told', async () => {
    const { mei, zhang, li, forward, told } = await openEvent()
    for (const one of [mei, zhang, li]) await one.says('报名')
    await forward({ seconds: 20 })
    await zhang.says('取消报名')
    await forward({ seconds: 20 })
    expect(told().at(-1)).toContain('退出报名 1 人：优空间-张三\n候补转正 1 人：李四。请准时来')
    await forward({ seconds: 20 })
    expect(told()).toHaveLength(2)
  })
  test('in private it is answered there, and who moves up hears it there', async () => {
    const { mei, zhang, person, forward, outbox } = await openEvent('开课 路演 明天14:00 名额 1')
    const hidden = person('hidden', '王五')
    await mei.says('报名')
    await hidden.says('报名', '你排在候补第 1 位')
    await zhang.asks('报名', '你排在候补第 2 位')
    await mei.says('取消报名')
    await forward({ seconds: 20 })
    expect(outbox.toPerson('hidden')).toEqual([
      expect.stringContaining('我怎么对待大家的信息'),
      expect.stringContaining('候补转正'),
    ])
    await hidden.says('取消报名', '的报名取消了')
  })
  test('a higher limit moves up those who wait', async () => {
    const { mei, zhang, li, chen, forward, told } = await openEvent()
    for (const one of [mei, zhang, li]) await one.says('报名')
    await forward({ seconds: 20 })
    await chen.says('改课 名额 5', '名额 5 个')
    await forward({ seconds: 20 })
    expect(told().at(-1)).toContain('候补转正 1 人：李四')
  })
  test('is for oneself, and silent where there is nothing to sign up for', async () => {
    const { mei, forward } = await openEvent()
    await mei.says('报名 张三', '不能替别人报')
    await forward({ hours: 48 })
    await mei.says('报名')
    await mei.asks('报名', '现在没有要报名的活动')
  })
  test('with two events it asks which', async () => {
    const { mei, chen, boss } = await openEvent()
    await chen.says('开课 沙龙 明天19:00 报名', '想来的请发「报名」')
    await mei.says('报名', '报名 1：「路演」')
    await mei.says('报名 2')
    await boss.says('报名名单 2', '「沙龙」')
  })
  test('only people who signed up and did not come are absent', async () => {
    const { mei, zhang, li, forward, boss } = await openEvent('开课 路演 14:00-15:00 报名')
    for (const one of [mei, zhang]) await one.says('报名')
    await forward({ minutes: 60 })
    await mei.says('签到')
    await li.says('签到')
    await forward({ hours: 3 })
    await boss.says('签到情况', '应到 2 人，实到 2 人')
  })
})

test('in any order, places are never given twice and no one waits while one is free', () => {
  const step = fc.record({
    by: fc.integer({ min: 0, max: 5 }),
    kind: fc.constantFrom('up', 'off', 'room'),
    minute: fc.integer({ min: 0, max: 59 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (steps, capacity) => {
      const end = steps.reduce((list, { by, kind, minute }) => {
        const at = `2026-11-28T06:${String(minute).padStart(2, '0')}:00Z`
        const said = { who: { memberId: `m${by}`, name: `创客${by}`, groupId: 'g' }, at, capacity }
        if (kind === 'room') return moveUp(list, { capacity, at })
        const next = kind === 'up' ? signUp(list, said) : signOff(list, said)
        // Delivered again it changes nothing.
        expect(kind === 'up' ? signUp(next, said) : signOff(next, said)).toBe(next)
        return next
      }, noSignUps)
      const taken = placesTaken(end)
      const waiting = end.entries.filter(({ state }) => state === 'waiting')
      expect(taken).toBeLessThanOrEqual(capacity)
      if (taken < capacity) expect(waiting).toEqual([])
      const ids = end.entries.map(({ memberId }) => memberId)
      expect(new Set(ids).size).toBe(ids.length)
      expect(waiting.map(({ memberId }) => standingIn(end, memberId).before)).toEqual([...waiting.keys()])
    }),
  )
})

test.each([
  ['我报名', 'on'],
  ['我要报名！', 'on'],
  ['报名+1', 'on'],
  ['老师好，报名', 'on'],
  ['报名，谢谢', 'on'],
  ['报个名', 'on'],
  ['算我一个', 'on'],
  ['我也参加', 'on'],
  ['我取消报名', 'off'],
  ['报名1人', 'on'],
  ['报名一位', 'on'],
  ['参加', 'on'],
  ['参加，谢谢', 'on'],
  ['我也去', 'on'],
  ['报上', 'on'],
  ['不报名了', 'off'],
  ['退报名', 'off'],
  ['报名取消', 'off'],
  ['去不成了，取消', 'off'],
])('「%s」 means %s', (text, meaning) => expect(signUpMeaning(text)).toBe(meaning))

test.each([
  '我去',
  '取消',
  '报了国高',
  '参加工作',
  '报名2人',
  '怎么报名',
  '报名了吗',
  '我报名了没',
  '大家报名',
  '报名截止了',
  '报名链接',
  '帮大家报名',
  '帮刘凯报名',
  '高企怎么报',
  '收到',
])('「%s」 signs nobody up', text => expect(signUpMeaning(text)).toBeUndefined())

test('「参加」 alone in a group gets the word to send; said to the bot it signs up', async () => {
  const room = await openRoom()
  await room.mei.says('参加')
  await room.chen.says('开课 路演 16:00-17:00 报名', '开课了')
  await room.mei.says('参加', '要报名「路演」的，发「报名」两个字就行')
  await room.zhang.asks('参加', '报上名了')
  await room.boss.says('报名名单', '报名 1 人')
})

test('「报名+1」 is 「me too」: one place, for its sender; a number of people is asked back', async () => {
  const room = await openRoom()
  await room.chen.says('开课 路演 16:00-17:00 报名', '开课了')
  await room.mei.says('报名+1')
  await room.mei.says('报名 +1')
  await room.zhang.says('报名 +2', '只记发消息的本人')
  await room.boss.says('报名名单', '报名 1 人')
})

test('other words for signing up count where a lesson takes sign-ups, else they are talk', async () => {
  const room = await openRoom()
  await room.mei.says('算我一个')
  await room.chen.says('开课 路演 16:00-17:00 报名', '开课了')
  await room.mei.says('算我一个')
  await room.zhang.says('老师好，报名')
  await room.boss.says('报名名单', '报名 2 人')
})
