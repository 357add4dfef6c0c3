import { Temporal } from 'temporal-polyfill'
import type { CalendarEntry, Chore } from '../../../../ports/overviews.ts'
import { sayTime } from '../../../../text/dates/time.ts'
import type { BroadcastActions } from '../../actions.ts'
import { overallState } from '../../broadcast/progress.ts'
import type { Broadcast } from '../../broadcast/records.ts'
import { basePath } from '../../context.ts'

/** How long a broadcast that did not arrive everywhere stays in the list of chores. */
const choreDays = 3

/** A broadcast or a future run on a calendar. */
export type AgendaEntry = {
  at: Temporal.Instant
  title: string
  /** Absent for a run that is not composed yet. */
  broadcast?: Broadcast
}

/**
 * Broadcasts and future runs in [from, to), by time. A plan's run before `now` is listed only if a broadcast was made
 * for it.
 */
export async function agendaOf(
  actions: BroadcastActions,
  { from, to, now }: { from: Temporal.Instant; to: Temporal.Instant; now: Temporal.Instant },
): Promise<AgendaEntry[]> {
  const isWithin = (at: Temporal.Instant) => at.since(from).sign >= 0 && at.since(to).sign < 0
  const known = (await actions.all())
    .map(broadcast => ({ at: timeOf(broadcast), title: broadcast.title, broadcast }))
    .filter(({ at }) => isWithin(at))
  const start = now.since(from).sign > 0 ? now : from
  const runs = start.since(to).sign < 0 ? await actions.plans.runs(start, to) : []
  const slots = new Set((await actions.all()).map(({ slot }) => slot))
  const future = runs
    .filter(({ at, slot }) => isWithin(at) && !slots.has(slot))
    .map(({ at, plan }) => ({ at, title: plan.title }))
  return [...known, ...future].sort((a, b) => Temporal.Instant.compare(a.at, b.at))
}

/** When it is or was sent, else when it was created. */
const timeOf = ({ sendAt, approval, createdAt }: Broadcast) =>
  Temporal.Instant.from(sendAt ?? approval?.at ?? createdAt)

/** The entries of the console's calendar. */
export async function calendarOf(
  actions: BroadcastActions,
  span: { from: Temporal.Instant; to: Temporal.Instant; now: Temporal.Instant },
): Promise<CalendarEntry[]> {
  const entries = (await agendaOf(actions, span)).map(async ({ at, title, broadcast }) => {
    if (!broadcast) return { at, kind: '推送', title: `${title}（还没拟）`, path: `${basePath}/calendar` }
    const { word } = overallState(await actions.progressOf(broadcast))
    const path = `${basePath}/${broadcast.number}`
    return { at, kind: `推送 ${broadcast.number}`, title: `${title}（${word}）`, path }
  })
  return Promise.all(entries)
}

/** Broadcasts that wait for review, and those that did not arrive everywhere. */
export async function broadcastChoresOf(actions: BroadcastActions, now: Temporal.Instant): Promise<Chore[]> {
  const open = await actions.open()
  const held = open
    .filter(({ heldFromBackupOf }) => heldFromBackupOf !== undefined)
    .map(({ number, title }) => ({
      text: `推送 ${number}「${title}」可能已经发过（恢复了备份），发还是不发要你定`,
      path: basePath,
    }))
  const waiting = open
    .filter(({ state, heldFromBackupOf }) => state === 'review' && heldFromBackupOf === undefined)
    .map(({ number, title, sendAt }) => {
      const when = sendAt ? `${sayTime(Temporal.Instant.from(sendAt), now)} 发` : '通过以后就发'
      return { text: `推送 ${number}「${title}」等审核，${when}`, path: `${basePath}/${number}` }
    })
  const rejected = open
    .filter(({ state }) => state === 'rejected')
    .map(({ number, title }) => ({
      text: `推送 ${number}「${title}」没有通过，改好再送审，或者取消`,
      path: `${basePath}/${number}`,
    }))
  return [...held, ...waiting, ...rejected, ...(await incompleteOf(actions, now))]
}

/** Recent broadcasts that expired, or that some group did not receive for certain. */
async function incompleteOf(actions: BroadcastActions, now: Temporal.Instant): Promise<Chore[]> {
  const recent = (await actions.history(20)).filter(
    ({ broadcast }) => now.since(broadcast.changedAt).total('hours') < choreDays * 24,
  )
  return recent.flatMap(progress => {
    const { number, title, state } = progress.broadcast
    const path = `${basePath}/${number}`
    if (state === 'expired') return [{ text: `推送 ${number}「${title}」过期了，没有发`, path }]
    const { word } = overallState(progress)
    const isIncomplete = state === 'posted' && ['有群没送到', '有群不确定', '没听到回音'].includes(word)
    return isIncomplete ? [{ text: `推送 ${number}「${title}」${word}`, path }] : []
  })
}
