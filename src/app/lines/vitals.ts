import type { ProcessMetrics } from '../../adapters/prometheus.ts'
import type { LineWatch } from '../../features/line/index.ts'
import type { Platform } from '../platform/platform.ts'
import type { ChatLines } from './index.ts'

/** The figures that Prometheus reads. */
export async function readProcessMetrics(
  { clock, alarms, startedAt }: Platform,
  { router, outbox }: Pick<ChatLines, 'router' | 'outbox'>,
  { outages }: LineWatch,
): Promise<ProcessMetrics> {
  const now = clock.now()
  const { waiting, pause } = outbox.status()
  return {
    lines: router.lines.map(({ title, line }) => {
      const { state, lastSignAt } = line.status()
      return { line: title, isUp: state === 'up', lastSignAt }
    }),
    outages: (await outages.between(startedAt, now)).length,
    waiting,
    isPaused: pause !== undefined,
    alarms: alarms.list().length,
    now,
  }
}
