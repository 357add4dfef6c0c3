import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { createMovableClock, systemClock } from '../adapters/clock.ts'
import { createMemoryJournal, openFileJournal } from '../adapters/journal.ts'
import { openLowdbStore } from '../adapters/lowdb/index.ts'
import { createMemoryStore } from '../adapters/memory.ts'
import { createNodeCron } from '../adapters/node-cron.ts'
import { createWeb, isNetwork } from '../adapters/web/index.ts'
import { createWebhook } from '../adapters/webhook.ts'
import { createAlarms } from '../alarms.ts'
import { createAlerts } from '../alerts/index.ts'
import { type Config, ConfigFault } from '../config.ts'
import type { Log } from '../log.ts'
import type { Alarms } from '../ports/alarms.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

export type OuterWorld = ReturnType<typeof createOuterWorld>

/** The sandbox's clock can be moved; any other line has the world's. */
export function createOuterWorld(config: Config, log: Log) {
  const isSandbox = config.WECHATY_PUPPET === 'sandbox'
  const sandboxClock = isSandbox
    ? createMovableClock({ startAt: Temporal.Now.instant(), isRunning: true })
    : undefined
  const clock: Clock = sandboxClock ?? systemClock
  return { sandboxClock, clock, log, scheduler: createNodeCron(log), alarms: createAlarms({ clock, log }) }
}

export function alertsOver(
  config: Config,
  { alarms, clock, log }: Pick<OuterWorld, 'alarms' | 'clock' | 'log'>,
) {
  const road = createWebhook({
    kind: config.ALERT_WEBHOOK_KIND,
    url: config.ALERT_WEBHOOK_URL,
    secret: config.ALERT_WEBHOOK_SECRET,
    template: config.ALERT_WEBHOOK_TEMPLATE,
  })
  const patience = { settleSeconds: config.ALERT_AFTER_SECONDS, againMinutes: config.ALERT_AGAIN_MINUTES }
  return createAlerts({ alarms, road, clock, log, patience })
}

/** A page of more than 5 MB is no notice, and who does not answer within 20 s will not be waited for. */
export function webOf(config: Config) {
  const alsoAllowed = config.COLLECT_ALSO_ALLOWED.split(',')
    .map(each => each.trim())
    .filter(Boolean)
  if (!alsoAllowed.every(isNetwork)) {
    throw new ConfigFault('设置有误：COLLECT_ALSO_ALLOWED 要写成 10.1.2.0/24 这样的网段，用逗号隔开。')
  }
  const limits = { timeoutMs: 20_000, maxBytes: 5_000_000, maxRedirects: 5 }
  return createWeb({ ...limits, gapMs: config.COLLECT_GAP_MS, alsoAllowed })
}

export async function openStore(
  config: Config,
  parts: { alarms: Alarms; log: Log; clock: Clock },
): Promise<Store> {
  return config.STORE === 'memory'
    ? createMemoryStore()
    : openLowdbStore({ folder: config.STATE_DIR, ...parts })
}

/** Claims of questions, for the seconds until the store has them. */
export function openJournal(config: Config) {
  if (config.STORE === 'memory') return { ...createMemoryJournal(), close: () => {} }
  return openFileJournal(join(config.STATE_DIR, 'taken.journal'))
}
