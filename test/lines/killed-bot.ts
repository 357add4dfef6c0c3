import { Temporal } from 'temporal-polyfill'
import { systemClock } from '../../src/adapters/clock.ts'
import { noHandlers } from '../../src/adapters/line/handlers.ts'
import { createLineRouter } from '../../src/adapters/line/router.ts'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { openQqLine } from '../../src/adapters/qq/line.ts'
import { openCustomerLine } from '../../src/adapters/wecom/customers/line.ts'
import { openWecomLine } from '../../src/adapters/wecom/line.ts'
import { openRobotLine } from '../../src/adapters/wecom/robot-line.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createLog } from '../../src/log.ts'
import { createOutbox } from '../../src/outbox/index.ts'
import { noMetrics } from '../../src/ports/metrics.ts'
import { pace } from '../outbox/world.ts'

/** A process that posts the same broadcast in each of its lives: `node killed-bot.ts FOLDER URLS GROUP…`. */
const [folder = '', addresses = '', ...groups] = process.argv.slice(2)
const urls = JSON.parse(addresses) as { qq: string; wecom: string; robot: string; customers: string }
const clock = systemClock
const log = createLog('error')
const alarms = createAlarms({ clock, log })
const store = await openLowdbStore({ folder, alarms, log, clock })
const shared = { clock, log, alarms, backOff: { firstMs: 10, lastMs: 40 } }

const qq = { apiUrl: urls.qq, appId: '102', secret: 'SECRET' }
const wecom = { url: urls.wecom, botId: 'BOT', secret: 'SECRET', botName: '' }
const robots = ['A', 'B'].map(name => ({ name, url: urls.robot }))
const customers = { apiUrl: urls.customers, corpId: 'CORP', secret: 'SECRET' }
const sets = ['A', 'B'].map(name => ({ name, employee: 'zhangsan', word: '' }))
const router = createLineRouter(
  Object.entries({
    qq: openQqLine({ ...shared, title: 'qq', settings: qq }),
    wecom: openWecomLine({ ...shared, title: 'wecom', settings: wecom }),
    robot: openRobotLine({ robots, clock }),
    customers: openCustomerLine({ ...shared, title: 'customers', store, sets, settings: customers }).line,
  }).map(([name, line]) => ({ name, title: name, line })),
  async reply => reply,
)
router.on(() => noHandlers)
await router.start()

const none = { sameGroupGapMs: 0, nextGroupGapMs: 0 }
const outbox = createOutbox({
  store,
  chat: router.chat,
  clock,
  log,
  alarms,
  metrics: noMetrics,
  pace: { ...pace, sameGroupGapMs: 0, nextGroupGapMinMs: 0, nextGroupGapMaxMs: 0 },
  lines: router.lines.map(({ name, title, line }) => ({
    name,
    title,
    isUp: () => line.status().state === 'up',
    // Long enough for a delivery to be sent again at once.
    upSince: () => line.status().since?.subtract({ minutes: 3 }),
    account: () => 'BOT',
    pace: { perMinute: 60, ...none },
  })),
  isLineUp: () => router.lines.every(({ line }) => line.status().state === 'up'),
  account: () => 'BOT',
  nameOf: async () => '群',
  proofOf: target => router.traits(target)?.proof ?? 'accepted',
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
process.on('message', async (order: string) => {
  if (order !== 'states') {
    await outbox.resend([`b1/${order}`], { from: 'unknown', by: '陈静', notAfter })
    return
  }
  const deliveries = await outbox.deliveries('b1')
  process.send?.(deliveries.map(({ key, state }) => `${key} ${state}`).sort())
})
