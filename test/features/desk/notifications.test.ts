import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  claimMessage,
  dueMessage,
  emptyQueue,
  enqueue,
  settleMessage,
} from '../../../src/features/desk/notifications/rules.ts'
import { he, openDeskWorld } from './desk-world.ts'

const questions = [
  '孩子咳嗽一周了怎么办',
  '阳台上的花怎么浇水',
  '猫不吃饭是为什么',
  '周末去哪里钓鱼好',
  '电脑开不了机怎么修',
  '自行车链条掉了怎么装',
  '米饭夹生了怎么补救',
  '墙面发霉怎么处理',
  '手机进水了怎么办',
  '皮鞋磨脚有什么办法',
  '鱼缸的水多久换一次',
  '窗户漏风用什么堵',
  '衣服染色了怎么洗',
]

/** A Thursday at 14:00; thirteen makers ask one after the other within 75 minutes. */
async function afternoon() {
  const world = await openDeskWorld()
  for (const [at, question] of questions.entries()) {
    await world.person(`maker-${at}`, `创客${at}`).says(`转人工 ${question}`, `${at + 1} 号`)
    await world.forward({ minutes: 6 })
  }
  return world
}

describe('messages to an instructor', () => {
  test('thirteen questions within 75 minutes come in three messages, and none is left out', async () => {
    const { outbox, forward } = await afternoon()
    await forward({ minutes: 30 })
    const messages = outbox.toPerson('he')
    expect(messages.length).toBeLessThanOrEqual(4)
    for (const question of questions) expect(messages.join('\n')).toContain(question)
  })
  test('reminders come with the daily summary, in one message', async () => {
    const { outbox, forward } = await afternoon()
    await forward({ minutes: 30 })
    const before = outbox.toPerson('he').length
    for (let hour = 0; hour < 24; hour++) await forward({ hours: 1 })
    const added = outbox.toPerson('he').slice(before)
    expect(added).toHaveLength(1)
    expect(added[0]).toContain('今日汇总：有 13 个问题等你答')
    expect(added[0]).toContain('还有 3 个，回「待答」看全部')
  })
  test('what is of no use tomorrow stands first and is marked, however many came before', async () => {
    const { person, outbox, forward } = await afternoon()
    await forward({ minutes: 30 })
    await person('late', '赶着').says('转人工 明天就截止了，材料系统打不开', '14 号')
    for (let hour = 0; hour < 24; hour++) await forward({ hours: 1 })
    const summary = outbox.toPerson('he').at(-1)
    expect(summary).toContain('有 14 个问题等你答：\n【急】14 号（赶着')
    expect(summary).toContain('回「答 14 你的话」')
  })
  test('what was answered meanwhile is not brought any more', async () => {
    const { person, he: instructor, outbox, forward } = await openDeskWorld()
    await person('a', '甲').says('转人工 孩子咳嗽一周了怎么办', '1 号')
    await person('b', '乙').says('转人工 阳台上的花怎么浇水', '2 号')
    await instructor.says('答 2 少浇水', '2 号')
    await forward({ minutes: 31 })
    expect(outbox.toPerson('he')).toHaveLength(1)
  })
  test('by night nothing comes; in the morning everything in the summary', async () => {
    const { person, outbox, forward } = await openDeskWorld({ startAt: '2026-11-26T22:40:00+08:00' })
    await person('a', '甲').says('转人工 孩子咳嗽一周了怎么办', '1 号')
    await person('b', '乙').says('转人工 阳台上的花怎么浇水', '2 号')
    await forward({ hours: 9, minutes: 40 })
    expect(outbox.toPerson('he')).toEqual([])
    await forward({ minutes: 10 })
    expect(outbox.toPerson('he')).toEqual([expect.stringContaining('今日汇总：有 2 个问题等你答')])
    await forward({ hours: 2 })
    expect(outbox.toPerson('he')).toHaveLength(1)
  })
  test('the hour of the summary is the person’s own', async () => {
    const { person, he: instructor, outbox, forward } = await openDeskWorld()
    await instructor.says('日报 18:00', '每个工作日 18:00')
    await person('a', '甲').says('转人工 孩子咳嗽一周了怎么办', '1 号')
    await forward({ hours: 3, minutes: 59 })
    expect(outbox.toPerson('he')).toHaveLength(1)
    await forward({ minutes: 1 })
    expect(outbox.toPerson('he').at(-1)).toContain('今日汇总')
    await forward({ hours: 14, minutes: 35 })
    expect(outbox.toPerson('he')).toHaveLength(2)
  })
  test.each([
    ['日报8点半', '08:30'],
    ['日报 9点', '09:00'],
    ['日报 下午5点半', '17:30'],
    ['日报：7:45', '07:45'],
  ])('%s is understood', async (said, time) => {
    const { he: instructor } = await openDeskWorld()
    await instructor.says(said, `每个工作日 ${time}`)
  })
  test('「日报」 says when it comes; makers have none', async () => {
    const { he: instructor, meiAlone } = await openDeskWorld()
    await instructor.says('日报', '每个工作日 08:30')
    await instructor.says('日报 25:00', '没看懂')
    await meiAlone.says('日报 8:30', '只有指导员和组织者')
  })
  test('a crash between claiming and sending loses and doubles nothing', async () => {
    const { person, outbox, forward, world } = await openDeskWorld()
    await person('a', '甲').says('转人工 孩子咳嗽一周了怎么办', '1 号')
    await person('b', '乙').says('转人工 阳台上的花怎么浇水', '2 号')
    outbox.post = async () => {
      throw new Error('the disk is full')
    }
    await forward({ minutes: 31 })
    const again = await openDeskWorld({ world })
    await again.forward({ minutes: 1 })
    await again.forward({ minutes: 40 })
    expect(again.outbox.toPerson('he')).toEqual([expect.stringContaining('2 号')])
  })
  test('an urgent question is brought even after the day’s messages are used up, but gathered', async () => {
    const { person, outbox, forward } = await openDeskWorld({
      startAt: '2026-11-26T09:00:00+08:00',
      seed: [he],
    })
    for (const [at, question] of questions.slice(0, 8).entries()) {
      await person(`maker-${at}`, `创客${at}`).says(`转人工 ${question}`, `${at + 1} 号`)
      await forward({ minutes: 31 })
    }
    expect(outbox.toPerson('he')).toHaveLength(6)
    await person('late', '丙').says('转人工 材料明天截止，章还没盖怎么办', '9 号')
    expect(outbox.toPerson('he')).toHaveLength(7)
    expect(outbox.toPerson('he').at(-1)).toContain('9 号')
  })
})

