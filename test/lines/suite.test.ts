import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  DeadlineError,
  LineCutError,
  LineDownError,
  RefusedError,
  ThrottledError,
} from '../../src/ports/chat.ts'
import {
  deadlineMs,
  type OpenRig,
  openCustomersRig,
  openQqRig,
  openRobotRig,
  openWecomRig,
  type Rig,
  type SendingRig,
} from './rigs.ts'
import { garbledKinds } from './servers/garbled.ts'

const file = (size: number) => ({
  name: '签到.xlsx',
  mimeType: 'application/octet-stream',
  bytes: new Uint8Array(size).fill(7),
})

const nextTurn = () => new Promise(resolve => setImmediate(resolve))
let count = 0
const fresh = () => `消息${++count}号`

const unknown = (cause: unknown) => cause instanceof DeadlineError || cause instanceof LineCutError

describe.each([
  ['QQ', openQqRig],
  ['WeCom', openWecomRig],
  ['group robot', openRobotRig],
  ['customer groups', openCustomersRig],
])('every official line sends: %s', (_name, openRig: () => Promise<SendingRig>) => {
  let rig: SendingRig
  let bot: OpenRig

  beforeAll(async () => {
    rig = await openRig()
  })
  afterAll(() => rig.server.close())
  afterEach(async () => {
    vi.useRealTimers()
    await bot.line.stop()
    rig.sends('ok')
    rig.breakUploads(false)
    rig.forward(3_600_000)
  })

  const isUp = () => bot.line.status().state === 'up'
  const seen = (text: string) => rig.server.shown.filter(one => one.content.includes(text))

  async function open() {
    bot = rig.open()
    await bot.line.start()
    await bot.until(isUp)
    await rig.prepare(bot)
  }
  /** With a deadline that never passes, but where a test lets it. */
  const say = (text: string) => bot.line.chat.say(rig.target, { text }, deadlineMs)

  test('a long text goes out whole, in parts that the platform takes, or is refused with a sentence', async () => {
    await open()
    const before = rig.server.shown.length
    const text = Array.from({ length: 900 }, (_, line) => `第${line}行，关于申报条件和材料的说明`).join('\n')
    if (bot.line.traits(rig.target).bundles) return expect(say(text)).rejects.toThrow(RefusedError)
    await say(text)
    const parts = rig.server.shown.slice(before).map(({ content }) => content)
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.join('\n').split('\n')).toHaveLength(900)
  })

  test('a file of several chunks arrives; broken off in the middle, nothing was said', async () => {
    await open()
    const text = fresh()
    await bot.line.chat.say(rig.target, { text, file: file(700_000) }, deadlineMs)
    expect(seen(text)).toHaveLength(1)
    const before = rig.server.shown.length
    rig.breakUploads(true)
    const again = bot.line.chat.say(rig.target, { text: '再来', file: file(700_000) }, deadlineMs)
    await expect(again).rejects.toThrow(LineDownError)
    expect(rig.server.shown).toHaveLength(before)
  })

  test('a slow answer counts; one after the deadline leaves it unknown and nothing is said twice', async () => {
    await open()
    rig.server.hold()
    const text = fresh()
    const slow = say(text)
    await bot.until(() => rig.server.held() > 0)
    rig.server.letGo()
    await expect(slow).resolves.toBeTypeOf('string')

    rig.server.hold()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const late = fresh()
    let fault: unknown
    void say(late).catch(cause => {
      fault = cause
    })
    await bot.until(() => rig.server.held() > 0)
    while (fault === undefined) {
      vi.advanceTimersByTime(deadlineMs / 2)
      await nextTurn()
    }
    rig.server.letGo()
    await nextTurn()
    expect(fault).toBeInstanceOf(DeadlineError)
    expect([seen(text).length, seen(late).length]).toEqual([1, 1])
  })

  test('the connection ends between a message and its answer: unknown, and never a second copy', async () => {
    await open()
    rig.sends('close')
    const text = fresh()
    const outcome = await say(text).catch((cause: unknown) => cause)
    expect(unknown(outcome)).toBe(true)
    expect(seen(text)).toHaveLength(1)
  })

  test('an answer that says neither yes nor no leaves it unknown, and never a second copy', async () => {
    await open()
    rig.sends('garbled')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    for (let kind = 0; kind < garbledKinds; kind++) {
      const text = fresh()
      const saying = say(text).catch((cause: unknown) => cause)
      await bot.until(() => seen(text).length > 0)
      // Time for the answer to be read; a line that can make nothing of it waits for the deadline.
      for (let turn = 0; turn < 1000; turn++) await nextTurn()
      vi.advanceTimersByTime(deadlineMs)
      expect([unknown(await saying), seen(text).length]).toEqual([true, 1])
    }
  })

  test('throttled: nothing was sent, and it may be tried later', async () => {
    await open()
    rig.throttle(true)
    const outcomes: unknown[] = []
    const isThrottled = () => outcomes.at(-1) instanceof ThrottledError
    while (!isThrottled() && outcomes.length < 40) {
      outcomes.push(await say(`第${outcomes.length}条`).catch(cause => cause))
    }
    expect(isThrottled()).toBe(true)
    expect(seen(`第${outcomes.length - 1}条`)).toEqual([])
    expect(outcomes.slice(0, -1).every(one => typeof one === 'string')).toBe(true)
    rig.throttle(false)
    rig.forward(61_000)
    await expect(say('一分钟以后')).resolves.toBeTypeOf('string')
  })

  test('while it is down, nothing is sent and the sender is told so', async () => {
    bot = rig.open()
    await expect(say('早了')).rejects.toThrow(LineDownError)
    await bot.line.start()
    await bot.until(isUp)
    await bot.line.stop()
    await expect(say('晚了')).rejects.toThrow(LineDownError)
    expect([...seen('早了'), ...seen('晚了')]).toEqual([])
  })

  test('a refusal is a Chinese sentence that says what to do', async () => {
    await open()
    const { target, words } = rig.refuse()
    const refusal = await bot.line.chat.say(target, { text: '推送' }, deadlineMs).catch(cause => cause)
    expect(refusal).toBeInstanceOf(RefusedError)
    expect(refusal.fault).toBe('target')
    expect(refusal.message).toMatch(words)
  })
})

