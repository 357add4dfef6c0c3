import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { isThrottleNotice } from '../../src/outbox/index.ts'
import { createSendWindow, isTargetFault, isThrottleFault } from '../../src/outbox/limits/limits.ts'
import { createWorld, type World } from '../conversation.ts'
import { openOutbox, pace, pass } from './world.ts'

const many = (count: number) => Array.from({ length: count }, (_, i) => `群${i + 1}`)

/** A line that refuses everything until it is mended. */
function createBrokenLine(world: World) {
  const line = { isBroken: true, tries: 0 }
  const say: World['chat']['say'] = (...args) => {
    line.tries++
    return line.isBroken ? Promise.reject(new Error('对方拒绝')) : world.chat.say(...args)
  }
  return { line, chat: { say } }
}

async function postTo(opened: ReturnType<typeof openOutbox>, count: number, hours = 2) {
  const notAfter = opened.world.clock.now().add({ hours })
  await opened.outbox.post(many(count).map(group => opened.posting('a', group, { notAfter })))
}

const alarms = (world: World) => world.alarms.list().map(({ text }) => text)

describe('when things go wrong, the sending pauses by itself', () => {
  test('after three failures in a row; half an hour later one is tried, and if that goes well, the rest', async () => {
    const world = createWorld()
    const { line, chat } = createBrokenLine(world)
    const opened = openOutbox(world, { chat })
    await opened.outbox.start()
    await postTo(opened, 6)
    await pass(world, 60)
    expect(line.tries).toBe(3)
    expect(alarms(world).join()).toContain('发送已暂停：连续 3 条没有发出去')
    line.isBroken = false
    await pass(world, 29 * 60, 10_000)
    expect(line.tries).toBe(3)
    await pass(world, 60)
    await opened.outbox.stop()
    expect((await opened.states('a')).slice(3)).toEqual(['群4 sent', '群5 sent', '群6 sent'])
    expect(alarms(world).join()).not.toContain('已暂停')
  })

  test('one that is tried and fails pauses for another half hour', async () => {
    const world = createWorld()
    const { line, chat } = createBrokenLine(world)
    const opened = openOutbox(world, { chat })
    await opened.outbox.start()
    await postTo(opened, 6)
    await pass(world, 32 * 60, 10_000)
    expect(line.tries).toBe(4)
    expect(opened.outbox.status().pause?.reason).toContain('试发')
    await opened.outbox.stop()
  })

  test('failures that are not in a row do not pause it', async () => {
    const world = createWorld()
    let tries = 0
    const say: World['chat']['say'] = (...args) =>
      ++tries % 3 === 0 ? world.chat.say(...args) : Promise.reject(new Error('对方拒绝'))
    const opened = openOutbox(world, { chat: { say } })
    await opened.outbox.start()
    await postTo(opened, 9)
    await pass(world, 60)
    await opened.outbox.stop()
    expect(tries).toBe(9)
    expect(opened.outbox.status().pause).toBeUndefined()
  })

  test('the platform saying that we are too fast pauses it at once', async () => {
    const opened = openOutbox()
    await opened.outbox.start()
    await postTo(opened, 3)
    await pass(opened.world, 1)
    expect(isThrottleNotice('操作过于频繁，可稍后再试。')).toBe(true)
    await opened.outbox.throttled()
    await pass(opened.world, 60)
    expect(opened.world.said).toHaveLength(1)
    await opened.outbox.stop()
  })
})

