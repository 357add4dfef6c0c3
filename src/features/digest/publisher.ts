import { Temporal } from 'temporal-polyfill'
import type { Posting } from '../../outbox/index.ts'
import { sayTime } from '../../text/dates/time.ts'
import type { Composer } from './composer.ts'
import { broadcastId, type DigestContext } from './context.ts'
import { type BroadcastNotifier, keyOfTime, pictureFile } from './notifier.ts'
import type { Broadcast } from './records.ts'
import { remindersOf } from './reminders.ts'
import { step } from './rules.ts'
import { sayStrange, strangeFigures } from './strange-figures.ts'
import { dayOf, faultOf, sendableUntil } from './validity.ts'

/** What waits for a word longer than this is no news any more, where it has no time of its own. */
const staleHours = 24

export type Publisher = ReturnType<typeof createPublisher>

/** How what was approved leaves the house, once, and what else can become of it. */
export function createPublisher(desk: DigestContext & { composer: Composer; telling: BroadcastNotifier }) {
  const { book, clock, outbox, directory, items, shelfLifeMinutes, composer, telling } = desk

  /** When the first group would get it: at its time, in the morning where that is night. */
  function goesAt({ sendAt }: Pick<Broadcast, 'sendAt'>): Temporal.Instant {
    const now = clock.now()
    const at = sendAt ? Temporal.Instant.from(sendAt) : now
    return outbox.window(Temporal.Instant.compare(at, now) < 0 ? now : at).opensAt
  }

  /** Until when it may be begun; undefined where it has no time of its own. */
  function endOf({ sendAt }: Broadcast): Temporal.Instant | undefined {
    return sendAt
      ? outbox.window(Temporal.Instant.from(sendAt)).opensAt.add({ minutes: shelfLifeMinutes })
      : undefined
  }

  /** Why its items must not be told, each a sentence; empty where they may. */
  async function faultsOf(broadcast: Broadcast): Promise<string[]> {
    const day = dayOf(goesAt(broadcast))
    const aimed = new Set(broadcast.groups.map(({ id }) => id))
    const found = await Promise.all(
      broadcast.items.map(async cited => {
        const item = await items.get(cited.id)
        const fault = faultOf(item, cited, day)
        if (fault) return [fault]
        const isTold =
          broadcast.kind === 'digest' && (await composer.isTold(cited.id, aimed, broadcast.number))
        return isTold ? [`「${item?.title}」已经在别的推送里发过，或者正要发`] : []
      }),
    )
    return found.flat()
  }

  /** What to look at twice before approving: figures that none of its items has. */
  async function doubtOf(broadcast: Broadcast): Promise<string | undefined> {
    const found = await Promise.all(broadcast.items.map(({ id }) => items.get(id)))
    const cited = found.filter(item => item !== undefined)
    return sayStrange(strangeFigures(broadcast, cited))
  }

  /** Decides that an approved one goes out now. What stands in the way sends it back, with the reason. */
  async function sendOut(broadcast: Broadcast): Promise<Broadcast> {
    const faults = await faultsOf(broadcast)
    const bound = await boundOf(broadcast)
    if (faults.length === 0 && bound.length === 0) faults.push('要发的群都已经解绑了')
    const minutes = shelfLifeMinutes + Math.ceil(outbox.estimateSeconds(bound.length) / 60)
    const until = sendableUntil(goesAt({}), minutes, broadcast.goodUntil)
    if (faults.length === 0 && !until) faults.push('里面有条目已经过期')
    if (faults.length > 0 || !until) return sendBack(broadcast, faults)
    const event = { kind: 'queued', sendableUntil: until.toString() } as const
    return finish(await book.change(broadcast.number, now => step(now, event, clock.now())))
  }

  async function sendBack(broadcast: Broadcast, faults: readonly string[]): Promise<Broadcast> {
    const { number } = broadcast
    const reason = `${faults.join('；')}。`
    const changed = await book.change(number, now => step(now, { kind: 'rejected', reason }, clock.now()))
    await telling.organizers(
      `stopped-${number}-${changed.revision}`,
      `推送 ${number}「${broadcast.title}」没有发：${reason}改好以后说「送审 ${number}」，或者「取消 ${number}」。`,
    )
    return changed
  }

  async function boundOf({ groups }: Broadcast) {
    const bound = new Set((await directory.groups()).map(({ id }) => id))
    return groups.filter(({ id }) => bound.has(id))
  }

  /** Hands a queued one over; each step may be repeated after a crash without harm. */
  async function finish(broadcast: Broadcast): Promise<Broadcast> {
    if (broadcast.state !== 'queued' || !broadcast.sendableUntil) return broadcast
    await book.markTold(broadcast)
    await addReminders(broadcast)
    await outbox.post(await postingsOf(broadcast, Temporal.Instant.from(broadcast.sendableUntil)))
    return book.change(broadcast.number, now => step(now, { kind: 'posted' }, clock.now()))
  }

  /** What was kept at approval, byte for byte: nothing is composed, drawn or divided here. */
  async function postingsOf(broadcast: Broadcast, notAfter: Temporal.Instant): Promise<Posting[]> {
    const bytes = broadcast.picture === undefined ? undefined : await book.picture(broadcast.picture)
    const file = bytes && pictureFile(broadcast, bytes)
    const picture = file && [{ file }]
    const texts = broadcast.parts.map(text => ({ text }))
    return (await boundOf(broadcast)).flatMap(({ id, form }) => {
      const replies = (form === 'picture' && picture) || texts
      return replies.map((reply, i) => ({
        key: `${broadcastId(broadcast.number)}/${id}${i === 0 ? '' : `~${i + 1}`}`,
        target: { groupId: id },
        kind: 'broadcast' as const,
        reply,
        notAfter,
      }))
    })
  }

  async function addReminders(broadcast: Broadcast) {
    const open = await book.open()
    // Made before a crash; or put up for review by itself before this digest was approved.
    const isMade = (fresh: Omit<Broadcast, 'number' | 'revision'>) =>
      open.some(
        ({ slot, kind, sendAt, items: cited }) =>
          slot === fresh.slot ||
          (kind === 'reminder' &&
            sendAt === fresh.sendAt &&
            cited.some(({ id }) => fresh.items.some(item => item.id === id))),
      )
    const now = clock.now()
    // Of a digest that goes out later than it was to, a reminder may come before the news: it is left out.
    const fresh = remindersOf(broadcast, now).filter(
      reminder => reminder.sendAt !== undefined && now.since(reminder.sendAt).sign < 0 && !isMade(reminder),
    )
    for (const reminder of fresh) await book.add(reminder)
  }

  /** Whatever its time has come for. Called again and again; each call finds what is left to do. */
  async function tend(): Promise<void> {
    for (const broadcast of await book.open()) await tendOne(broadcast)
  }

  async function tendOne(broadcast: Broadcast): Promise<void> {
    if (broadcast.state === 'queued') return void (await finish(broadcast))
    const now = clock.now()
    const { sendAt, state, changedAt, isPaused } = broadcast
    if (!sendAt) {
      const isStale = state === 'review' && now.since(changedAt).total('hours') > staleHours
      if (isStale) await expire(broadcast, `${staleHours} 小时没有人审核`)
      else if (state === 'approved' && !isPaused) await sendOut(broadcast)
      return
    }
    const at = Temporal.Instant.from(sendAt)
    const end = endOf(broadcast)
    if (Temporal.Instant.compare(at, now) > 0) return
    if (end && Temporal.Instant.compare(end, now) < 0) await expire(broadcast, whyLate(broadcast))
    else if (state === 'approved' && !isPaused) await sendOut(broadcast)
    else if (end) await warn(broadcast, at, end)
  }

  async function expire(broadcast: Broadcast, why: string) {
    const { number, title, state } = broadcast
    await book.change(number, now => step(now, { kind: 'expired' }, clock.now()))
    if (state === 'rejected') return
    const text = `推送 ${number}「${title}」过了时效，没有发：${why}。要发的话，私聊我说「立即推送」。`
    await telling.organizers(`expired-${number}`, text)
  }

  /** Its time has come and nobody has approved it, or somebody holds it: that is said once, while it can be mended. */
  async function warn(
    { number, title, state, isPaused }: Broadcast,
    at: Temporal.Instant,
    end: Temporal.Instant,
  ) {
    if (state === 'rejected') return
    const until = sayTime(end, clock.now())
    const why = isPaused ? '它暂停着' : '还没有人通过'
    const how = isPaused ? `说「恢复 ${number}」` : state === 'draft' ? `送审并通过` : `说「通过 ${number}」`
    const text = `推送 ${number}「${title}」到点了没有发：${why}。${until} 以前${how}还会发，再晚就不发了。`
    await telling.organizers(`due-${number}-${keyOfTime(at)}`, text)
  }

  return { goesAt, faultsOf, doubtOf, sendOut, finish, tend }
}

function whyLate({ state, isPaused }: Broadcast): string {
  if (isPaused) return '它一直暂停着'
  if (state === 'approved') return '到点时程序没在运行'
  return state === 'draft' ? '到点时还是草稿' : '到点时没有人审核'
}
