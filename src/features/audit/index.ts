import type { Audit } from '../../audit/trail.ts'
import type { Feature } from '../../feature.ts'
import { cronDue } from '../../jobs.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { PendingActions } from '../../ports/pending-actions.ts'
import { contentMark } from '../../ports/personal-data.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import { dayInShanghai, instantOf, sayFullTime } from '../../text/dates/time.ts'
import { auditPage } from './page.ts'
import { kindWords, sayChange, sayWhat } from './words/words.ts'

type Parts = {
  audit: Audit
  /** Actions of the command line; undefined where there are none, as the records are in memory only. */
  pending: PendingActions | undefined
  clock: Clock
  directory: Pick<Directory, 'groups'>
  scheduler: Scheduler
  /** How long lines are kept, and how long keys and values of the records that they name, in days. */
  keepDays: { lines: number; objects: number }
}

/** At night, when the groups are quiet. */
const forgetAt = '50 3 * * *'

/** The audit log for people: its page, what it keeps of them, and how long. */
export function auditFeature({ audit, clock, directory, pending, scheduler, keepDays }: Parts): Feature {
  const recordPending = async () => pending && audit.recordPending(pending)
  async function catchUp(): Promise<void> {
    await audit.log.flush()
    await recordPending()
  }
  const dayBefore = (days: number) => dayInShanghai(clock.now().subtract({ hours: 24 * days }))
  return {
    name: 'audit',
    pages: [auditPage({ audit, clock, directory, keepDays: keepDays.lines })],
    personal: {
      async kept({ memberId, chatIds }) {
        const ids = [memberId, ...chatIds]
        const theirs = (await audit.log.read()).filter(({ detail }) =>
          ids.includes(detail?.actor?.value.id ?? ''),
        )
        if (theirs.length === 0) return []
        const line = ({ line }: (typeof theirs)[number]) =>
          `${contentMark}${sayFullTime(instantOf(line.at))}：${kindWords[line.kind]}，${sayWhat(line, new Map())}${line.changes.length > 0 ? `，${line.changes.map(sayChange).join('；')}` : ''}`
        return [`操作记录：${theirs.length} 条，为了查得到谁改过什么`, ...theirs.map(line)]
      },
      forget: audit.forget,
      merge: audit.people.noteMoves,
    },
    start: recordPending,
    stop: audit.log.flush,
    sweeps: [{ name: 'pending-actions', everySeconds: 60, run: catchUp }],
    jobs: [
      {
        name: 'audit-retention',
        deletes: true,
        title: '',
        maxLateMinutes: 24 * 60,
        due: cronDue(scheduler, forgetAt),
        async run() {
          const objectsFrom = dayBefore(keepDays.objects)
          await audit.log.changeDetails((detail, day) =>
            day >= objectsFrom || !detail.objects ? detail : detail.actor && { actor: detail.actor },
          )
          await audit.log.removeBefore(dayBefore(keepDays.lines))
        },
      },
    ],
  }
}
