import { Temporal } from 'temporal-polyfill'
import type { Posting } from '../../../outbox/index.ts'
import type { Reply } from '../../../ports/chat.ts'
import { sayTime } from '../../../text/dates/time.ts'
import { sendableUntil } from '../content/validity.ts'
import { broadcastId, type DigestContext } from '../context.ts'
import type { BroadcastChecks } from './checks.ts'
import type { BroadcastFiles } from './files.ts'
import { type BroadcastNotifier, keyOfTime, pictureFile } from './notifier.ts'
import type { Broadcast } from './records.ts'
import { sayHowElse } from './refused-events.ts'
import { remindersOf } from './reminders.ts'
import { applyBroadcastEvent } from './state-machine.ts'

/** How long a broadcast without a send time waits for approval, and an approved one for the end of a pause. */
const staleHours = 24

/** Publishes approved broadcasts exactly once; expires or rejects the rest. */
export function createPublisher(
  context: DigestContext & { checks: BroadcastChecks; notifier: BroadcastNotifier; files: BroadcastFiles },
) {
  const { broadcasts, clock, outbox, directory, maxLateMinutes, checks, notifier, files, lines } = context
  const { goesAt, endOf, faultsOf, changedClauses, isReleased } = checks

  /** Queues and posts an approved broadcast, or rejects it with the reason. */
  async function sendOut(broadcast: Broadcast): Promise<Broadcast> {
    const faults = await faultsOf(broadcast)
    const bound = await boundOf(broadcast)
    if (faults.length === 0 && bound.length === 0) faults.push('要发的群都已经解绑了')
    const minutes = maxLateMinutes + Math.ceil(outbox.estimateSeconds(bound.length) / 60)
    const until = sendableUntil(goesAt({}), minutes, broadcast.goodUntil)
    if (faults.length === 0 && !until) faults.push('里面有条目已经过期')
    if (faults.length > 0 || !until) return sendBack(broadcast, faults)
    const event = { kind: 'queued', sendableUntil: until.toString() } as const
    return finish(
      await broadcasts.change(broadcast.number, now => applyBroadcastEvent(now, event, clock.now())),
    )
  }

  async function sendBack(broadcast: Broadcast, faults: readonly string[]): Promise<Broadcast> {
    const { number, title, author, approval } = broadcast
    const reason = `${faults.join('；')}。`
    const ofClauses = changedClauses(broadcast)
    const isByClauses = approval && faults.length > 0 && faults.every(fault => ofClauses.includes(fault))
    const held = isByClauses ? { approvedAt: approval.at } : {}
    const changed = await broadcasts.change(number, now =>
      applyBroadcastEvent(now, { kind: 'rejected', reason, ...held }, clock.now()),
    )
    const wait = isByClauses ? '是文件传错了的，退回那份文件就行，正文不用改。' : ''
    await notifier.organizers(
      `stopped-${number}-${changed.revision}`,
      `推送 ${number}「${title}」没有发：${reason}改好以后说「送审 ${number}」，或者「取消 ${number}」。${wait}`,
      author,
    )
    return changed
  }

  /** Makes it a draft again, which is sent once it is approved anew. */
  async function release({ number, title, author }: Broadcast): Promise<void> {
    const changed = await broadcasts.change(number, now =>
      applyBroadcastEvent(now, { kind: 'released' }, clock.now()),
    )
    const text = `推送 ${number}「${title}」可以再送审了：让它停下的文件更新已经退回，或者核过了，正文没有动。要发就说「送审 ${number}」，通过以后就发；不发了说「取消 ${number}」。`
    await notifier.organizers(`released-${number}-${changed.revision}`, text, author)
  }

  async function boundOf({ groups }: Broadcast) {
    const bound = new Set((await directory.groups()).map(({ id }) => id))
    return groups.filter(({ id }) => bound.has(id))
  }

  /** Posts a queued broadcast to the outbox. Every step is idempotent, so that it can be repeated after a crash. */
  async function finish(broadcast: Broadcast): Promise<Broadcast> {
    if (broadcast.state !== 'queued' || !broadcast.sendableUntil) return broadcast
    await broadcasts.recordItems(broadcast)
    await addReminders(broadcast)
    await outbox.post(await postingsOf(broadcast, Temporal.Instant.from(broadcast.sendableUntil)))
    return broadcasts.change(broadcast.number, now =>
      applyBroadcastEvent(now, { kind: 'posted' }, clock.now()),
    )
  }

  /** The stored parts as approved: nothing is composed, drawn or divided here. */
  async function postingsOf(broadcast: Broadcast, notAfter: Temporal.Instant): Promise<Posting[]> {
    const bytes = broadcast.picture === undefined ? undefined : await broadcasts.blob(broadcast.picture)
    const file = bytes && pictureFile(broadcast, bytes)
    const picture = file && [{ file }]
    const texts = broadcast.parts.map(text => ({ text }))
    const attached = (await files.read(broadcast)).map(one => ({ file: one }))
    return (await boundOf(broadcast)).flatMap(({ id, form }) => {
      const replies = [...((form === 'picture' && picture) || texts), ...attached]
      const isBundle = lines.traits({ groupId: id })?.bundles === true
      return (isBundle ? [bundle(replies)] : replies).map((reply, i) => ({
        key: `${broadcastId(broadcast.number)}/${id}${i === 0 ? '' : `~${i + 1}`}`,
        target: { groupId: id },
        kind: 'broadcast' as const,
        reply,
        notAfter,
      }))
    })
  }

  async function addReminders(broadcast: Broadcast) {
    const open = await broadcasts.open()
    // Created before a crash, or sent to review separately before this digest was approved.
    const isMade = (fresh: Omit<Broadcast, 'number' | 'revision'>) =>
      open.some(
        ({ slot, kind, sendAt, items: cited }) =>
          slot === fresh.slot ||
          (kind === 'reminder' &&
            sendAt === fresh.sendAt &&
            cited.some(({ id }) => fresh.items.some(item => item.id === id))),
      )
    const now = clock.now()
    // A reminder that would precede a delayed digest is left out.
    const fresh = remindersOf(broadcast, now).filter(
      reminder => reminder.sendAt !== undefined && now.since(reminder.sendAt).sign < 0 && !isMade(reminder),
    )
    for (const reminder of fresh) await broadcasts.add(reminder)
  }

  /** Retries broadcasts whose slot is claimed, and expires overdue ones; does nothing the second time. */
  async function publishDue(): Promise<void> {
    for (const broadcast of await broadcasts.open()) await publishIfClaimed(broadcast)
  }

  /** Claims the send slot of a broadcast that is due, and publishes it. */
  async function publish(broadcast: Broadcast): Promise<void> {
    const slot = sendSlotOf(broadcast)
    if (!slot || clock.now().since(broadcast.sendAt ?? clock.now()).sign < 0) return
    await broadcasts.claimSlot(slot)
    await publishIfClaimed(broadcast)
  }

  async function publishIfClaimed(broadcast: Broadcast): Promise<void> {
    if (broadcast.state === 'queued') return void (await finish(broadcast))
    if (isReleased(broadcast)) return release(broadcast)
    const now = clock.now()
    const { sendAt, state, changedAt, approval, isPaused } = broadcast
    if (!sendAt) {
      // Counted from the last change: a later time, or a pause, that came long after the approval gets its own hours.
      const isStale = now.since(changedAt).total('hours') > staleHours
      if (isStale && state === 'review') await expire(broadcast, `${staleHours} 小时没有人审核`)
      else if (isStale && isPaused && approval) await expire(broadcast, `通过以后暂停超过 ${staleHours} 小时`)
      else if (state === 'approved' && !isPaused) await sendOut(broadcast)
      return
    }
    const at = Temporal.Instant.from(sendAt)
    const end = endOf(broadcast)
    if (Temporal.Instant.compare(at, now) > 0) return
    if (end && Temporal.Instant.compare(end, now) < 0) await expire(broadcast, whyLate(broadcast))
    else if (!(await isClaimed(broadcast))) return
    else if (state === 'approved' && !isPaused) await sendOut(broadcast)
    else if (end) await warn(broadcast, at, end)
  }

  async function isClaimed(broadcast: Broadcast): Promise<boolean> {
    const slot = sendSlotOf(broadcast)
    return slot !== undefined && (await broadcasts.slot(slot)) !== undefined
  }

  async function expire(broadcast: Broadcast, why: string) {
    const { number, title, state } = broadcast
    await broadcasts.change(number, now => applyBroadcastEvent(now, { kind: 'expired' }, clock.now()))
    if (state === 'rejected') return
    const text = `推送 ${number}「${title}」过了时效，没有发：${why}。${sayHowElse(broadcast)}`
    await notifier.organizers(`expired-${number}`, text, broadcast.author)
  }

  /** Tells organizers once that a broadcast is due but not approved, or paused. */
  async function warn(
    { number, title, state, isPaused }: Broadcast,
    at: Temporal.Instant,
    end: Temporal.Instant,
  ) {
    if (state === 'rejected') return
    const until = sayTime(end, notifier.arrivesAt())
    const why = isPaused ? '它暂停着' : '还没有人通过'
    const how = isPaused ? `说「恢复 ${number}」` : state === 'draft' ? `送审并通过` : `说「通过 ${number}」`
    const text = `推送 ${number}「${title}」到点了没有发：${why}。${until} 以前${how}还会发，再晚就不发了。`
    await notifier.organizers(`due-${number}-${keyOfTime(at)}`, text)
  }

  return { sendOut, finish, publish, publishDue }
}

/** Several replies as one message. */
function bundle(replies: readonly Reply[]): Reply {
  const texts = replies.flatMap(({ text }) => text ?? [])
  const attachments = replies.flatMap(({ file }) => file ?? [])
  return {
    ...(texts.length > 0 ? { text: texts.join('\n\n') } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
  }
}

/** The slot under which a broadcast with a send time is published: `number@instant`. */
export const sendSlotOf = ({ number, sendAt }: Broadcast): string | undefined =>
  sendAt && `${number}@${sendAt}`

function whyLate({ state, isPaused }: Broadcast): string {
  if (isPaused) return '它一直暂停着'
  if (state === 'approved') return '到点时程序没在运行'
  return state === 'draft' ? '到点时还是草稿' : '到点时没有人审核'
}
