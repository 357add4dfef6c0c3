import { Temporal } from 'temporal-polyfill'
import type { Answer, Listener } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import { sayTime } from '../../../text/dates/time.ts'
import { routeOf } from '../../../text/question-routes.ts'
import type { BroadcastActions } from '../actions.ts'
import { chooseGroups } from '../content/targets.ts'
import type { DigestParts } from '../context.ts'

/** Runs told to one who asks, and runs searched for those that reach the asker's group. */
const mostTold = 3
const mostSearched = 30

type Coming = { at: Temporal.Instant; title: string; groupIds: readonly string[]; isOfPlan: boolean }

/**
 * Answers 「几点推送」 from the schedules and the approved broadcasts; in a group, those for this
 * group, in private the schedules.
 */
export function pushTimes(
  { clock, groups }: Pick<DigestParts, 'clock' | 'groups'>,
  actions: Pick<BroadcastActions, 'runs' | 'open' | 'goesAt'>,
): Listener {
  /** Approved pushes by title and runs of schedules: makers are not told what is not approved. */
  async function coming(): Promise<Coming[]> {
    const cards = await groups.all()
    const runs = (await actions.runs.upcoming(mostSearched)).filter(({ isSkipped }) => !isSkipped)
    const ofPlans = runs.map(({ at, plan }) => ({
      at,
      title: plan.title,
      groupIds: chooseGroups(plan.targets, cards).map(({ id }) => id),
      isOfPlan: true,
    }))
    const approved = (await actions.open()).filter(
      ({ state, number, isPaused }) =>
        state === 'approved' && !isPaused && !runs.some(run => run.number === number),
    )
    const single = approved.map(broadcast => ({
      at: actions.goesAt(broadcast),
      title: broadcast.title,
      groupIds: broadcast.groups.map(({ id }) => id),
      isOfPlan: false,
    }))
    return [...single, ...ofPlans].sort((a, b) => Temporal.Instant.compare(a.at, b.at))
  }

  async function tell({ groupId }: Message): Promise<Answer> {
    const now = clock.now()
    // In private anyone may ask, and a title may be for one group alone.
    const mine = (await coming()).filter(({ groupIds, isOfPlan }) =>
      groupId === undefined ? isOfPlan && groupIds.length > 0 : groupIds.includes(groupId),
    )
    if (mine.length === 0) return '近期没有排好的推送。有新的政策，我会发到群里。'
    const lines = mine.slice(0, mostTold).map(({ at, title }) => `· ${sayTime(at, now)} ${title}`)
    return ['接下来的推送：', ...lines, '有新内容、有人审核过才发；没有新内容，那一次就不发。'].join('\n')
  }

  return message => (routeOf(message.text) === 'pushes' ? tell(message) : undefined)
}