test.each([
  '当前操作太频繁，已被限制，请稍后再试',
  '发言过于频繁，请休息一下',
  '由于操作频繁，暂时无法发送消息',
  '你的账号操作异常，暂时限制发送消息',
  '消息发送失败，操作过于频繁。',
  '頻繁操作，請稍後再試',
  'Too many messages sent. Try again later.',
  '当前帐号存在安全风险，暂时限制群聊功能',
  '该功能已被限制使用，请稍后再试',
  '你已被限制发送消息',
  '操作次数过多，请稍后再试',
  '发送次数已达上限',
  '消息发送过于频繁，请稍候',
  '今日发送次数已用完',
  '您今天发送的消息已达上限，请明天再试',
  '当前账号使用过于频繁',
  '该账号近期存在异常行为，已被限制使用部分功能',
  '由于你近期使用异常，该功能暂时无法使用',
  '发送太频繁，歇一会儿再发',
  '你发送消息太快了，休息一会吧',
  '为保障账号安全，暂时无法使用该功能',
  '你的账号涉嫌违规，群功能已被限制',
  'You are sending messages too quickly. Please wait.',
  'Rate limit exceeded',
  '请求超过频率限制',
  '触发频率限制，请稍后再试',
  '账号异常，部分功能受限',
  '操作过快，请慢一点',
  '频繁发送相同内容，已被限制',
  '发送消息过多，请明天再发',
  '系统检测到您发送过快，请稍后',
])('「%s」 is how a platform says that we are too fast', text => {
  expect(isThrottleNotice(text)).toBe(true)
  expect(isThrottleFault(text, [])).toBe(true)
})

test.each([
  '老师说操作过于频繁会被限制吗',
  '高企申报系统提示操作过于频繁，可稍后再试。怎么办',
  '操作过于频繁，可稍后再试。大家别刷了',
  '请稍后再试',
  '你被限制出境了吗',
  '系统繁忙，请稍后再试',
  '「发送次数已达上限」是什么意思',
])('「%s」 is not', text => expect(isThrottleNotice(text)).toBe(false))

test.each([
  '消息已发出，但被对方拒收了',
  '对方开启了朋友验证，你还不是他（她）朋友',
  '对方账号异常，无法发送消息',
  '对方的账号异常，无法接收消息',
  '该用户账号异常',
  '该用户的帐号涉嫌违规，已被限制使用',
  '对方已被限制使用部分功能',
  '该群功能受限',
  '该群功能已被限制，暂时无法发言',
  '此群已被限制发言',
])('「%s」 is the fault of one target', reason => {
  expect(isTargetFault(reason)).toBe(true)
  expect(isThrottleFault(reason, [])).toBe(false)
})

test('an interface that does not work is no sign of being too fast', () => {
  expect(isThrottleFault('接口暂时无法使用', [])).toBe(false)
  expect(isThrottleFault('服务暂时无法使用，请联系管理员', [])).toBe(false)
})

test('a group in which only its owner may speak does not pause the line', () => {
  expect(isThrottleFault('群主已限制发言', [])).toBe(false)
  expect(isThrottleFault('你的账号已被限制发言', [])).toBe(true)
})

describe('a person pauses and resumes', () => {
  test('it holds across a restart and is not ended by time', async () => {
    const world = createWorld()
    const first = openOutbox(world)
    await first.outbox.start()
    await first.outbox.pause('陈姐要求暂停')
    await postTo(first, 2, 48)
    await first.outbox.stop()
    const second = openOutbox(world)
    await second.outbox.start()
    await pass(world, 5 * 3600, 60_000)
    expect(world.said).toEqual([])
    expect(alarms(world).join()).toContain('陈姐要求暂停')
    await second.outbox.resume()
    await pass(world, 10)
    await second.outbox.stop()
    expect(second.texts()).toEqual(['a → 群1', 'a → 群2'])
    expect(alarms(world)).toEqual([])
  })

  test('what comes too late while it is paused is recorded as expired', async () => {
    const opened = openOutbox()
    await opened.outbox.start()
    await opened.outbox.pause('陈姐要求暂停')
    await postTo(opened, 2, 1)
    await pass(opened.world, 62 * 60, 30_000)
    expect(await opened.states('a')).toEqual(['群1 expired', '群2 expired'])
    await opened.outbox.stop()
  })

  test('a failure meanwhile does not turn it into a pause that ends by itself', async () => {
    const { outbox } = openOutbox()
    await outbox.start()
    await outbox.pause('陈姐要求暂停')
    await outbox.throttled()
    expect(outbox.status().pause?.until).toBeUndefined()
    await outbox.stop()
  })
})

