import { openSetAside } from '../../adapters/lowdb/set-aside.ts'
import type { Config } from '../../config.ts'
import type { Feature } from '../../feature.ts'
import { cronDue } from '../../jobs.ts'
import { keyHash } from '../../lib/hash.ts'
import type { Platform } from './platform.ts'

/** A broken file that was not repaired in a quarter is not repaired any more. */
const keptDays = 90

/** Broken files that the store set aside, as personal data: erased with the person, and deleted after a quarter. */
export function setAsideFiles(config: Config, { clock, scheduler }: Platform): Feature {
  if (config.STORE !== 'lowdb') return { name: 'set-aside-files' }
  const files = openSetAside(config.STATE_DIR)
  return {
    name: 'set-aside-files',
    personal: {
      kept: async () => [],
      forget: ({ memberId, chatIds, names }) =>
        files.withoutLinesOf([memberId, ...chatIds, ...chatIds.map(keyHash), ...names]),
      // Else an erasure would not find what stands under a former id.
      merge: files.withIds,
    },
    jobs: [
      {
        name: 'set-aside-retention',
        deletes: true,
        title: '',
        maxLateMinutes: 24 * 60,
        due: cronDue(scheduler, '25 4 * * *'),
        run: () => files.removeBefore(clock.now().subtract({ hours: 24 * keptDays })),
      },
    ],
  }
}
