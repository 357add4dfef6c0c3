import type { Feature } from '../../feature.ts'
import { createBroadcasts } from './broadcasts.ts'
import { digestCommands } from './commands.ts'
import { correctingCommands } from './correcting.ts'
import type { DigestParts } from './drafts.ts'
import { digestJob, digestSweep } from './jobs.ts'
import { digestPage } from './page.ts'
import { sendingCommands } from './sending.ts'

/**
 * Pushes what is new in policy, services and company news into the bound groups, on schedule and by hand.
 * Nothing goes out twice, and nothing by hand that its sender has not seen word for word.
 */
export function digest(parts: DigestParts): Feature {
  const broadcasts = createBroadcasts(parts)
  return {
    name: 'digest',
    commands: [
      ...digestCommands(parts, broadcasts),
      ...correctingCommands(broadcasts),
      ...sendingCommands(parts),
    ],
    jobs: [digestJob(parts, broadcasts)],
    sweeps: [digestSweep(parts, broadcasts)],
    pages: [digestPage(parts, broadcasts)],
  }
}
