import type { Temporal } from 'temporal-polyfill'
import { authorsAfter, isOffice } from '../../../approval.ts'
import { Refusal } from '../../../feature.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import { type Stream, streams } from '../../../ports/items.ts'
import { PlanVersion, type StreamPlan } from '../broadcast/records.ts'
import { chooseGroups, sayTargets } from '../content/targets.ts'
import type { DigestContext } from '../context.ts'
import { nextRuns, readSchedule, sayCron } from './schedules.ts'

export type Plans = ReturnType<typeof createPlans>
/** One run of a plan; `slot` is its permanent key. */
export type Run = { plan: StreamPlan; at: Temporal.Instant; slot: string }
/** The editable fields of a plan. */
export type PlanChange = Partial<
  Pick<
    StreamPlan,
    | 'title'
    | 'schedule'
    | 'targets'
    | 'text'
    | 'closing'
    | 'most'
    | 'sinceDays'
    | 'leadHours'
    | 'reminds'
    | 'isPaused'
  >
>

/** `restored`: authors of the words where an earlier version comes back. */
type Saving = { by: RecordedActor; seenRevision: number; restored?: readonly RecordedActor[] }

const titles: Record<Stream, string> = { 政策: '政策速递', 科技服务: '科技服务速递', 企业动态: '企业动态' }
/** Default schedules. */
const schedules: Record<Exclude<Stream, '政策'>, string> = {
  科技服务: '每月5日10:00，遇节假日顺延',
  企业动态: '每月20日10:00，遇节假日顺延',
}
const closings: Record<Stream, string> = {
  政策: '金额和条件以文件原文为准。想细问，在群里 @我 就行。',
  科技服务: '想对接服务，在群里 @我 说一声，指导员来联系。',
  企业动态: '你的企业有新产品、新进展，私聊我发「投稿」，审核后发到群里。',
}
const mostItems = 5
const newsDays = 90
const mostVersions = 10
/** Longer than any quiet period. */
const nightHours = 24

