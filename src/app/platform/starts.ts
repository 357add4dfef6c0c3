import { StoreFault } from '../../adapters/shards/fault.ts'
import type { Sweep } from '../../feature.ts'
import { type Log, reasonOf } from '../../log.ts'

type Start = () => Promise<unknown>

/**
 * Starts parts in order. Where the store refuses one its records, the others go on and it is started again every 30 s:
 * the store has raised an alarm that says what to do, and people get answers meanwhile. A part that has started is
 * never started again.
 */
export function createStarts(log: Log): { begin(all: readonly Start[]): Promise<void>; sweeps: Sweep[] } {
  let waiting: readonly Start[] = []

  async function attempt(start: Start): Promise<void> {
    try {
      await start()
      waiting = waiting.filter(one => one !== start)
    } catch (cause) {
      if (!(cause instanceof StoreFault)) throw cause
      log.error({ reason: reasonOf(cause) }, 'a part starts later')
    }
  }

  /** The bot runs by now: a part that fails otherwise than by the store must not hold up those behind it. */
  async function startAgain(): Promise<void> {
    for (const start of waiting)
      await attempt(start).catch(cause => log.error({ reason: reasonOf(cause) }, 'a part cannot start'))
  }

  return {
    async begin(all) {
      waiting = [...all]
      for (const start of all) await attempt(start)
    },
    sweeps: [{ name: 'late-starts', everySeconds: 30, run: startAgain }],
  }
}
