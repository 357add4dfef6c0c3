import type { Job } from '../../../feature.ts'
import { cronDue } from '../../../jobs.ts'
import type { Scheduler } from '../../../ports/schedule.ts'
import { addedSchedule, type SourceList } from './added-sources.ts'
import type { Collector } from './collector.ts'
import type { Source } from './sources-file.ts'

/** Minutes over which the sites are spread, so that they are not all fetched on the hour. */
const jitterMinutes = 10
/** A check that was missed overnight is made up for in the morning. */
const maxLateMinutes = 12 * 60

/**
 * A check of each source on its own schedule. A check only begins here: it may take minutes, and what else is due
 * must not wait for a slow site. How it went stands on the source.
 */
export function collectJobs(collector: Collector, sourceList: SourceList, scheduler: Scheduler): Job[] {
  const ofFile = sourceList.fromFile.map(source => {
    const delay = { minutes: jitterOf(source) }
    const due = cronDue(scheduler, source.schedule)
    return {
      name: `collect-${source.id}`,
      title: `采集：${source.name}`,
      maxLateMinutes,
      async due(after, until) {
        if (!(await collector.isOn(source))) return []
        const slots = await due(after.subtract(delay), until.subtract(delay))
        return slots.map(({ key, at }) => ({ key, at: at.add(delay) }))
      },
      // Where several slots were missed, the later ones find the check under way.
      run: async () => void collector.check(source),
    } satisfies Job
  })
  return [...ofFile, addedJob(collector, sourceList, scheduler)]
}

/** One job for all sources that were added on the console, as they come and go. */
function addedJob(collector: Collector, sourceList: SourceList, scheduler: Scheduler): Job {
  const due = cronDue(scheduler, addedSchedule)
  const sourcesOn = async () => {
    const added = sourceList.added()
    const areOn = await Promise.all(added.map(collector.isOn))
    return added.filter((_, at) => areOn[at])
  }
  return {
    name: 'collect-added',
    title: '采集：控制台上加的来源',
    maxLateMinutes,
    due: async (after, until) => ((await sourcesOn()).length === 0 ? [] : due(after, until)),
    async run() {
      for (const source of await sourcesOn()) void collector.check(source)
    },
  }
}

/** The same minute every time, so that the ledger's slots stay what they are. */
function jitterOf({ id }: Source): number {
  return [...id].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7) % jitterMinutes
}
