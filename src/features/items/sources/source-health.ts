import { Temporal } from 'temporal-polyfill'
import type { Alarms } from '../../../ports/alarms.ts'
import { sayFullTime } from '../../../text/dates/time.ts'
import type { SourceState } from './source-states.ts'
import type { Source } from './sources-file.ts'

/** Failures in a row from which a person should look at a source; one or two pass by themselves. */
const timesToAlarm = 3
/** Fewer entries than these may go away by themselves. */
const manyEntries = 3

/** Result of a check of a source. */
export type SourceCheck =
  | { kind: 'unchanged' }
  | { kind: 'failed'; reason: string }
  | {
      kind: 'read'
      count: number
      added: number
      remark: string | undefined
      /** A feed without entries is no failure. */
      mayBeEmpty?: boolean
      etag?: string | undefined
      lastModified?: string | undefined
    }

/** The state of a source after a check: a page without entries that had some has changed its shape. */
export function afterCheck(now: SourceState, check: SourceCheck, at: Temporal.Instant): SourceState {
  const tried: SourceState = { ...now, triedAt: at.toString() }
  if (check.kind === 'failed') return withProblem(tried, 'failing', check.reason, at)
  if (check.kind === 'unchanged')
    return { ...tried, wellAt: at.toString(), problem: undefined, foundCount: 0 }
  const usual = now.usualCount ?? 0
  if (check.count === 0 && !(check.mayBeEmpty && usual < manyEntries)) {
    return usual >= manyEntries
      ? withProblem(tried, 'changed', `以前每次有 ${usual} 条，现在一条也找不到，网页可能改版了`, at)
      : withProblem(tried, 'failing', '一条也没有找到，请核对网址和 list 里的选择器', at)
  }
  const { etag, lastModified, remark } = check
  return {
    ...tried,
    wellAt: at.toString(),
    problem: undefined,
    usualCount: check.count,
    foundCount: check.added,
    ...{ etag, lastModified, remark },
  }
}

/** Nothing is taken as known any more, so that the next check reads the page itself. */
function withProblem(
  now: SourceState,
  kind: 'failing' | 'changed',
  reason: string,
  at: Temporal.Instant,
): SourceState {
  const since = now.problem?.since ?? at.toString()
  const problem = { kind, reason, since, times: (now.problem?.times ?? 0) + 1 }
  return { ...now, problem, etag: undefined, lastModified: undefined }
}

/** Raises or clears the alarm of a source. */
export function tellAlarm(
  alarms: Alarms,
  source: Pick<Source, 'id' | 'name'>,
  state: SourceState,
  isOn: boolean,
) {
  const id = `source-${source.id}`
  const { problem } = state
  if (!isOn || !problem || (problem.kind === 'failing' && problem.times < timesToAlarm))
    return alarms.clear(id)
  const since = sayFullTime(Temporal.Instant.from(problem.since))
  const advice = problem.kind === 'changed' ? '请改 data/sources.yaml 里的 list 再重启' : '请到「来源」看看'
  alarms.raise(
    id,
    `来源「${source.name}」从 ${since} 起收不到条目：${problem.reason.replace(/。$/u, '')}。${advice}。`,
  )
}
