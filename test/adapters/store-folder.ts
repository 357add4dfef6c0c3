import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { type LowdbOptions, openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createAlarms } from '../../src/alarms.ts'
import type { Store } from '../../src/ports/store.ts'
import { createQuietLog } from '../conversation.ts'

/** A data folder that can be opened again and again, with its own alarms, log and a clock that stands. */
export function createStoreFolder(folder = mkdtempSync(join(tmpdir(), 'chuangke-store-'))) {
  const clock = createMovableClock({
    startAt: Temporal.Instant.from('2026-11-28T05:00:00Z'),
    isRunning: false,
  })
  const log = createQuietLog()
  const alarms = createAlarms({ clock, log })
  let current: Store | undefined

  async function open(more: Partial<LowdbOptions> = {}): Promise<Store> {
    current = await openLowdbStore({ folder, alarms, log, clock, ...more })
    return current
  }

  /** As after an orderly restart. */
  async function reopen(more: Partial<LowdbOptions> = {}): Promise<Store> {
    await current?.close()
    return open(more)
  }

  async function dispose() {
    await current?.close()
    rmSync(folder, { recursive: true, force: true })
  }

  return {
    folder,
    clock,
    log,
    alarms,
    open,
    reopen,
    dispose,
    alarmTexts: () => alarms.list().map(({ text }) => text),
  }
}
export type StoreFolder = ReturnType<typeof createStoreFolder>
