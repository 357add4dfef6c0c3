import { Temporal } from 'temporal-polyfill'
import type { Job, Sweep } from '../../feature.ts'
import type { Broadcasts } from './broadcasts.ts'
import type { DigestParts } from './context.ts'

/** What was not composed in time still may be until it is due. */
const composeShelfMinutes = 7 * 24 * 60

/**
 * What comes by itself: composing for review, and sending what was approved. Both look at all that is left to do, so
 * that a crash in the middle of one is made up for by the next, or by the sweep.
 */
export function digestJobs({ shelfLifeMinutes }: DigestParts, broadcasts: Broadcasts): Job[] {
  const { plans } = broadcasts
  return [
    {
      name: 'digest-compose',
      title: '推送拟稿，送审',
      shelfLifeMinutes: composeShelfMinutes,
      async due(after, until) {
        const runs = await plans.runsToCompose(after, until)
        return runs.map(({ plan, at, slot }) => ({ key: slot, at: at.subtract({ hours: plan.leadHours }) }))
      },
      run: () => broadcasts.tend(),
    },
    {
      name: 'digest',
      title: '推送',
      shelfLifeMinutes,
      async due(after, until) {
        const runs = await plans.runs(after, until)
        const open = (await broadcasts.open()).filter(
          ({ isPaused, state }) => !isPaused && state !== 'rejected',
        )
        const timed = open.flatMap(({ number, sendAt, slot }) => {
          const isRun = runs.some(run => run.slot === slot)
          return sendAt && !isRun ? [{ key: `${number}@${sendAt}`, at: Temporal.Instant.from(sendAt) }] : []
        })
        const all = [...runs.map(({ slot, at }) => ({ key: slot, at })), ...timed]
        return all
          .filter(({ at }) => isWithin(at, after, until))
          .sort((a, b) => Temporal.Instant.compare(a.at, b.at))
      },
      run: () => broadcasts.tend(),
      async missed({ key, at }) {
        if (!/^\d/.test(key)) await broadcasts.missRun(key, at)
        await broadcasts.tend()
      },
    },
  ]
}

/** What a crash in the middle left undone, and what was put right since. */
export function digestSweep(broadcasts: Broadcasts): Sweep {
  return { name: 'digest-left', everySeconds: 30, run: () => broadcasts.tend() }
}

function isWithin(at: Temporal.Instant, after: Temporal.Instant, until: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at, after) > 0 && Temporal.Instant.compare(at, until) <= 0
}
