import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { noHandlers } from '../../src/adapters/line/handlers.ts'
import type { Session, SessionEnd, SessionHandlers } from '../../src/adapters/line/session.ts'
import { openSessionLine } from '../../src/adapters/line/session-line.ts'
import { createAlarms } from '../../src/alarms.ts'
import type { Message } from '../../src/ports/chat.ts'
import { qqTraits } from '../../src/ports/line-traits.ts'
import { createQuietLog } from '../conversation.ts'

const startAt = Temporal.Instant.from('2026-11-28T13:00:00+08:00')
const broken: SessionEnd = { reason: 'test', note: '断了。', how: 'broken' }

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => vi.useRealTimers())

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

/** A line whose sessions the test begins and ends. */
async function openByHand({ knownSkewMs = 0 } = {}) {
  const clock = createMovableClock({ startAt, isRunning: false })
  const log = createQuietLog()
  const alarms = createAlarms({ clock, log })
  const sessions: { handlers: SessionHandlers; over: PromiseWithResolvers<SessionEnd>; disposed: boolean }[] =
    []
  const heard: Message[] = []
  const events: string[] = []
  const skews: number[] = []
  const line = openSessionLine({
    name: 'qq',
    title: 'qq1',
    clock,
    log,
    alarms,
    backOff: { firstMs: 5000, lastMs: 300_000 },
    knownSkew: { skewMs: knownSkewMs, isProven: knownSkewMs !== 0 },
    traits: () => qqTraits,
    open(handlers): Session {
      const session = { handlers, over: Promise.withResolvers<SessionEnd>(), disposed: false }
      sessions.push(session)
      return {
        chat: { say: async () => '' },
        over: session.over.promise,
        end: reason => session.over.resolve({ ...broken, reason }),
        async dispose() {
          session.disposed = true
        },
      }
    },
  })
  line.on({
    ...noHandlers,
    async answer(message) {
      heard.push(message)
      return []
    },
    onDisconnected: (from, cause) => events.push(`down ${cause} ${startAt.until(from).total('seconds')}`),
    onReconnected: () => events.push('up'),
    onClockSkew: ({ skewMs }) => skews.push(skewMs),
  })
  void line.start()
  await turn()
  const session = () => sessions.at(-1) ?? expect.fail('no session')
  async function end(how: Partial<SessionEnd> = {}) {
    session().over.resolve({ ...broken, ...how })
    await turn()
    await turn()
  }
  async function pass(seconds: number) {
    clock.forward({ seconds })
    await vi.advanceTimersByTimeAsync(seconds * 1000)
    await turn()
  }
  /** A person says something that the platform stamps as `sentAgoSeconds` old by its clock. */
  async function says(text: string, sentAgoSeconds = 0) {
    const receivedAt = clock.now()
    const sentAt = receivedAt.subtract({ seconds: sentAgoSeconds })
    const said = { id: text, groupId: 'G', senderId: 'mei', senderName: '梅', text, mentionsBot: true }
    session().handlers.onMessage({ ...said, sentAt, receivedAt })
    await turn()
    const { sentAt: believed } = heard.at(-1) ?? expect.fail('not heard')
    return believed.until(receivedAt).total('seconds')
  }
  return { line, alarms, sessions, session, heard, events, skews, end, pass, says }
}

test('what a platform kept is told apart by when the session is up, however long that took', async () => {
  const { session, pass, says, line } = await openByHand()
  await pass(50)
  // Missed messages may come before the session counts as up.
  expect(await says('补收的', 600)).toBe(600)
  session().handlers.onUp('BOT')
  await pass(20)
  expect(await says('也是补收的', 500)).toBe(500)
  await pass(11)
  expect(await says('一个怪的时间', 500)).toBe(0)
  await line.stop()
})