test('whatever is queued in whatever order: every notification is sent or dropped once, messages keep their distance', () => {
  const step = fc.record({
    minutes: fc.integer({ min: 0, max: 400 }),
    kind: fc.constantFrom('ask', 'follow-up', 'remind', 'solved', 'note'),
    isUrgent: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      let at = Temporal.Instant.from('2026-11-26T08:00:00+08:00')
      let queue = emptyQueue('he', at)
      const look = () => {
        const kind = dueMessage(queue, at)
        if (kind) queue = settleMessage(claimMessage(queue, { kind, at, holds: () => true }), true)
      }
      for (const [number, { minutes, kind, isUrgent }] of steps.entries()) {
        at = at.add({ minutes })
        queue = enqueue(queue, { key: `${number}/1`, kind, isUrgent })
        look()
      }
      for (let hours = 0; hours < 8 * 24; hours++) {
        at = at.add({ hours: 1 })
        look()
      }
      const keys = queue.sent.flatMap(one => one.keys)
      expect(queue.waiting).toEqual([])
      expect(keys.toSorted()).toEqual(steps.map((_, number) => `${number}/1`).toSorted())
      for (const [i, { kind, at: when }] of queue.sent.entries()) {
        const before = queue.sent[i - 1]
        if (!before || kind === 'summary') continue
        const gap = Temporal.Instant.from(when).since(Temporal.Instant.from(before.at))
        expect(gap.total('minutes')).toBeGreaterThanOrEqual(30)
      }
    }),
  )
})
