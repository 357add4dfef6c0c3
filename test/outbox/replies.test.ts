import { expect, test } from 'vitest'
import { DeadlineError, LineCutError, LineDownError } from '../../src/ports/chat.ts'
import { noMetrics } from '../../src/ports/metrics.ts'
import { createWorld, type World } from '../conversation.ts'
import { openOutbox, pace, pass, settle, toGroup } from './world.ts'

const many = (count: number) => Array.from({ length: count }, (_, n) => n + 1)

/** An outbox whose replies are counted, over a line that answers as `say` does. */
async function open({
  say,
  isLineUp = () => true,
  rules = pace,
}: {
  say?: (world: World, ...args: Parameters<World['chat']['say']>) => Promise<string>
  isLineUp?: () => boolean
  rules?: typeof pace
} = {}) {
  const world = createWorld()
  const states: string[] = []
  Object.assign(world, { metrics: { ...noMetrics, replied: (state: string) => void states.push(state) } })
  const chat = {
    say: (...args: Parameters<World['chat']['say']>) => (say ? say(world, ...args) : world.chat.say(...args)),
  }
  const opened = openOutbox(world, { chat, isLineUp, pace: rules })
  await opened.outbox.start()
  return { ...opened, states }
}

const alarms = (world: World) => world.alarms.list().map(({ text }) => text)

test('the first reply goes at once, parts and other chats follow at the pace', async () => {
  const { world, outbox, texts } = await open()
  void outbox.reply(toGroup('甲'), [{ text: '一' }, { text: '二' }])
  void outbox.reply({ personId: '乙' }, [{ text: '三' }])
  await settle()
  expect(texts()).toEqual(['一'])
  const waiting = () => outbox.status().lines.map(({ waitingReplies }) => waitingReplies)
  expect(waiting()).toEqual([2])
  await pass(world, 1, 100)
  expect(waiting()).toEqual([0])
  expect(texts().toSorted()).toEqual(['一', '三', '二'].toSorted())
})

test('fifty refused replies open the breaker and raise an alarm, and are counted', async () => {
  let tries = 0
  const { world, outbox, states } = await open({
    say: async () => {
      tries += 1
      throw new Error('13 INTERNAL: account is restricted')
    },
  })
  for (const n of many(50)) void outbox.reply(toGroup(`群${n}`), [{ text: '答' }])
  await pass(world, 30)
  expect(tries).toBe(3)
  expect(outbox.status().pause?.reason).toBe('连续 3 条没有发出去')
  expect(alarms(world).join()).toContain('发送已暂停')
  await pass(world, 11 * 60, 5000)
  expect(states.filter(state => state === 'failed')).toHaveLength(3)
  expect(states.filter(state => state === 'expired')).toHaveLength(47)
})

test('a reply refused for being too fast pauses all sending, and goes out after the pause', async () => {
  let isTooFast = true
  const { world, outbox, texts, posting } = await open({
    rules: { ...pace, pauseMinutes: 5 },
    say: async (world, ...args) => {
      if (isTooFast) throw new Error('WorkproErrorCode: 20001')
      return world.chat.say(...args)
    },
  })
  void outbox.reply(toGroup('甲'), [{ text: '答' }])
  await settle()
  expect(outbox.status().pause?.reason).toBe('平台说发得太频繁')
  await outbox.post([posting('a', '乙')])
  await pass(world, 60)
  expect(texts()).toEqual([])
  isTooFast = false
  await pass(world, 5 * 60, 1000)
  expect(texts()).toEqual(['答', 'a → 乙'])
  expect(outbox.status().pause).toBeUndefined()
})

test('an organizer is answered while she has paused the sending', async () => {
  const { outbox, texts } = await open()
  await outbox.pause('陈静说暂停')
  expect(await outbox.reply({ personId: '陈静' }, [{ text: '已暂停' }])).toBe(true)
  expect(texts()).toEqual(['已暂停'])
})

