import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { deliveryDetailOf, overallState, statesOf } from '../../../src/features/digest/broadcast/progress.ts'
import type { Broadcast } from '../../../src/features/digest/broadcast/records.ts'
import type { Delivery } from '../../../src/outbox/index.ts'
import type { TaskGroup } from '../../../src/ports/group-tasks.ts'
import { createWorld } from '../../conversation.ts'
import { pass } from '../../outbox/world.ts'
import { openDigest } from './world.ts'

const delivery = (state: Delivery['state'], more: Partial<Delivery> = {}) =>
  ({
    key: `digest-1/${state}`,
    target: { groupId: 'g' },
    state,
    changedAt: Temporal.Instant.from('2026-11-27T16:30:00+08:00'),
    history: [],
    ...more,
  }) as Delivery
const stateWord = (states: Delivery['state'][], isEchoMissing = false) =>
  overallState({
    broadcast: { state: 'posted', isPaused: false } as Broadcast,
    deliveries: states.map(state => delivery(state)),
    tasks: new Map(),
    isEchoMissing,
  }).word

test('what is not known is called neither sent nor failed', () => {
  expect(stateWord(['sent', 'unknown'])).toBe('有群不确定')
  expect(stateWord(['unknown', 'failed'])).toBe('有群没送到')
  expect(stateWord(['sent', 'expired'])).toBe('有群没送到')
  expect(stateWord(['sent', 'confirmed', 'manual'])).toBe('完成')
  expect(stateWord(['sent'], true)).toBe('没听到回音')
})

test('groups behind an employee count once, however many messages they get, by the worst of these', () => {
  const at = delivery('waiting').changedAt
  const group = (name: string, state: TaskGroup['state']): TaskGroup => ({ name, state, changedAt: at })
  const target = { personId: 'employee' }
  const text = delivery('waiting', { key: 'digest-1/text', target })
  const file = delivery('waiting', { key: 'digest-1/file', target })
  const ofText = [group('甲', 'confirmed'), group('乙', 'confirmed'), group('丙', 'waiting')]
  const ofFile = [group('甲', 'confirmed'), group('乙', 'failed'), group('丙', 'waiting')]
  const both = new Map([
    [text.key, ofText],
    [file.key, ofFile],
  ])
  expect(statesOf({ deliveries: [text, file], tasks: both })).toEqual(['confirmed', 'failed', 'waiting'])
  // Two groups of one name stay two.
  const namesakes = new Map([[text.key, [group('甲', 'confirmed'), group('甲', 'waiting')]]])
  expect(statesOf({ deliveries: [text], tasks: namesakes })).toEqual(['confirmed', 'waiting'])
  // A file of which no task was made reached none of them.
  const refused = { ...file, state: 'failed' as const }
  const textAlone = new Map([[text.key, ofText]])
  expect(statesOf({ deliveries: [text, refused], tasks: textAlone })).toEqual(['failed', 'failed', 'failed'])
})

test.each([
  'Error: boom\n    at send (/srv/bot/src/outbox/attempt.ts:12:3)',
  'TypeError: Cannot read properties of undefined',
  '发送失败 /home/bot/src/outbox/attempt.ts',
  'GError: puppet not ready ← 未登录',
])('a stored error message is replaced by a plain reason: %s', reason => {
  const said = deliveryDetailOf(delivery('failed', { reason, history: [] }))
  expect(said).toBe('发送时出错，详细情况在运行日志里')
  const past = { state: 'failed', reason, at: delivery('failed').changedAt } as Delivery['history'][number]
  expect(deliveryDetailOf(delivery('sent', { history: [past] }))).not.toMatch(/Error|\/src|\/home|\bat /u)
})

test('a Chinese reason stays as it is', () => {
  const reason = '找不到这个群：可能群已解散'
  expect(deliveryDetailOf(delivery('failed', { reason }))).toBe(reason)
})

/** A push on Friday at 16:30 that one group did not get. */
async function openWithMissing() {
  const world = createWorld('2026-11-27T16:00:00+08:00')
  const { say } = world.chat
  let isBroken = true
  world.chat.say = async (target, reply, deadlineMs) => {
    if (isBroken && 'groupId' in target && target.groupId === '恒丰大厦群') throw new Error('已不在这个群里')
    return say(target, reply, deadlineMs)
  }
  const bot = openDigest({ world })
  await bot.start()
  await bot.lin.says('通过 1', '通过了')
  await bot.forward({ minutes: 30 })
  const mend = () => {
    isBroken = false
  }
  return { ...bot, mend }
}

test('「补发」 shows what goes where, and sends only after 「确认补发」', async () => {
  const { org, he, mend, forward, outbox, arrived } = await openWithMissing()
  mend()
  await org.says('确认补发 1', '请先说「补发 1」')
  const shown = await org.send(org.message('补发 1', { id: 'look' }))
  expect(shown[0]?.text).toContain('没送到的 1 个群：恒丰大厦群')
  expect(shown[1]?.text).toContain('政策速递')
  expect(arrived()).toHaveLength(2)
  const alsoShown = await he.send(he.message('补发', { id: 'look-too' }))
  expect(alsoShown[0]?.text).toContain('确认补发 1')
  await org.says('确认补发 1', '再发一次')
  await he.says('确认补发', '刚才有人处理过')
  await forward({ seconds: 30 })
  await outbox.stop()
  expect(arrived().filter(id => id === '恒丰大厦群')).toHaveLength(1)
})

test('a gateway that echoed before and is silent now is not called 完成', async () => {
  const { world, org, lin, start, forward, outbox } = openDigest()
  await start()
  await lin.says('通过 1', '通过了')
  await forward({ minutes: 30 })
  for (const [i, { target }] of world.said.entries())
    if ('groupId' in target) await outbox.echo({ messageId: `out-${i + 1}`, target, text: '' })
  await org.says('推送情况 1', '完成')
  await org.send(org.message('拟通知 现在 发到 全部\n各位创客，明天停水半天，请提前存水。', { id: 'draft' }))
  await org.send(org.message('送审 2', { id: 'submit' }))
  await lin.send(lin.message('预览 2', { id: 'look-2' }))
  await lin.says('通过 2', '开始发了')
  await pass(world, 60)
  await forward({ minutes: 5 })
  await org.says('推送情况 2', '没听到回音')
  await outbox.stop()
})

test('「补发」 of a push that never went out says why, and what to do', async () => {
  const { org, start, forward, outbox } = openDigest()
  await start()
  await org.says('补发 1', '推送 1 还没有发，没有要补发的群')
  await forward({ hours: 3 })
  for (const words of ['补发 1', '补发未送达 1'])
    await org.says(words, '推送 1 过了时间，没有发，不能补发。还要发的话，请另写一条。')
  await outbox.stop()
})
