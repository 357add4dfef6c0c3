import { expect, test } from 'vitest'
import {
  botMessages,
  digestsIn,
  expectGap,
  expectTruth,
  groupIds,
  pause,
  startTown,
  type Town,
} from './town.ts'

// The short form, without CHAOS=full, is a part of `npm test`; the full form is `npm run test:chaos`.

const isFull = process.env.CHAOS === 'full'
const groups = isFull ? 20 : 6
const limits = { timeout: isFull ? 300_000 : 90_000 }

/** Resolves when the bot has begun to send `count` more messages. */
const sent = (town: Town, count: number) => town.gateway.sending(town.gateway.sendings() + count)

/** The gateway is gone from the middle of a broadcast for so long; all promises hold then. */
async function loseGateway(town: Town, ms: number) {
  await town.broadcast()
  await sent(town, 3)
  const deafFrom = town.now()
  await town.gateway.kill()
  await town.bot.becomes('down')
  await pause(ms)
  const hearingFrom = town.now()
  await town.restartGateway()
  await town.bot.becomes('up')
  const { gaps } = await expectTruth(town, { groups })
  expectGap(gaps, deafFrom, hearingFrom)
}

test.runIf(isFull)('a gateway killed for 5 s in the middle of a broadcast', limits, async () => {
  await loseGateway(await startTown({ groups }), 5000)
})

test.runIf(isFull)('a gateway killed for longer than Wechaty’s own watchdog waits', limits, async () => {
  await loseGateway(await startTown({ groups }), 70_000)
})

test('a gateway frozen in the middle of a broadcast and thawed', limits, async () => {
  const town = await startTown({ groups })
  await town.broadcast()
  await sent(town, 3)
  const deafFrom = town.now()
  town.gateway.child.signal('SIGSTOP')
  await town.bot.becomes('down')
  await pause(isFull ? 15_000 : 500)
  const hearingFrom = town.now()
  town.gateway.child.signal('SIGCONT')
  await town.bot.becomes('up')
  const { gaps } = await expectTruth(town, { groups })
  expectGap(gaps, deafFrom, hearingFrom)
})

test('the bot killed with a message on its way, and with its receipt on the way back', limits, async () => {
  const town = await startTown({ groups })
  await town.broadcast()
  for (const at of ['before', 'after'] as const) {
    const nth = town.gateway.sendings() + 2
    await town.gateway.tell({ hold: { at, nth: 2 } })
    await town.gateway.child.line(new RegExp(`"${at === 'before' ? 'sending' : 'sent'}":${nth}\\b`))
    const deafFrom = town.now()
    await town.bot.kill()
    await town.gateway.tell({ release: true })
    await town.restartBot()
    expectGap(await town.gapsSince(deafFrom), deafFrom, deafFrom)
  }
  const { states } = await expectTruth(town, { groups })
  expect(states).toContain('confirmed')
})

test.runIf(isFull)('the bot killed at random moments of a broadcast, until it is done', limits, async () => {
  const town = await startTown({ groups })
  await town.broadcast()
  for (let kill = 0; kill < 8; kill++) {
    await pause(Math.random() * 700)
    await town.bot.kill()
    await town.restartBot()
  }
  await expectTruth(town, { groups })
})

test.runIf(isFull)('the bot restarted ten times around a due slot', limits, async () => {
  const town = await startTown({ groups, now: '2026-11-27T16:29:55+08:00' })
  for (let restart = 0; restart < 10; restart++) {
    await pause(Math.random() * 1500)
    await (restart % 2 === 0 ? town.bot.kill() : town.bot.stop())
    await town.restartBot()
  }
  await town.settled(dump => groupIds(groups).every(group => digestsIn(dump, group).length > 0))
  await expectTruth(town, { groups })
})

test(
  'a gateway that delivers the last 50 messages again, under their old ids and under fresh ones',
  limits,
  async () => {
    const town = await startTown({ groups })
    for (const groupId of groupIds(groups)) {
      await town.gateway.tell({ said: { groupId, from: 'zhangwei', text: '签到' } })
      await town.gateway.tell({
        said: { groupId, from: 'chenjing', text: '研发费用加计扣除', mention: true },
      })
      await town.gateway.tell({ said: { groupId, from: 'zhangwei', text: '大家早' } })
    }
    await town.settled(dump => groupIds(groups).every(id => botMessages(dump, id).length >= 3))
    await town.answersAgain()
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
    await town.bot.stop()
  },
)

test('a token revoked and given back', limits, async () => {
  const town = await startTown({ groups })
  const deafFrom = town.now()
  await town.gateway.kill()
  await town.restartGateway('insecure_another-token')
  expect(await town.bot.child.logLine(/不认这个令牌/)).toContain('"state":"down"')
  await town.gateway.kill()
  const hearingFrom = town.now()
  await town.restartGateway()
  await town.bot.becomes('up')
  await town.answersAgain()
  expectGap(await town.gapsSince(deafFrom), deafFrom, hearingFrom)
})
