import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import { sayFullTime } from '../../text/dates/time.ts'
import type { DigestContext } from './context.ts'
import type { BroadcastDrafts } from './drafts.ts'
import { type BroadcastNotifier, keyOfTime } from './notifier.ts'
import type { Plans, Run } from './plans.ts'
import type { Broadcast, BroadcastActor } from './records.ts'

/** A run that is to come, and the broadcast that was composed for it, once it was. */
export type UpcomingRun = Run & { isSkipped: boolean; number: number | undefined }

/** How far ahead the next runs are looked for. */
const horizonDays = 70

type RunParts = DigestContext & {
  plans: Plans
  making: BroadcastDrafts
  telling: BroadcastNotifier
  ask(broadcast: Broadcast): Promise<void>
}

const sendByHand = '要发的话，私聊我说「立即推送」。'

/** The runs of the plans: what comes by itself is composed in time to be reviewed. */
export function createRuns({ book, clock, shelfLifeMinutes, plans, making, telling, ask, groups }: RunParts) {
  /** Composes each run whose time for review has come, once; one that can not be is tried again until its time is over. */
  async function tend(): Promise<void> {
    for (const run of await plans.runsUnderWay(clock.now(), shelfLifeMinutes)) await tendRun(run)
  }

  async function tendRun(run: Run): Promise<void> {
    const state = (await book.slot(run.slot))?.state
    if (state === 'missed') await book.reopenSlot(run.slot)
    else if (state !== undefined) return
    const isDue = Temporal.Instant.compare(run.at, clock.now()) <= 0
    try {
      const made = (await madeFor(run.slot)) ?? (await making.forRun(run))
      if (made) {
        await book.noteSlot(run.slot, { state: 'composed', number: made.number })
        return await ask(made)
      }
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      const text = `${sayFullTime(run.at)} 的「${run.plan.title}」拟不出来：${cause.message}\n到点后 ${shelfLifeMinutes} 分钟内改好，会自动重新拟稿送审。`
      return telling.organizers(`broken-${keyOfTime(run.at)}-${keyOf(run)}`, text)
    }
    if (isDue) await nothing(run)
  }

  /** A crash may have come between composing and noting it. */
  async function madeFor(slot: string): Promise<Broadcast | undefined> {
    return (await book.recent(20)).find(broadcast => broadcast.slot === slot)
  }

  async function nothing(run: Run) {
    const isBound = (await groups.all()).length > 0
    const why = isBound
      ? `没有新的条目。加了新条目以后，${sendByHand}`
      : '还没有绑定的群。请先在群里说「绑定本群」。'
    await book.noteSlot(run.slot, { state: 'empty' })
    await telling.organizers(
      `empty-${keyOfTime(run.at)}-${keyOf(run)}`,
      `${sayFullTime(run.at)} 的「${run.plan.title}」没有发：${why}`,
    )
  }

  /** A run came while we did not run, and is too late to be sent. What was composed for it tells of itself. */
  async function miss(slot: string, at: Temporal.Instant): Promise<void> {
    const noted = await book.noteSlot(slot, { state: 'missed' })
    if (noted?.state !== 'missed') return
    const plan = await plans.get(slot.slice(0, slot.indexOf('@')))
    await telling.organizers(
      `missed-${keyOfTime(at)}-${plan.id}`,
      `${sayFullTime(at)} 的「${plan.title}」没有发：到点时程序没在运行，补发也过了 ${shelfLifeMinutes} 分钟的时效。${sendByHand}`,
    )
  }

  /** The next runs of all plans, soonest first; those that were skipped too. */
  async function upcoming(most: number): Promise<UpcomingRun[]> {
    const now = clock.now()
    const runs = await plans.runs(now, now.add({ hours: 24 * horizonDays }))
    return Promise.all(
      runs.slice(0, most).map(async run => {
        const slot = await book.slot(run.slot)
        return { ...run, isSkipped: slot?.state === 'skipped', number: slot?.number }
      }),
    )
  }

  /** Leaves one run out. @throws {@link Refusal} when something became of it already */
  async function skip(slot: string, by: BroadcastActor): Promise<void> {
    const noted = await book.noteSlot(slot, { state: 'skipped', by })
    if (noted?.state === 'skipped' && noted.by?.id === by.id) return
    if (noted?.state === 'skipped') throw new Refusal('这一次已经取消过了，不用再取消。')
    if (noted?.number !== undefined)
      throw new Refusal(`这一次已经拟好了，是推送 ${noted.number}。说「取消 ${noted.number}」。`)
    throw new Refusal('这一次已经过去了，没有取消别的。')
  }

  return { tend, miss, upcoming, skip }
}

const keyOf = ({ plan }: Run) => plan.id
