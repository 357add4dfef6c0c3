import { Temporal } from 'temporal-polyfill'
import { systemClock } from '../../src/adapters/clock.ts'
import { noHandlers } from '../../src/adapters/line/handlers.ts'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { openWecomLine } from '../../src/adapters/wecom/line.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createLog } from '../../src/log.ts'
import { createOutbox } from '../../src/outbox/index.ts'
import { unmeasured } from '../../src/ports/metrics.ts'
import { pace } from '../outbox/world.ts'

/** A process that posts the same broadcast in each of its lives: `node killed-bot.ts FOLDER URL GROUP…`. */
const [folder = '', url = '', ...groups] = process.argv.slice(2)
const clock = systemClock
const log = createLog('error')
const alarms = createAlarms({ clock, log })
const store = await openLowdbStore({ folder, alarms, log, clock })
const line = openWecomLine({
  title: 'test',
  clock,
  log,
  alarms,
  backOff: { firstMs: 10, lastMs: 40 },
  settings: { url, botId: 'BOT', secret: 'SECRET', botName: '' },
})
line.on(noHandlers)
await line.start()
const outbox = createOutbox({
  store,
  chat: line.chat,
  clock,
  log,
  alarms,
  metrics: unmeasured,
  pace: { ...pace, sameGroupGapMs: 0, nextGroupGapMinMs: 0, nextGroupGapMaxMs: 0 },
  isLineUp: () => line.status().state === 'up',
  account: () => 'BOT',
  nameOf: async () => '群',
  proofOf: () => 'accepted',
})
await outbox.start()
const notAfter = Temporal.Now.instant().add({ hours: 2 })
await outbox.post(
  groups.map(groupId => ({
    key: `b1/${groupId}`,
    target: { groupId },
    kind: 'prompt' as const,
    reply: { text: `推送 ${groupId}` },
    notAfter,
  })),
)
process.on('message', async () => {
  const deliveries = await outbox.deliveries('b1')
  process.send?.(deliveries.map(({ key, state }) => `${key} ${state}`))
})