test('a reply waits while the line is down, all its parts, and is given up when nobody needs it any more', async () => {
  let isUp = false
  const { world, outbox, texts, states } = await open({
    isLineUp: () => isUp,
    say: async (world, ...args) => {
      if (!isUp) throw new LineDownError('down')
      return world.chat.say(...args)
    },
  })
  const first = outbox.reply(toGroup('甲'), [{ text: '一' }, { text: '二' }, { text: '三' }])
  await pass(world, 90)
  isUp = true
  await pass(world, 5, 200)
  expect(await first).toBe(true)
  expect(texts()).toEqual(['一', '二', '三'])
  isUp = false
  const second = outbox.reply(toGroup('甲'), [{ text: '四' }])
  await pass(world, 11 * 60, 5000)
  expect(await second).toBe(false)
  expect(states.at(-1)).toBe('expired')
})

test('no reply is tried while the line is down: each try costs its place in the pace', async () => {
  let isUp = false
  const { world, outbox, texts } = await open({ isLineUp: () => isUp })
  void outbox.reply(toGroup('甲'), [{ text: '答' }])
  await pass(world, 5)
  expect(texts()).toEqual([])
  isUp = true
  await pass(world, 5)
  expect(texts()).toEqual(['答'])
})

test('what a cut interrupts is not the fault of the account; what takes too long is', async () => {
  const cut = await open({ say: () => Promise.reject(new LineCutError('cut')) })
  for (const n of many(5)) void cut.outbox.reply(toGroup(`群${n}`), [{ text: '一' }, { text: '二' }])
  await pass(cut.world, 10)
  expect(cut.outbox.status().pause).toBeUndefined()
  expect(cut.states).toEqual(many(5).map(() => 'cut'))
  const slow = await open({ say: () => Promise.reject(new DeadlineError('late')) })
  for (const n of many(5)) void slow.outbox.reply(toGroup(`群${n}`), [{ text: '一' }])
  await pass(slow.world, 10)
  expect(slow.outbox.status().pause).toBeDefined()
})

test('who is answered is named where others speak while the answer waits', async () => {
  let isUp = false
  let isSpokenBetween = false
  const { world, outbox } = await open({ isLineUp: () => isUp })
  const addressee = { personId: '张三', isNeeded: () => isSpokenBetween }
  void outbox.reply(toGroup('甲'), [{ text: '一', addressee }, { text: '二' }])
  void outbox.reply(toGroup('乙'), [{ text: '三', addressee: { personId: '李四', isNeeded: () => false } }])
  isSpokenBetween = true
  isUp = true
  await pass(world, 3)
  const said = world.said.map(({ reply }) => reply)
  expect(said).toContainEqual({ text: '一', mention: ['张三'] })
  expect(said).toContainEqual({ text: '二' })
  expect(said).toContainEqual({ text: '三' })
})

test('the same reply that waits for a group twice is sent once, and names both', async () => {
  let isUp = false
  const { world, outbox } = await open({ isLineUp: () => isUp })
  void outbox.reply(toGroup('甲'), [{ text: '现在没有课', mention: ['张三'] }])
  void outbox.reply(toGroup('甲'), [{ text: '现在没有课', mention: ['李四'] }])
  isUp = true
  await pass(world, 3)
  expect(world.said.map(({ reply }) => reply)).toEqual([{ text: '现在没有课', mention: ['张三', '李四'] }])
})

test('at most so many in a minute, pushes included; over the limit of a day each chat hears it once', async () => {
  const replies = { gapMs: 0, perMinute: 10, perDay: 15, maxLateMinutes: 10 }
  const rules = { ...pace, firstWeekDivisor: 1, replies }
  const { world, outbox, texts } = await open({ rules })
  for (const n of many(30)) void outbox.reply(toGroup(n % 2 ? '甲' : '乙'), [{ text: `第 ${n} 条` }])
  await pass(world, 30)
  expect(texts()).toHaveLength(10)
  await pass(world, 180, 1000)
  expect(texts().filter(text => text?.startsWith('第'))).toHaveLength(15)
  expect(texts().filter(text => text?.startsWith('今天说得太多了'))).toHaveLength(2)
  expect(alarms(world).join()).toContain('今天已经回复了')
})

