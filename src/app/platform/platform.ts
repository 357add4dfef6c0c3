import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { createMovableClock, systemClock } from '../../adapters/clock.ts'
import { createMemoryJournal, openFileJournal } from '../../adapters/journal.ts'
import { openLowdbStore } from '../../adapters/lowdb/index.ts'
import { openPendingFiles } from '../../adapters/lowdb/pending-actions.ts'
import { versionsIn } from '../../adapters/lowdb/raw.ts'
import { measuredStore } from '../../adapters/measured-store.ts'
import { createMemoryStore } from '../../adapters/memory.ts'
import { createNodeCron } from '../../adapters/node-cron.ts'
import { createPrometheus } from '../../adapters/prometheus.ts'
import type { BeforeMigration } from '../../adapters/shards/fault.ts'
import { createWeb, isNetwork } from '../../adapters/web/index.ts'
import { createWebhook } from '../../adapters/webhook.ts'
import { createAlarms } from '../../alarms.ts'
import { createAlerts } from '../../alerts/index.ts'
import { openAlertSettings } from '../../alerts/targets.ts'
import { openAudit } from '../../audit/trail.ts'
import { type Config, ConfigFault } from '../../config.ts'
import type { Log } from '../../log.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PendingActions } from '../../ports/pending-actions.ts'
import type { Store } from '../../ports/store.ts'
import { openSettingsStore } from '../../settings/settings-store.ts'
import { machineSettingsOf } from '../files/settings.ts'
import { hasSandbox } from '../lines/plan/plan.ts'
import { auditPolicy } from './audit-policy.ts'
import { createUpgradeBackup, refusingNewer } from './upgrades.ts'

/** Time, log, alarms and schedules: what exists before the store is opened. */
export type PlatformBase = ReturnType<typeof createBase>

export type Platform = Awaited<ReturnType<typeof openPlatform>>

export function createBase(config: Config, log: Log) {
  // Only the sandbox's clock can be moved.
  const sandboxClock = hasSandbox(config)
    ? createMovableClock({ startAt: Temporal.Now.instant(), isRunning: true })
    : undefined
  const clock: Clock = sandboxClock ?? systemClock
  return { sandboxClock, clock, log, scheduler: createNodeCron(log), alarms: createAlarms({ clock, log }) }
}

type StoreBase = Pick<PlatformBase, 'alarms' | 'log' | 'clock'> & { beforeMigration: BeforeMigration }

/** A store that another process takes over when this one loses it. */
export type SharedStore = {
  tenant: string
  open(base: StoreBase): Store
  /** The newest version of the records of each collection. */
  versions(): Promise<ReadonlyMap<string, number>>
  /** Acts on these records from the command line. */
  pending: PendingActions
  /** While false, nothing may be sent or answered. */
  isOwner(): boolean
}

/** The store, the web, alerts, metrics and the journal: everything outside of the process but the chat platform. */
export async function openPlatform(config: Config, base: PlatformBase, shared?: SharedStore) {
  const web = openWeb(config)
  const { metrics, read: readMetrics } = createPrometheus()
  const unwatchedStore = measuredStore(await openStore(config, base, shared), metrics)
  const audit = openAudit({ ...base, store: unwatchedStore, policy: auditPolicy })
  const store = audit.watching(unwatchedStore)
  return {
    ...base,
    startedAt: base.clock.now(),
    audit,
    store,
    tenant: shared?.tenant ?? 'main',
    pending: shared?.pending ?? (config.STORE === 'lowdb' ? openPendingFiles(config.STATE_DIR) : undefined),
    isOwner: () => shared?.isOwner() ?? true,
    web,
    metrics,
    readMetrics,
    alerts: await openAlerts(config, base, store),
    settings: await openSettingsStore({ store, clock: base.clock, machine: machineSettingsOf(config) }),
    // Its file would be on this machine only: with a shared store, each claim waits for the store.
    journal: shared ? undefined : openJournal(config),
  }
}

function openAlerts(config: Config, { alarms, clock, log }: PlatformBase, store: Store) {
  const throttle = { settleSeconds: config.ALERT_AFTER_SECONDS, againMinutes: config.ALERT_AGAIN_MINUTES }
  const machine = {
    kind: config.ALERT_WEBHOOK_KIND,
    url: config.ALERT_WEBHOOK_URL,
    secret: config.ALERT_WEBHOOK_SECRET,
    template: config.ALERT_WEBHOOK_TEMPLATE,
  }
  return openAlertSettings({
    store,
    clock,
    alertsOver: channel => createAlerts({ alarms, channel, clock, log, throttle }),
    channelOf: target => createWebhook({ ...target, template: '' }),
    fromMachine: machine.url ? createWebhook(machine) : undefined,
  })
}

/** Pages are read up to 5 MB and 20 s: notices are smaller. */
function openWeb(config: Config) {
  const alsoAllowed = config.COLLECT_ALSO_ALLOWED.split(',')
    .map(each => each.trim())
    .filter(Boolean)
  if (!alsoAllowed.every(isNetwork)) {
    throw new ConfigFault('设置有误：COLLECT_ALSO_ALLOWED 要写成 10.1.2.0/24 这样的网段，用逗号隔开。')
  }
  const limits = { timeoutMs: 20_000, maxBytes: 5_000_000, maxRedirects: 5 }
  return createWeb({ ...limits, gapMs: config.COLLECT_GAP_MS, alsoAllowed })
}

/** @throws {@link StoreFault} where a newer program wrote records: this one might not read all of them */
async function openStore(config: Config, base: PlatformBase, shared?: SharedStore): Promise<Store> {
  if (config.STORE === 'memory') return createMemoryStore()
  const beforeMigration = createUpgradeBackup({ name: shared?.tenant ?? 'main', config }, base.clock)
  const parts = { ...base, beforeMigration }
  if (shared) return refusingNewer(shared.open(parts), await shared.versions())
  const store = await openLowdbStore({ ...parts, folder: config.STATE_DIR })
  return refusingNewer(store, await versionsIn(config.STATE_DIR))
}

/** Claims of questions, for the seconds until the store has them. */
function openJournal(config: Config) {
  if (config.STORE === 'memory') return { ...createMemoryJournal(), close: () => {} }
  return openFileJournal(join(config.STATE_DIR, 'taken.journal'))
}
