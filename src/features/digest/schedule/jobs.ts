import { Temporal } from 'temporal-polyfill'
import type { Due, Job, Sweep } from '../../../feature.ts'
import { type BroadcastActions, isSendSlot } from '../actions.ts'
import type { Broadcast } from '../broadcast/records.ts'
import type { DigestParts } from '../context.ts'
import type { Run } from './plans.ts'

/** A run may be composed late, until it is due. */
const composeMaxLateMinutes = 7 * 24 * 60

/** Scheduled work: composing for review, and publishing approved broadcasts. Each slot means one of them. */
export function digestJobs({ maxLateMinutes, clock }: DigestParts, actions: BroadcastActions): Job[] {
  const { plans, runs } = actions
  const isPast = (until: Temporal.Instant) => Temporal.Instant.compare(until, clock.now()) <= 0

  return [
    {
      name: 'digest-compose',
      title: '推送拟稿，送审',
      maxLateMinutes: composeMaxLateMinutes,
      repeatable: true,
      async due(after, until) {
        // A plan that was added or changed may have a run whose composing was due before.
        const late = isPast(until) ? await runs.unclaimed() : []
        const due = await plans.runsToCompose(after, until)
        return [...late.filter(({ slot }) => !due.some(run => run.slot === slot)), ...due].map(composeDue)
      },
      run: ({ key }) => actions.composeSlot(key),
    },
    {
      name: 'digest',
      title: '推送',
      maxLateMinutes,
      repeatable: true,
      async due(after, until) {
        const planned = await plans.runs(after, until)
        const isListed = ({ isPaused, state }: Broadcast) => !isPaused && state !== 'rejected'
        const timed = (await actions.open())
          .filter(one => isPast(until) || isListed(one))
          .filter(({ slot }) => !planned.some(run => run.slot === slot))
        return [...planned.map(runDue), ...timed.flatMap(broadcastDue)]
          .filter(({ at }) => isWithin(at, after, until))
          .sort((a, b) => Temporal.Instant.compare(a.at, b.at))
      },
      run: ({ key }) => actions.publishSlot(key),
      undone: ({ key }) => actions.unsentSlot(key),
      async missed(dues) {
        await actions.missRuns(dues.filter(({ key }) => !isSendSlot(key)))
        await actions.recover()
      },
    },
  ]
}

const composeDue = ({ plan, at, slot }: Run): Due => ({
  key: slot,
  at: at.subtract({ hours: plan.leadHours }),
  title: `「${plan.title}」拟稿，送审`,
})

const runDue = ({ slot, at, plan }: Run): Due => ({ key: slot, at, title: `推送「${plan.title}」` })

function broadcastDue({ number, title, sendAt }: Broadcast): Due[] {
  if (!sendAt) return []
  const at = Temporal.Instant.from(sendAt)
  return [{ key: `${number}@${sendAt}`, at, title: `推送 ${number}「${title}」` }]
}

/** Deletes the bytes of old files. */
export function fileSweep(actions: BroadcastActions): Sweep {
  return { name: 'digest-files', everySeconds: 6 * 3600, run: () => actions.purgeFiles() }
}

/** Retries claimed slots that a crash or a fault left undone, and expires overdue broadcasts. */
export function digestSweep(actions: BroadcastActions): Sweep {
  return { name: 'digest-left', everySeconds: 30, run: () => actions.recover() }
}

function isWithin(at: Temporal.Instant, after: Temporal.Instant, until: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at, after) > 0 && Temporal.Instant.compare(at, until) <= 0
}