describe.each([
  ['QQ', openQqRig],
  ['WeCom', openWecomRig],
])('every official line that hears: %s', (_name, openRig: () => Promise<Rig>) => {
  const group = 'wrGroupA'
  let rig: Rig
  let bot: OpenRig

  beforeAll(async () => {
    rig = await openRig()
  })
  afterAll(() => rig.server.close())
  afterEach(async () => {
    await bot.line.stop()
    rig.forward(3_600_000)
  })

  const isUp = () => bot.line.status().state === 'up'
  const seen = (text: string) => rig.server.shown.filter(one => one.content.includes(text))

  async function open(heartbeatMs?: number) {
    bot = rig.open(heartbeatMs)
    await bot.line.start()
    await bot.until(isUp)
  }

  test('what a person says arrives without the mention, and the answer stands in the group', async () => {
    await open()
    const text = fresh()
    rig.says({ from: 'mei', group, text })
    await bot.until(() => seen(`听到：${text}`).length > 0)
    expect(bot.heard.at(-1)).toMatchObject({ text, groupId: group, senderId: 'mei', mentionsBot: true })
    rig.says({ from: 'li', text: '私聊' })
    await bot.until(() => seen('听到：私聊').length > 0)
    expect(bot.heard.at(-1)?.groupId).toBeUndefined()
  })

  test('a person is mentioned where the line can, and where it cannot nothing stands in their place', async () => {
    await open()
    await rig.prepare(bot)
    const text = fresh()
    await bot.line.chat.say({ groupId: group }, { text, mention: ['mei'] }, deadlineMs)
    const [shown] = seen(text)
    if (bot.line.traits({ groupId: group }).mentions) expect(shown?.content).toMatch(/^<[^>]*mei[^>]*>/u)
    else expect(shown?.content).toBe(text)
  })

  test('the platform calls again with the same id: the id is what tells', async () => {
    await open()
    const ids = [1, 2].map(() => rig.says({ from: 'mei', group, text: '签到', id: 'SAME' }))
    await bot.until(() => bot.heard.length >= 2)
    expect(ids).toEqual(['SAME', 'SAME'])
    expect(bot.heard.map(({ id }) => id)).toEqual(['SAME', 'SAME'])
  })

  test('the platform is an hour ahead of us: what is said now is not from the future', async () => {
    await open()
    rig.forward(3_600_000)
    const text = fresh()
    rig.says({ from: 'mei', group, text })
    await bot.until(() => bot.heard.some(one => one.text === text))
    const { sentAt, receivedAt } = bot.heard.find(one => one.text === text) ?? {}
    expect(sentAt).toEqual(receivedAt)
  })

  test('killed: the line comes back by itself, with what was said meanwhile or with an outage', async () => {
    await open()
    rig.kill()
    if (rig.resumes) {
      await rig.prepare(bot)
      expect(bot.events).toEqual(['up'])
    } else {
      await bot.until(() => bot.events.includes('down broken') && isUp())
      expect(bot.events).toEqual(['up', 'down broken', 'up'])
      await rig.prepare(bot)
    }
  })

  test('a line whose signs of life are answered stays as it is', async () => {
    await open(100)
    const [connections, beats] = [rig.connections(), rig.beats()]
    await bot.until(() => rig.beats() >= beats + 3)
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
      if (isUp() && seen(text).length === 0) rig.says({ from: 'mei', group, text, id: text })
      return seen(`听到：${text}`).length > 0
    })
  })
})