describe('an account sends no more than it may', () => {
  const fast = { ...pace, sameGroupGapMs: 0, nextGroupGapMinMs: 100, nextGroupGapMaxMs: 100 }

  test('forty in a minute', async () => {
    const opened = openOutbox(createWorld(), { pace: fast })
    await opened.outbox.start()
    await postTo(opened, 50)
    await pass(opened.world, 30, 100)
    expect(opened.world.said).toHaveLength(40)
    await pass(opened.world, 40, 100)
    await opened.outbox.stop()
    expect(opened.world.said).toHaveLength(50)
  })

  test('what persons are told counts apart, and holds up no group', async () => {
    const { world, outbox, posting } = openOutbox(createWorld(), { pace: { ...fast, perDay: 8 } })
    await outbox.start()
    const told = [1, 2, 3].map(n => posting(`p${n}`, '何', { kind: 'prompt', target: { personId: 'he' } }))
    await outbox.post([...told, posting('b', '甲'), posting('c', '乙')])
    await pass(world, 30)
    expect(world.said.map(({ target }) => Object.values(target)[0])).toEqual(['he', 'he', '甲', '乙'])
    expect(alarms(world).filter(text => text.includes('私聊'))).toEqual([
      expect.stringContaining('今天已经发了 2 条私聊通知，到了每日上限'),
    ])
    world.clock.forward({ hours: 24 })
    expect(outbox.status().today.sent).toBe(0)
    expect(alarms(world).filter(text => text.includes('私聊'))).toEqual([])
    await outbox.stop()
  })
  test('in its first week a quarter of what it may later, counted across restarts; the rest the next day', async () => {
    const world = createWorld()
    const limits = { ...fast, perDay: 8 }
    const first = openOutbox(world, { pace: limits })
    await first.outbox.start()
    await postTo(first, 4, 24 * 30)
    await pass(world, 60)
    expect(world.said).toHaveLength(2)
    expect(alarms(world).join()).toContain('今天已经发了 2 条，到了每日上限')
    await first.outbox.stop()
    const second = openOutbox(world, { pace: limits })
    await second.outbox.start()
    await pass(world, 60)
    expect(world.said).toHaveLength(2)
    await pass(world, 24 * 3600, 60_000)
    expect(world.said).toHaveLength(4)
    world.clock.forward({ hours: 24 * 7 })
    expect(second.outbox.status().today).toEqual({ sent: 0, cap: 8 })
    await second.outbox.stop()
  })

  test('and another account on the same data begins its own first week, the first one does not', async () => {
    const world = createWorld()
    let account = 'xiaochuang'
    const opened = openOutbox(world, { pace: { ...fast, perDay: 8 }, account: () => account })
    await opened.outbox.start()
    const sendOneAs = async (id: string, broadcast: string) => {
      account = id
      await opened.outbox.post([opened.posting(broadcast, '甲')])
      await pass(world, 5)
    }
    await sendOneAs('xiaochuang', 'a')
    world.clock.forward({ hours: 24 * 8 })
    expect(opened.outbox.status().today.cap).toBe(8)
    await sendOneAs('@wxid/1', 'b')
    expect(opened.outbox.status().today.cap).toBe(2)
    account = 'xiaochuang'
    expect(opened.outbox.status().today.cap).toBe(8)
    await opened.outbox.stop()
  })

  test('whenever it asks, no minute ever holds more than it may', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 9000 }), { maxLength: 200 }),
        fc.integer({ min: 1, max: 9 }),
        (gaps, perMinute) => {
          let now = Temporal.Instant.from('2026-11-28T13:00:00+08:00')
          const sends: Temporal.Instant[] = []
          const window = createSendWindow()
          for (const gap of gaps) {
            now = now.add({ milliseconds: gap })
            const { epochMilliseconds: nowMs } = now
            now = now.add({ milliseconds: window.msUntilRoom({ perMinute, gapMs: 0, nowMs }) })
            window.add(now.epochMilliseconds)
            sends.push(now)
          }
          for (const at of sends) {
            const minute = sends.filter(
              other => other.since(at).total('seconds') >= 0 && other.since(at).total('seconds') < 60,
            )
            expect(minute.length).toBeLessThanOrEqual(perMinute)
          }
        },
      ),
      { numRuns: 30 },
    )
  })
})
