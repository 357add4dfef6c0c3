import type { Feature } from '../../feature.ts'
import { createBroadcasts } from './broadcasts.ts'
import { digestCommands } from './commands.ts'
import type { DigestParts } from './context.ts'
import { correctingCommands } from './correcting.ts'
import { draftingCommands } from './drafting.ts'
import { digestJobs, digestSweep } from './jobs.ts'
import { digestPage } from './page.ts'
import { reviewingCommands } from './reviewing.ts'
import { sendingCommands } from './sending.ts'
import { basePath } from './views.ts'

export { ownSentences, writeLines } from './writing.ts'

/**
 * Pushes what is new in policy, services and company news into the bound groups, and notices, on schedule and by hand.
 * Nothing goes out that nobody approved word for word and group by group, and nothing goes out twice.
 */
export function digest(parts: DigestParts): Feature {
  const broadcasts = createBroadcasts(parts)
  const jobs = digestJobs(parts, broadcasts)
  return {
    name: 'digest',
    commands: [
      ...digestCommands(parts, broadcasts),
      ...reviewingCommands(parts, broadcasts),
      ...draftingCommands(parts, broadcasts),
      ...correctingCommands(broadcasts),
      ...sendingCommands(parts),
    ],
    jobs,
    sweeps: [digestSweep(broadcasts)],
    personal: broadcasts.privacy,
    pages: [digestPage(parts, broadcasts)],
    async calendar(from, to) {
      const titled = jobs.filter(({ title }) => title !== '')
      const due = await Promise.all(
        titled.map(async job => (await job.due(from, to)).map(({ at }) => ({ at, title: job.title }))),
      )
      return due.flat().map(one => ({ ...one, kind: '推送', path: basePath }))
    },
    async chores() {
      const waiting = (await broadcasts.open()).filter(({ state }) => state === 'review')
      return waiting.map(({ number }) => ({ text: `推送 ${number} 等着审`, path: `${basePath}/${number}` }))
    },
  }
}
