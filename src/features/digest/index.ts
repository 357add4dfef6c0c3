import { type Feature, inTopic } from '../../feature.ts'
import { createBroadcastActions } from './actions.ts'
import { correctionCommands, sendingCommands } from './chat/delivery-commands.ts'
import { draftCommands } from './chat/draft-commands.ts'
import { previewCommands } from './chat/preview-commands.ts'
import { reviewCommands } from './chat/review-commands.ts'
import { digestPage } from './console/page.ts'
import { basePath } from './console/views.ts'
import type { DigestParts } from './context.ts'
import { digestJobs, digestSweep } from './schedule/jobs.ts'

export { ownSentences, writeLines } from './content/model-lines.ts'

/**
 * Pushes what is new in policy, services and company news into the bound groups, and notices, on schedule and by hand.
 * Nothing goes out that nobody approved word for word and group by group, and nothing goes out twice.
 */
export function digest(parts: DigestParts): Feature {
  const actions = createBroadcastActions(parts)
  const jobs = digestJobs(parts, actions)
  return {
    name: 'digest',
    commands: [
      ...inTopic('推送', previewCommands(parts, actions)),
      ...inTopic('审核', reviewCommands(parts, actions)),
      ...inTopic('推送', draftCommands(parts, actions)),
      ...inTopic('发送', correctionCommands(actions)),
      ...inTopic('发送', sendingCommands(parts)),
    ],
    jobs,
    sweeps: [digestSweep(actions)],
    personal: actions.privacy,
    pages: [digestPage(parts, actions)],
    async calendar(from, to) {
      const titled = jobs.filter(({ title }) => title !== '')
      const due = await Promise.all(
        titled.map(async job => (await job.due(from, to)).map(({ at }) => ({ at, title: job.title }))),
      )
      return due.flat().map(one => ({ ...one, kind: '推送', path: basePath }))
    },
    async chores() {
      const waiting = (await actions.open()).filter(({ state }) => state === 'review')
      return waiting.map(({ number }) => ({ text: `推送 ${number} 等着审`, path: `${basePath}/${number}` }))
    },
  }
}
