import { StoreFault } from '../../adapters/shards/fault.ts'
import type { Sweep } from '../../feature.ts'
import { type Log, reasonOf } from '../../log.ts'

type Start = () => Promise<unknown>

/**
 * Starts parts in order. Where the store refuses one its records, the others go on and it is started again every 30 s:
 * the store has raised an alarm that says what to do, and people get answers meanwhile.
 */
export function createStarts(log: Log): { begin(all: readonly Start[]): Promise<void>; sweeps: Sweep[] } {
  let waiting: Start[] = []

  async function begin(all: readonly Start[]): Promise<void> {
    const refused: Start[] = []
    for (const start of all) {
      try {
        await start()
      } catch (cause) {
        if (!(cause instanceof StoreFault)) throw cause
        log.error({ reason: reasonOf(cause) }, 'a part starts later')
        refused.push(start)
      }
    }
    waiting = refused
  }

  return {
    begin,
    sweeps: [{ name: 'late-starts', everySeconds: 30, run: () => begin(waiting) }],
  }
}