test('that the day is over is said once in each chat, also across a restart, and is one alarm', async () => {
  const replies = { gapMs: 0, perMinute: 1000, perDay: 3, maxLateMinutes: 10 }
  const rules = { ...pace, firstWeekDivisor: 1, replies }
  const first = await open({ rules })
  const { world, texts } = first
  const capTexts = () => texts().filter(text => text?.startsWith('今天说得太多了'))
  for (const n of many(5)) await first.outbox.reply(toGroup('甲'), [{ text: `第 ${n} 条` }])
  const alarmed = alarms(world)
  await first.outbox.reply({ personId: '乙' }, [{ text: '在' }])
  await settle()
  expect(capTexts()).toHaveLength(2)
  expect(alarms(world)).toEqual(alarmed)
  await first.outbox.stop()
  const again = openOutbox(world, { pace: rules }).outbox
  await again.start()
  for (const target of [toGroup('甲'), { personId: '乙' }]) await again.reply(target, [{ text: '在' }])
  expect(capTexts()).toHaveLength(2)
  await again.reply(toGroup('丙'), [{ text: '在' }])
  expect(capTexts()).toHaveLength(3)
  world.clock.forward({ hours: 24 })
  for (const n of many(5)) await again.reply(toGroup('甲'), [{ text: `第二天 ${n}` }])
  expect(capTexts()).toHaveLength(4)
})

test('waiting replies go before a broadcast', async () => {
  let isUp = false
  const { world, outbox, texts, posting } = await open({ isLineUp: () => isUp })
  await outbox.post([posting('a', '乙')])
  for (const n of many(4)) void outbox.reply(toGroup('甲'), [{ text: `答 ${n}` }])
  isUp = true
  await pass(world, 20, 100)
  expect(texts()).toEqual(['答 1', '答 2', '答 3', '答 4', 'a → 乙'])
})

test('the number of replies of a day outlasts the process', async () => {
  const rules = { ...pace, replies: { gapMs: 0, perMinute: 1000, perDay: 1000, maxLateMinutes: 10 } }
  const { world, outbox } = await open({ rules })
  for (const n of many(40)) await outbox.reply(toGroup('甲'), [{ text: `第 ${n} 条` }])
  await settle()
  await outbox.stop()
  const again = openOutbox(world, { pace: rules }).outbox
  await again.start()
  expect(again.status().replies).toBe(40)
})

test('who may have missed a reply in private, or part of it, is told once it can be', async () => {
  let isUp = true
  let cuts = 0
  const { world, outbox, texts } = await open({
    isLineUp: () => isUp,
    async say(world, ...args) {
      if (args[1].text === '原文' && cuts++ === 0) {
        isUp = false
        throw new LineCutError('cut')
      }
      return world.chat.say(...args)
    },
  })
  void outbox.reply({ personId: '陈静' }, [
    { text: '原文，一字不差：' },
    { text: '原文' },
    { text: '发到 2 个群' },
  ])
  await pass(world, 60)
  isUp = true
  await pass(world, 3)
  expect(texts()).toEqual(['原文，一字不差：', '刚才有回复没发出来，或者没发全。没看到的，请再说一次。'])
  void outbox.reply({ personId: '陈静' }, [
    { text: '原文，一字不差：' },
    { text: '原文' },
    { text: '发到 2 个群' },
  ])
  await pass(world, 3)
  expect(texts().slice(2)).toEqual(['原文，一字不差：', '原文', '发到 2 个群'])
})

