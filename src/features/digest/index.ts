import { type Feature, inTopic } from '../../feature.ts'
import { inOrder } from '../../listeners.ts'
import type { SentDigests } from '../../ports/sent-digests.ts'
import { createBroadcastActions } from './actions.ts'
import { sentDigests } from './broadcast/sent.ts'
import { deliveryCommands, sendingCommands } from './chat/delivery-commands.ts'
import { draftCommands } from './chat/draft-commands.ts'
import { numberQuestions } from './chat/number-questions.ts'
import { listCommands, previewCommands } from './chat/preview-commands.ts'
import { pushTimes } from './chat/push-times.ts'
import { reviewCommands, stopCommands } from './chat/review-commands.ts'
import { attachCommand, createSentFiles } from './chat/sent-files.ts'
import { broadcastChoresOf, calendarOf } from './console/overview/agenda.ts'
import { broadcastReportOf, broadcastsFoundIn } from './console/overview/report.ts'
import { digestPage } from './console/page.ts'
import type { DigestParts } from './context.ts'
import { digestJobs, digestSweep, fileSweep } from './schedule/jobs.ts'

export { ownSentences, writeLines } from './content/model-lines.ts'

/**
 * Pushes what is new in policy, services and company news into the bound groups, and notices, on schedule and by hand.
 * Nothing goes out without approval word for word and group by group, and nothing goes out twice.
 */
export function digest(parts: DigestParts): { feature: Feature; sent: SentDigests } {
  const actions = createBroadcastActions(parts)
  const jobs = digestJobs(parts, actions)
  const sentFiles = createSentFiles()
  const feature: Feature = {
    name: 'digest',
    commands: [
      ...inTopic('推送', [...listCommands(parts, actions), ...previewCommands(parts, actions)]),
      ...inTopic('审核', [...reviewCommands(parts, actions), ...stopCommands(parts, actions)]),
      ...inTopic('推送', [
        ...draftCommands(parts, actions, sentFiles),
        attachCommand(parts, actions, sentFiles),
      ]),
      ...inTopic('发送', deliveryCommands(actions)),
      ...inTopic('发送', sendingCommands(parts)),
    ],
    files: sentFiles.taking,
    listen: inOrder(pushTimes(parts, actions), numberQuestions(parts, actions)),
    jobs,
    sweeps: [digestSweep(actions), fileSweep(actions)],
    personal: actions.privacy,
    pages: [digestPage(parts, actions)],
    calendar: (from, to) => calendarOf(actions, { from, to, now: parts.clock.now() }),
    search: async isFound => broadcastsFoundIn(await actions.all(), isFound),
    report: (from, to) => broadcastReportOf(actions, { from, to }),
    async rechecks(clauses) {
      return (await actions.open()).flatMap(({ number, title, text }) => {
        const told = `${title}\n${text}`
        const changed = clauses.changesIn(told)
        const recheck = { kind: '推送', title, path: `/digest/${number}`, text: told, changed, isHeld: false }
        return changed.length === 0 ? [] : [recheck]
      })
    },
    start: actions.noteStart,
    chores: () => broadcastChoresOf(actions, parts.clock.now()),
  }
  return { feature, sent: sentDigests(actions) }
}
