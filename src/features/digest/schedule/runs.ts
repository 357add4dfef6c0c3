import { Temporal } from 'temporal-polyfill'
import { type Due, Refusal } from '../../../feature.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import { inShanghai, sayDate, sayFullTime } from '../../../text/dates/time.ts'
import type { BroadcastDrafts } from '../broadcast/drafts.ts'
import { type BroadcastNotifier, keyOfTime } from '../broadcast/notifier.ts'
import type { Broadcast } from '../broadcast/records.ts'
import type { DigestContext } from '../context.ts'
import type { Plans, Run } from './plans.ts'

/** A future run, and the number of its broadcast once composed. */
export type UpcomingRun = Run & { isSkipped: boolean; number: number | undefined }

/** How far ahead runs are listed. */
const horizonDays = 70

type RunParts = DigestContext & {
  plans: Plans
  drafts: BroadcastDrafts
  notifier: BroadcastNotifier
  ask(broadcast: Broadcast): Promise<void>
}

const sendByHand = '要发的话，私聊我说「立即推送」。'

/** Composes the runs of plans in time for their review. */
export function createRuns({
  broadcasts,
  clock,
  maxLateMinutes,
  plans,
  drafts,
  notifier,
  ask,
  groups,
}: RunParts) {
  /** Claims the run of this slot and composes it. */
  async function compose(slot: string): Promise<void> {
    const run = (await underWay()).find(one => one.slot === slot)
    if (!run) return
    await broadcasts.claimSlot(slot)
    await composeClaimed(run)
  }

  /** Retries claimed runs until their shelf life ends. */
  async function retryClaimed(): Promise<void> {
    for (const run of await underWay()) await composeClaimed(run)
  }

  const underWay = () => plans.runsUnderWay(clock.now(), maxLateMinutes)

  /** Future runs whose composing is due and whose slot is not claimed yet. */
  async function unclaimed(): Promise<Run[]> {
    const now = clock.now()
    const future = (await underWay()).filter(({ at }) => Temporal.Instant.compare(at, now) > 0)
    const slots = await Promise.all(future.map(({ slot }) => broadcasts.slot(slot)))
    return future.filter((_, i) => slots[i] === undefined)
  }

  async function composeClaimed(run: Run): Promise<void> {
    if ((await broadcasts.slot(run.slot))?.state !== 'claimed') return
    const isDue = Temporal.Instant.compare(run.at, clock.now()) <= 0
    try {
      const made = (await madeFor(run.slot)) ?? (await drafts.forRun(run))
      if (made) {
        await broadcasts.recordSlot(run.slot, { state: 'composed', number: made.number })
        return await ask(made)
      }
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      const text = `${sayFullTime(run.at)} 的「${run.plan.title}」拟不出来：${cause.message}\n到点后 ${maxLateMinutes} 分钟内改好，会自动重新拟稿送审。`
      return notifier.organizers(`broken-${keyOfTime(run.at)}-${run.plan.id}`, text)
    }
    if (isDue) await recordEmpty(run)
  }

  /** The broadcast composed before a crash that prevented recording it. */
  async function madeFor(slot: string): Promise<Broadcast | undefined> {
    return (await broadcasts.recent(20)).find(broadcast => broadcast.slot === slot)
  }

  async function recordEmpty(run: Run) {
    const isBound = (await groups.all()).length > 0
    const why = isBound
      ? `没有新的条目。加了新条目以后，${sendByHand}`
      : '还没有绑定的群。请先在群里说「绑定本群」。'
    await broadcasts.recordSlot(run.slot, { state: 'empty' })
    await notifier.organizers(
      `empty-${keyOfTime(run.at)}-${run.plan.id}`,
      `${sayFullTime(run.at)} 的「${run.plan.title}」没有发：${why}`,
    )
  }

  /** Records runs as missed and tells organizers in one message, but for those with a broadcast composed. */
  async function miss(dues: readonly Due[]): Promise<void> {
    const missed: Pick<Run, 'at' | 'plan'>[] = []
    for (const { key, at } of dues) {
      const noted = await broadcasts.recordSlot(key, { state: 'missed' })
      if (noted?.state === 'missed')
        missed.push({ at, plan: await plans.get(key.slice(0, key.indexOf('@'))) })
    }
    const [first] = missed
    if (!first) return
    const why = `到点时程序没在运行，补发也过了 ${maxLateMinutes} 分钟的时效。${sendByHand}`
    const what =
      missed.length === 1 ? `${sayFullTime(first.at)} 的「${first.plan.title}」` : sayMissed(missed)
    await notifier.organizers(`missed-${keyOfTime(first.at)}-${first.plan.id}`, `${what}没有发：${why}`)
  }

  /** The next runs of all plans, skipped ones included, soonest first. */
  async function upcoming(most: number): Promise<UpcomingRun[]> {
    const now = clock.now()
    const runs = await plans.runs(now, now.add({ hours: 24 * horizonDays }))
    return Promise.all(
      runs.slice(0, most).map(async run => {
        const slot = await broadcasts.slot(run.slot)
        return { ...run, isSkipped: slot?.state === 'skipped', number: slot?.number }
      }),
    )
  }

  /** Skips one run. @throws {@link Refusal} if it has an outcome */
  async function skip(slot: string, by: RecordedActor): Promise<void> {
    const noted = await broadcasts.recordSlot(slot, { state: 'skipped', by })
    if (noted?.state === 'skipped' && noted.by?.id === by.id) return
    if (noted?.state === 'skipped') throw new Refusal('这一次已经取消过了，不用再取消。')
    if (noted?.number !== undefined)
      throw new Refusal(`这一次已经拟好了，是推送 ${noted.number}。说「取消 ${noted.number}」。`)
    throw new Refusal('这一次已经过去了，没有取消别的。')
  }

  return { compose, retryClaimed, unclaimed, miss, upcoming, skip }
}

/** 「每周速递」12 次（9月4日到11月20日）、「月报」2 次（10月1日到11月1日）. */
function sayMissed(missed: readonly Pick<Run, 'at' | 'plan'>[]): string {
  const byPlan = Map.groupBy(missed, ({ plan }) => plan.title)
  const lines = [...byPlan].map(([title, runs]) => {
    const days = [...new Set(runs.map(({ at }) => sayDate(inShanghai(at))))]
    const span = days.length > 1 ? `${days[0]}到${days.at(-1)}` : days[0]
    return `「${title}」${runs.length} 次（${span}）`
  })
  return lines.join('、')
}
