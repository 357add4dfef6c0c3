import { reasonOf } from '../../log.ts'
import type { SenderParts } from './sender.ts'

/** Interval between attempts to write while the store refuses, for example on a full disk. */
const storeRetryMs = 5000

export const recordsRefused = '推送记录读写出错，发送先停着，恢复后会自动继续。请检查磁盘空间。'

export function createPersistence({ alarms, clock, log }: Pick<SenderParts, 'alarms' | 'clock' | 'log'>) {
  /** Repeats `work` until the store accepts it, so that each outcome is recorded before the next send. */
  return async function persist(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    do {
      try {
        await work()
        return alarms.clear('outbox-store')
      } catch (cause) {
        log.error({ reason: reasonOf(cause) }, 'the outbox could not read or write its records')
        alarms.raise('outbox-store', recordsRefused)
        await clock.sleep(storeRetryMs, signal)
      }
    } while (!signal.aborted)
  }
}