/** The plans: one per stream by default, and recurring notices. */
export function createPlans({ broadcasts, scheduler, outbox, groups, cron, clock }: DigestContext) {
  const opensAt = (at: Temporal.Instant) => outbox.window(at).opensAt

  function blank(stream: Stream): StreamPlan {
    return {
      id: stream,
      revision: 0,
      kind: 'digest',
      stream,
      title: titles[stream],
      schedule: stream === '政策' ? (sayCron(cron) ?? cron) : schedules[stream],
      targets: '全部',
      text: '',
      closing: closings[stream],
      most: mostItems,
      sinceDays: newsDays,
      leadHours: 24,
      reminds: true,
      isPaused: false,
    }
  }

  async function all(): Promise<StreamPlan[]> {
    const kept = new Map((await broadcasts.plans()).map(plan => [plan.id, plan]))
    const ofStreams = streams.map(stream => kept.get(stream) ?? blank(stream))
    return [...ofStreams, ...[...kept.values()].filter(({ kind }) => kind === 'notice')]
  }

  async function get(id: string): Promise<StreamPlan> {
    const found = (await all()).find(plan => plan.id === id)
    if (!found) throw new Refusal('没有这个排期，可能刚刚删掉了。')
    return found
  }

  /** The runs in (after, until], oldest first. Runs in quiet hours move to their end and are merged. */
  function runsOf(plan: StreamPlan, after: Temporal.Instant, until: Temporal.Instant): Run[] {
    const { runs } = readSchedule(plan.schedule, scheduler)
    const isNight = !opensAt(after).equals(after)
    const moved = runs(isNight ? after.subtract({ hours: nightHours }) : after, until).map(opensAt)
    return moved
      .filter((at, i) => !moved[i - 1]?.equals(at) && at.since(after).sign > 0 && at.since(until).sign <= 0)
      .map(at => ({ plan, at, slot: `${plan.id}@${at}` }))
  }

  /** The runs of all plans that are not paused, in (after, until], soonest first. */
  const runs = (after: Temporal.Instant, until: Temporal.Instant) =>
    soonestFirst(plan => runsOf(plan, after, until))

  /** The runs whose composing is due in (after, until]. */
  const runsToCompose = (after: Temporal.Instant, until: Temporal.Instant) =>
    soonestFirst(plan => {
      const lead = { hours: plan.leadHours }
      return runsOf(plan, after.add(lead), until.add(lead))
    })

  /** The runs whose composing is due and whose shelf life has not ended. */
  const runsUnderWay = (now: Temporal.Instant, maxLateMinutes: number) =>
    soonestFirst(plan =>
      runsOf(plan, now.subtract({ minutes: maxLateMinutes }), now.add({ hours: plan.leadHours })),
    )

  async function soonestFirst(runsOfOne: (plan: StreamPlan) => Run[]): Promise<Run[]> {
    const live = (await all()).filter(({ isPaused }) => !isPaused)
    return live.flatMap(runsOfOne).sort((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds)
  }

  /** The next runs of an unsaved schedule. @throws {@link Refusal} if it cannot be read */
  function preview(schedule: string, now: Temporal.Instant, most = 5): Temporal.Instant[] {
    return nextRuns(readSchedule(schedule, scheduler), now, most).map(opensAt)
  }

  /**
   * @param seenRevision the revision that the person was shown
   * @throws {@link Refusal} if the plan has changed since, or schedule or targets cannot be read
   */
  async function save(id: string, change: PlanChange, { by, seenRevision, restored }: Saving) {
    const cards = await groups.all()
    const before = await get(id)
    const until = clock.now().toString()
    const version = PlanVersion.parse({ ...before, authors: wordsBy(before), until })
    const history = [version, ...(before.history ?? [])]
    const isSame = isSameWords(before, { ...before, ...change })
    const written = restored ? authorsAfter(restored, by) : writtenBy(before, by)
    const authors = isSame ? wordsBy(before) : written
    const next: StreamPlan = { ...before, ...change, by, authors, history: history.slice(0, mostVersions) }
    const { said } = readSchedule(next.schedule, scheduler)
    if (cards.length > 0) chooseGroups(next.targets, cards)
    const saved = await broadcasts.updatePlan(id, now => {
      if ((now?.revision ?? 0) !== seenRevision) throw new Refusal(sayChanged(now))
      return {
        ...next,
        schedule: said,
        targets: sayTargets(next.targets, cards),
        revision: seenRevision + 1,
      }
    })
    return saved ?? next
  }

  /**
   * Goes back to an earlier version, by when it ended; the present one joins the history.
   * @throws {@link Refusal} if the version is not kept, or the plan has changed since it was shown
   */
  async function undo(id: string, until: string, seen: Omit<Saving, 'restored'>) {
    const present = await get(id)
    const version = present.history?.find(one => one.until === until)
    if (!version) throw new Refusal('这一版的记录已经不在了，请直接改成要的样子。')
    const { until: _ended, authors: restored = wordsBy(present), ...fields } = version
    return save(id, fields, { ...seen, restored })
  }

  /** Adds a recurring notice. */
  async function addNotice(
    change: PlanChange & { title: string; text: string; schedule: string },
    by: RecordedActor,
  ) {
    const taken = (await broadcasts.plans()).map(({ id }) => Number(/^notice-(\d+)$/.exec(id)?.[1] ?? 0))
    const id = `notice-${Math.max(0, ...taken) + 1}`
    const fresh: StreamPlan = {
      ...blank('政策'),
      id,
      kind: 'notice',
      closing: '',
      reminds: false,
      ...change,
      by,
      authors: [by],
      revision: 1,
    }
    const { stream: _none, ...plan } = fresh
    const { said } = readSchedule(plan.schedule, scheduler)
    const cards = await groups.all()
    chooseGroups(plan.targets, cards)
    await broadcasts.updatePlan(id, () => ({
      ...plan,
      schedule: said,
      targets: sayTargets(plan.targets, cards),
    }))
    return { ...plan, schedule: said }
  }

  return {
    all,
    get,
    runs,
    runsToCompose,
    runsUnderWay,
    preview,
    save,
    undo,
    addNotice,
    remove: (id: string) => broadcasts.updatePlan(id, () => undefined),
  }
}

const isSameWords = (a: StreamPlan, b: StreamPlan) =>
  a.title === b.title && a.text === b.text && a.closing === b.closing

/** A person who changes the words has all of them on the page; who wrote through the shared log-in is not known. */
const writtenBy = (before: StreamPlan, by: RecordedActor): RecordedActor[] =>
  isOffice(by) ? authorsAfter(wordsBy(before), by) : [by]

/** All who wrote the title, the text or the last line of a plan, the last one at the end. */
export const wordsBy = ({ kind, authors, by }: StreamPlan): RecordedActor[] =>
  authors ?? (kind === 'notice' && by ? [by] : [])

function sayChanged(now: StreamPlan | undefined): string {
  return `${now?.by?.name ?? '别人'}刚刚改过这个排期，没有保存你的改动。请刷新，看过新的再改。`
}