test('in its first week an account gives a part of its replies, counted from the first one', async () => {
  const rules = { ...pace, replies: { gapMs: 0, perMinute: 1000, perDay: 16, maxLateMinutes: 10 } }
  const { world, outbox, texts } = await open({ rules })
  const ask = async () => {
    for (const n of many(20)) void outbox.reply(toGroup('甲'), [{ text: `第 ${n} 条` }])
    await pass(world, 10)
    return texts().filter(text => text?.startsWith('第')).length
  }
  expect(await ask()).toBe(4)
  expect(alarms(world).join()).toContain('账号用的第一周要少说一些')
  await outbox.stop()
  world.clock.forward({ hours: 24 * 7 })
  const later = openOutbox(world, { pace: rules })
  await later.outbox.start()
  for (const n of many(20)) void later.outbox.reply(toGroup('甲'), [{ text: `第 ${n} 条` }])
  await pass(world, 10)
  expect(texts().filter(text => text?.startsWith('第'))).toHaveLength(4 + 16)
})

test('whose reply was refused is told once something can be sent there again', async () => {
  let isRefused = true
  const { world, outbox, texts, states } = await open({
    rules: { ...pace, pauseMinutes: 5 },
    async say(world, ...args) {
      if (isRefused) throw new Error('13 INTERNAL: account is restricted')
      return world.chat.say(...args)
    },
  })
  for (const n of many(5)) void outbox.reply(toGroup(`群${n}`), [{ text: '答' }, { text: '还有' }])
  await pass(world, 30)
  expect(states.filter(state => state === 'failed')).toHaveLength(3)
  isRefused = false
  await pass(world, 6 * 60, 1000)
  const told = texts().filter(text => text?.startsWith('刚才有回复没发出来'))
  expect(told).toHaveLength(3)
  expect(texts().filter(text => text === '答')).toHaveLength(2)
})

test('where a group is gone, nobody is told that a reply was refused', async () => {
  let tries = 0
  const { world, outbox } = await open({
    async say() {
      tries += 1
      throw new Error('room not found')
    },
  })
  void outbox.reply(toGroup('甲'), [{ text: '答' }])
  await pass(world, 20)
  expect(tries).toBe(1)
})

test('a reply is told whether its last part has left, also where a part before was lost', async () => {
  let isBroken = false
  const { world, outbox } = await open({
    say: async (world, ...args) => {
      if (isBroken) throw new LineCutError('the line broke')
      return world.chat.say(...args)
    },
  })
  const told: [string, boolean][] = []
  const parts = (name: string) => [
    { text: `${name}一` },
    { text: `${name}二`, whenDone: (isSent: boolean) => void told.push([name, isSent]) },
  ]
  void outbox.reply({ personId: '甲' }, parts('甲'))
  await settle()
  expect(told).toEqual([])
  await pass(world, 3, 1000)
  expect(told).toEqual([['甲', true]])
  void outbox.reply({ personId: '乙' }, parts('乙'))
  await settle()
  isBroken = true
  await pass(world, 3, 1000)
  expect(told).toEqual([
    ['甲', true],
    ['乙', false],
  ])
})

test('the same words to several people of a group in one turn are one message', async () => {
  const { outbox, texts } = await open()
  for (const name of ['甲', '乙', '丙'])
    void outbox.reply(toGroup('一群'), [{ text: '还没开始签到', mention: [name] }])
  await settle()
  expect(texts()).toEqual(['还没开始签到'])
})

test('an error whose words cannot be read ends the attempt, and the next reply goes out', async () => {
  let tries = 0
  const { world, outbox, texts } = await open({
    async say(own, ...args) {
      tries += 1
      if (tries > 1) return own.chat.say(...args)
      throw Object.defineProperty(new Error('broken'), 'message', {
        get() {
          throw new Error('no words')
        },
      })
    },
  })
  void outbox.reply(toGroup('一群'), [{ text: '一' }])
  await settle()
  void outbox.reply(toGroup('一群'), [{ text: '二' }])
  await pass(world, 60, 1000)
  expect(texts()).toContain('二')
})
