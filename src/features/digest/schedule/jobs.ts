import { Temporal } from 'temporal-polyfill'
import type { Job, Sweep } from '../../../feature.ts'
import type { BroadcastActions } from '../actions.ts'
import type { DigestParts } from '../context.ts'

/** A run may be composed late, until it is due. */
const composeShelfMinutes = 7 * 24 * 60

/** Scheduled work: composing for review, and sending approved broadcasts. */
export function digestJobs({ shelfLifeMinutes }: DigestParts, actions: BroadcastActions): Job[] {
  const { plans } = actions
  return [
    {
      name: 'digest-compose',
      title: '推送拟稿，送审',
      shelfLifeMinutes: composeShelfMinutes,
      async due(after, until) {
        const runs = await plans.runsToCompose(after, until)
        return runs.map(({ plan, at, slot }) => ({
          key: slot,
          at: at.subtract({ hours: plan.leadHours }),
          title: `「${plan.title}」拟稿，送审`,
        }))
      },
      run: () => actions.runDue(),
    },
    {
      name: 'digest',
      title: '推送',
      shelfLifeMinutes,
      async due(after, until) {
        const runs = await plans.runs(after, until)
        const open = (await actions.open()).filter(({ isPaused, state }) => !isPaused && state !== 'rejected')
        const timed = open.flatMap(({ number, title, sendAt, slot }) => {
          const isRun = runs.some(run => run.slot === slot)
          return sendAt && !isRun
            ? [
                {
                  key: `${number}@${sendAt}`,
                  at: Temporal.Instant.from(sendAt),
                  title: `推送 ${number}「${title}」`,
                },
              ]
            : []
        })
        const all = [
          ...runs.map(({ slot, at, plan }) => ({ key: slot, at, title: `推送「${plan.title}」` })),
          ...timed,
        ]
        return all
          .filter(({ at }) => isWithin(at, after, until))
          .sort((a, b) => Temporal.Instant.compare(a.at, b.at))
      },
      run: () => actions.runDue(),
      async missed({ key, at }) {
        if (!/^\d/.test(key)) await actions.missRun(key, at)
        await actions.runDue()
      },
    },
  ]
}

/** Retries what a crash or a fault left undone. */
export function digestSweep(actions: BroadcastActions): Sweep {
  return { name: 'digest-left', everySeconds: 30, run: () => actions.runDue() }
}

function isWithin(at: Temporal.Instant, after: Temporal.Instant, until: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at, after) > 0 && Temporal.Instant.compare(at, until) <= 0
}
