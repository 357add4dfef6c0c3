import { expect, test } from 'vitest'
import {
  botMessages,
  type Deaf,
  digestsIn,
  expectTruth,
  groupIds,
  pause,
  startTown,
  type Town,
} from './town.ts'

// The short form, without CHAOS=full, is a part of `npm test`. The full form is `npm run test:chaos`: it is meant
// for an idle machine, takes one to three minutes a test there, and ends each test after ten minutes at the latest.

const isFull = process.env.CHAOS === 'full'
const groups = isFull ? 20 : 6
const limits = isFull ? { timeout: 600_000 } : {}

/** Resolves when the bot has begun to send `count` more messages. */
const sent = (town: Town, count: number) => town.gateway.sending(town.gateway.sendings() + count)

/** @returns when nothing could reach the bot, at the least: from now on, until `mend` is about to. */
async function deaf(town: Town, ms: number, mend: () => Promise<void>): Promise<Deaf> {
  const from = town.now()
  await town.bot.becomes('down')
  await pause(ms)
  const to = town.now()
  await mend()
  await town.bot.becomes('up')
  return { from, to }
}

/** Starts the bot again after it has died. @returns when it was dead, at the least */
async function revive(town: Town): Promise<Deaf> {
  const at = town.now()
  await town.restartBot()
  return { from: at, to: at }
}

/** The gateway is gone from the middle of a broadcast for so long. */
async function loseGateway(ms: number) {
  const town = await startTown({ groups })
  await town.broadcast()
  await sent(town, 3)
  await town.gateway.kill()
  const span = await deaf(town, ms, () => town.restartGateway())
  await expectTruth(town, { groups, deaf: [span], inFlight: 1 })
}

test.runIf(isFull)('a gateway killed for 5 s in the middle of a broadcast', limits, () => loseGateway(5000))

test.runIf(isFull)('a gateway killed for longer than Wechaty’s own watchdog waits', limits, () =>
  loseGateway(70_000),
)

test.runIf(isFull)('a gateway frozen in the middle of a broadcast and thawed', limits, async () => {
  const town = await startTown({ groups })
  await town.broadcast()
  await sent(town, 3)
  town.gateway.child.signal('SIGSTOP')
  await pause(100)
  const thaw = async () => town.gateway.child.signal('SIGCONT')
  const span = await deaf(town, isFull ? 15_000 : 500, thaw)
  await expectTruth(town, { groups, deaf: [span], inFlight: 1 })
})

test('the bot killed with a message on its way, and with its receipt on the way back', limits, async () => {
  const town = await startTown({ groups })
  await town.broadcast()
  const spans: Deaf[] = []
  for (const at of ['before', 'after'] as const) {
    const nth = town.gateway.sendings() + 2
    await town.gateway.tell({ hold: { at, nth: 2 } })
    await town.gateway.child.line(new RegExp(`"${at === 'before' ? 'sending' : 'sent'}":${nth}\\b`))
    await town.bot.kill()
    await town.gateway.tell({ release: true })
    spans.push(await revive(town))
  }
  const states = await expectTruth(town, { groups, deaf: spans, inFlight: 2 })
  expect(states).toContain('confirmed')
})

// Moments of one delivery: claimed (1–4), sent but not recorded (5), recorded, echoed but not recorded.
const moments = isFull
  ? [
      'before 1',
      'after 2',
      'before 3',
      'after 3',
      'after 4',
      'before 5',
      'after 5',
      'after 6',
      'before 7',
      'after 8',
    ]
  : ['after 4', 'before 5', 'before 7']

test.runIf(isFull)('the bot killed at each of its writes of a delivery', limits, async () => {
  const [first = '', ...others] = moments
  const town = await startTown({ groups, bot: { DIE_AT_WRITE: first } })
  const spans: Deaf[] = []
  await town.broadcast()
  for (const moment of [...others, '']) {
    await town.bot.child.ended
    const at = town.now()
    spans.push({ from: at, to: at })
    town.startBotWith({ DIE_AT_WRITE: moment })
  }
  await town.bot.becomes('up')
  await expectTruth(town, { groups, deaf: spans, inFlight: moments.length })
})

test.runIf(isFull)('the bot killed at random moments of a broadcast, until it is done', limits, async () => {
  const town = await startTown({ groups })
  const spans: Deaf[] = []
  await town.broadcast()
  for (let kill = 0; kill < 8; kill++) {
    await pause(Math.random() * 700)
    await town.bot.kill()
    spans.push(await revive(town))
  }
  await expectTruth(town, { groups, deaf: spans, inFlight: 8 })
})

test.runIf(isFull)('the bot restarted ten times around a due slot', limits, async () => {
  const town = await startTown({ groups, now: '2026-11-27T16:29:40+08:00' })
  await town.approve()
  const spans: Deaf[] = []
  for (let restart = 0; restart < 10; restart++) {
    await pause(Math.random() * 1500)
    await (restart % 2 === 0 ? town.bot.kill() : town.bot.stop())
    spans.push(await revive(town))
  }
  await town.settled(dump => groupIds(groups).some(group => digestsIn(dump, group).length > 0))
  await expectTruth(town, { groups, deaf: spans, inFlight: 10 })
})

test(
  'beside a second bot of the same account, a gateway that delivers the last 50 messages again changes nothing',
  limits,
  async () => {
    // One person asks in every group.
    const town = await startTown({ groups, bot: { ANSWERS_PER_PERSON_PER_MINUTE: '1000' } })
    await town.broadcast()
    await sent(town, 3)
    const rival = town.startRival()
    expect(await rival.child.logLine(/正被另一个程序使用/)).toContain('"state":"down"')
    await rival.kill()
    for (const groupId of groupIds(groups)) {
      await town.gateway.tell({ said: { groupId, from: 'zhangwei', text: '签到' } })
      await town.gateway.tell({
        said: { groupId, from: 'chenjing', text: '研发费用加计扣除', mention: true },
      })
      await town.gateway.tell({ said: { groupId, from: 'zhangwei', text: '大家早' } })
    }
    // That it is bound, the answer, the batched word about the sign-in, and the digest.
    await town.settled(dump => groupIds(groups).every(id => botMessages(dump, id).length >= 4))
    await town.answersAgain()
    // Under their old ids, and under fresh ones.
    for (const fresh of [false, true]) {
      const before = await town.gateway.dump()
      await town.gateway.tell({ redeliver: { count: 50, fresh } })
      await town.answersAgain()
      const after = await town.gateway.dump()
      const added = groupIds(groups).map(id => botMessages(after, id).length - botMessages(before, id).length)
      // The one is the answer to what was asked anew.
      expect(added, fresh ? 'fresh ids' : 'old ids').toEqual(
        groupIds(groups).map((_, n) => (n === 0 ? 1 : 0)),
      )
    }
    const states = await expectTruth(town, { groups, deaf: [], inFlight: 0 })
    expect(states.every(state => state === 'confirmed')).toBe(true)
  },
)

test('a token revoked in the middle of a broadcast and given back', limits, async () => {
  const town = await startTown({ groups })
  await town.broadcast()
  await sent(town, 3)
  await town.gateway.kill()
  const from = town.now()
  await town.restartGateway('insecure_another-token')
  expect(await town.bot.child.logLine(/不认这个令牌/)).toContain('"state":"down"')
  await town.gateway.kill()
  const to = town.now()
  await town.restartGateway()
  await town.bot.becomes('up')
  await expectTruth(town, { groups, deaf: [{ from, to }], inFlight: 1 })
})