test('a session that the platform wants to rest is no outage and no alarm where the next one resumes', async () => {
  const { line, alarms, session, events, end, pass } = await openByHand()
  session().handlers.onUp('BOT')
  await end({ isResumable: true, isThrottled: true, note: '歇一会儿。' })
  expect(line.status()).toMatchObject({ state: 'down', note: '歇一会儿。', isResting: true })
  expect([alarms.list(), events]).toEqual([[], ['up']])
  await pass(11)
  session().handlers.onUp('BOT', true)
  expect(line.status()).toMatchObject({ state: 'up' })
  expect(line.status().isResting).toBeUndefined()
  expect(events.join()).not.toContain('down')
  await line.stop()
})

test('it is an outage from its beginning where the next session does not resume, or does not come up', async () => {
  const { line, alarms, session, events, end, pass } = await openByHand()
  session().handlers.onUp('BOT')
  await pass(60)
  session().handlers.onSign()
  await end({ isResumable: true, isThrottled: true })
  await pass(11)
  session().handlers.onUp('BOT')
  expect(events).toEqual(['up', 'down broken 60', 'up'])
  await end({ isResumable: true, isThrottled: true })
  await pass(21)
  await end({ isResumable: true })
  expect(events.slice(3)).toEqual(['down broken 71'])
  expect(alarms.list()).toHaveLength(1)
  await line.stop()
})

test('stopped while it rests: the outage that may be one is told', async () => {
  const { line, session, events, end } = await openByHand()
  session().handlers.onUp('BOT')
  await end({ isResumable: true, isThrottled: true })
  await line.stop()
  expect(events).toEqual(['up', 'down broken 0'])
})

test('a session is let go of before the next begins', async () => {
  const { line, sessions, session, end, pass } = await openByHand()
  session().handlers.onUp('BOT')
  await end()
  expect(sessions.map(({ disposed }) => disposed)).toEqual([true])
  await pass(11)
  expect(sessions).toHaveLength(2)
  await line.stop()
})

test('a session that was up and gave no sign of life does not shorten the pause before the next', async () => {
  const { line, sessions, session, end, pass } = await openByHand()
  for (const seconds of [11, 21, 41]) {
    session().handlers.onUp('BOT')
    await pass(120)
    const before = sessions.length
    await end()
    await pass(Math.floor(seconds / 2) - 1)
    expect(sessions).toHaveLength(before)
    await pass(seconds)
    expect(sessions).toHaveLength(before + 1)
  }
  session().handlers.onUp('BOT')
  await pass(31)
  session().handlers.onSign()
  await end()
  const before = sessions.length
  await pass(11)
  expect(sessions).toHaveLength(before + 1)
  await line.stop()
})

test.each([-1200, 900])(
  'a platform whose clock is off by %i s: late is late, and the line says so',
  async ahead => {
    const { line, alarms, session, skews, pass, says } = await openByHand()
    session().handlers.onUp('BOT')
    await pass(31)
    for (const text of ['一', '二', '三']) await says(text, -ahead)
    expect(line.status().clockSkewSeconds).toBe(ahead)
    expect(skews).toEqual([ahead * 1000])
    const [alarm] = alarms.list()
    expect(alarm?.text).toContain(
      `「qq1」：QQ 的时钟比这台电脑${ahead > 0 ? '快' : '慢'} ${Math.abs(ahead) / 60} 分钟`,
    )
    // Two minutes on its way, by the platform's clock and by ours.
    expect(await says('路上慢了', 120 - ahead)).toBe(120)
    for (const text of '四五六七八九十'.split('')) await says(text)
    expect(line.status().clockSkewSeconds).toBeUndefined()
    expect(alarms.list()).toEqual([])
    await line.stop()
  },
)

test('the skew of an earlier run is shown from the start, and what waited at the platform is corrected by it', async () => {
  const { line, alarms, session, says } = await openByHand({ knownSkewMs: 900_000 })
  expect(line.status().clockSkewSeconds).toBe(900)
  expect(alarms.list()).toHaveLength(1)
  session().handlers.onUp('BOT')
  expect(await says('补收的', 60 - 900)).toBe(60)
  await line.stop()
})
