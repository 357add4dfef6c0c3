import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  DeadlineError,
  LineCutError,
  LineDownError,
  RefusedError,
  ThrottledError,
} from '../../src/ports/chat.ts'
import { type OpenRig, openQqRig, openWecomRig, type Rig } from './rigs.ts'

const group = { groupId: 'wrGroupA' }
const file = (size: number) => ({
  name: '签到.xlsx',
  mimeType: 'application/octet-stream',
  bytes: new Uint8Array(size).fill(7),
})

describe.each([
  ['QQ', openQqRig],
  ['WeCom', openWecomRig],
])('every official line: %s', (_name, openRig: () => Promise<Rig>) => {
  let rig: Rig
  let bot: OpenRig
  let count = 0

  beforeAll(async () => {
    rig = await openRig()
  })
  afterAll(() => rig.server.close())
  afterEach(async () => {
    await bot.line.stop()
    rig.sends('ok')
    rig.breakUploads(false)
    rig.server.forward(3_600_000)
  })

  const isUp = () => bot.line.status().state === 'up'
  const seen = (text: string) => rig.server.shown.filter(one => one.content.includes(text))
  const fresh = () => `消息${++count}`

  async function open(heartbeatMs?: number) {
    bot = rig.open(heartbeatMs)
    await bot.line.start()
    await bot.until(isUp)
  }
  /** Somebody speaks in the group, and is answered. */
  async function speak() {
    const text = fresh()
    rig.says({ from: 'mei', ...{ group: group.groupId }, text })
    await bot.until(() => seen(`听到：${text}`).length > 0)
    return text
  }
  const say = (text: string, deadlineMs = 1000) => bot.line.chat.say(group, { text }, deadlineMs)

  test('what a person says arrives without the mention, and the answer stands in the group', async () => {
    await open()
    const text = await speak()
    expect(bot.heard.at(-1)).toMatchObject({
      text,
      groupId: group.groupId,
      senderId: 'mei',
      mentionsBot: true,
    })
    rig.says({ from: 'li', text: '私聊' })
    await bot.until(() => seen('听到：私聊').length > 0)
    expect(bot.heard.at(-1)?.groupId).toBeUndefined()
  })

  test('the platform calls again with the same id: the id is what tells', async () => {
    await open()
    const ids = [1, 2].map(() => rig.says({ from: 'mei', group: group.groupId, text: '签到', id: 'SAME' }))
    await bot.until(() => bot.heard.length >= 2)
    expect(ids).toEqual(['SAME', 'SAME'])
    expect(bot.heard.map(({ id }) => id)).toEqual(['SAME', 'SAME'])
  })

  test('a long text goes out whole, in parts that the platform takes', async () => {
    await open()
    await speak()
    const before = rig.server.shown.length
    await say(Array.from({ length: 900 }, (_, line) => `第${line}行，关于申报条件和材料的说明`).join('\n'))
    const parts = rig.server.shown.slice(before).map(({ content }) => content)
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.join('\n').split('\n')).toHaveLength(900)
  })

  test('a file of several chunks arrives; broken off in the middle, nothing was said', async () => {
    await open()
    await speak()
    await bot.line.chat.say(group, { text: '统计', file: file(700_000) }, 5000)
    expect(seen('统计')).toHaveLength(1)
    const before = rig.server.shown.length
    rig.breakUploads(true)
    await expect(bot.line.chat.say(group, { text: '再来', file: file(700_000) }, 2000)).rejects.toThrow(
      LineDownError,
    )
    expect(rig.server.shown).toHaveLength(before)
  })

  test('a slow answer counts; one after the deadline leaves it unknown and nothing is said twice', async () => {
    await open()
    await speak()
    rig.server.hold()
    const text = fresh()
    const slow = say(text)
    await bot.until(() => rig.server.held() > 0)
    rig.server.letGo()
    await expect(slow).resolves.toBeTypeOf('string')
    rig.server.hold()
    const late = fresh()
    await expect(say(late, 60)).rejects.toThrow(DeadlineError)
    rig.server.letGo()
    expect([seen(text).length, seen(late).length]).toEqual([1, 1])
  })

  test('the connection ends between a message and its answer: unknown, and never a second copy', async () => {
    await open()
    rig.server.forward(600_000)
    await speak()
    rig.sends('close')
    const text = fresh()
    const outcome = await say(text).then(
      () => 'accepted',
      cause => (cause instanceof LineCutError || cause instanceof DeadlineError ? 'unknown' : cause),
    )
    expect(outcome).toBe('unknown')
    expect(seen(text)).toHaveLength(1)
  })

  test('throttled: nothing was sent, and it may be tried later', async () => {
    await open()
    await speak()
    const outcomes: unknown[] = []
    for (let n = 0; n < 40; n++) outcomes.push(await say(`第${n}条`).catch(cause => cause))
    expect(outcomes.some(one => one instanceof ThrottledError)).toBe(true)
    expect(outcomes.every(one => typeof one === 'string' || one instanceof ThrottledError)).toBe(true)
    rig.server.forward(61_000)
    await expect(say('一分钟以后')).resolves.toBeTypeOf('string')
  })

  test('killed: the line comes back by itself, with what was said meanwhile or with an outage', async () => {
    await open()
    rig.server.kill()
    if (rig.resumes) {
      await speak()
      expect(bot.events).toEqual(['up'])
    } else {
      await bot.until(() => bot.events.includes('down broken') && isUp())
      expect(bot.events).toEqual(['up', 'down broken', 'up'])
      await speak()
    }
  })

  test('a line whose signs of life are answered stays as it is', async () => {
    await open(100)
    const [connections, beats] = [rig.connections(), rig.server.beats()]
    await bot.until(() => rig.server.beats() >= beats + 3)
    expect(rig.connections()).toBe(connections)
    expect(bot.events).toEqual(['up'])
  })

  test('half-open: no sign of life is noticed, and the line connects anew', async () => {
    await open(40)
    const before = rig.connections()
    rig.freeze(true)
    await bot.until(() => rig.connections() > before)
    rig.freeze(false)
    // One more connection may have been frozen meanwhile.
    await bot.until(isUp)
    const text = fresh()
    await bot.until(() => {
      if (isUp() && seen(text).length === 0) rig.says({ from: 'mei', group: group.groupId, text, id: text })
      return seen(`听到：${text}`).length > 0
    })
  })

  test('while it is down, nothing is sent and the sender is told so', async () => {
    bot = rig.open()
    await expect(say('早了')).rejects.toThrow(LineDownError)
    await bot.line.start()
    await bot.until(isUp)
  })

  test('a refusal is a Chinese sentence that says what to do', async () => {
    await open()
    const unknown = { groupId: 'wrNobodySpokeHere' }
    if ('qq' in rig) (rig as Awaited<ReturnType<typeof openQqRig>>).qq.noPush.add(unknown.groupId)
    const refusal = await bot.line.chat.say(unknown, { text: '推送' }, 1000).catch(cause => cause)
    expect(refusal).toBeInstanceOf(RefusedError)
    expect(refusal.fault).toBe('target')
    expect(refusal.message).toMatch(/群主|@ 机器人/)
  })
})
