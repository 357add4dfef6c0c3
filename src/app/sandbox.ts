import { systemClock } from '../adapters/clock.ts'
import { firstRunOf, type SimulatedCommunity } from '../sandbox/world/community.ts'
import { createWorld } from '../sandbox/world/index.ts'
import { keepTime } from '../sandbox/world/kept-time.ts'
import type { Platform } from './platform/platform.ts'

/**
 * The simulated groups, with a clock that continues where the last run left it.
 * @param hasOwnRoster whether the roster holds simulated people only; beside a real line it is that of real people
 * @returns undefined where no community is simulated
 */
export async function openSandbox(
  { store, clock, sandboxClock }: Platform,
  community: SimulatedCommunity | undefined,
  hasOwnRoster: boolean,
) {
  if (!community || !sandboxClock) return undefined
  const saveTime = await keepTime({ store, clock, realClock: systemClock, move: sandboxClock.forward })
  const world = await createWorld({ store, clock, community })
  const first = firstRunOf(community)
  const firstRun = first && !hasOwnRoster ? { ...first, roster: [] } : first
  return { world, clock: sandboxClock, saveTime, firstRun }
}
