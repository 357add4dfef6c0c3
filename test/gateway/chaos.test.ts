import { expect, test } from 'vitest'
import { digestsIn, expectGap, expectTruth, groupIds, pause, startTown } from './town.ts'

const isFull = process.env.CHAOS === 'full'
const limits = { timeout: 120_000 }

test(
  'a gateway killed in the middle of a broadcast: nothing twice, every state true, the gap recorded',
  limits,
  async () => {
    const groups = isFull ? 20 : 6
    const town = await startTown({ groups })
    await town.broadcast()
    await town.gateway.sending(town.gateway.sendings() + 3)
    const deafFrom = town.now()
    await town.gateway.kill()
    await town.bot.becomes('down')
    await pause(isFull ? 5000 : 500)
    const hearingFrom = town.now()
    await town.restartGateway()
    await town.bot.becomes('up')
    const { gaps } = await expectTruth(town, { groups })
    expectGap(gaps, deafFrom, hearingFrom)
  },
)
