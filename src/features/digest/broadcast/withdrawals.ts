import { Refusal } from '../../../feature.ts'
import type { Delivery } from '../../../outbox/index.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import { withDistinctNames } from '../../../ports/line-ids.ts'
import { broadcastId, type DigestContext } from '../context.ts'
import { countGroups } from './progress.ts'
import type { Broadcast } from './records.ts'
import { applyBroadcastEvent } from './state-machine.ts'

/** A cancelled broadcast, with its groups counted. */
export type Cancelled = { number: number; stopped: number; arrived: number; underWay: number }

/** A broadcast that was taken back; `left` names the groups in which it stays. */
export type Recalled = { number: number; stopped: number; gone: number; left: readonly string[] }

/** Ends broadcasts by request: what is not sent yet is stopped, what was just sent is taken back. */
export function createWithdrawals({ clock, outbox, broadcasts, lines }: DigestContext) {
  /** Cancels what is not sent yet. @throws {@link Refusal} when nothing is left to cancel */
  async function cancel(broadcast: Broadcast, by: RecordedActor): Promise<Cancelled> {
    const { number } = broadcast
    const next = applyBroadcastEvent(broadcast, { kind: 'cancelled', by }, clock.now())
    const stopped = await outbox.cancel(broadcastId(number))
    const deliveries = await outbox.deliveries(broadcastId(number))
    const arrived = count(deliveries, 'sent', 'confirmed', 'manual')
    if (deliveries.length > 0 && stopped === 0 && !isBeingSent(deliveries))
      throw new Refusal(sayAllSent(number, deliveries))
    await finish(next, by)
    const underWay = count(deliveries, 'sending', 'unknown', 'waiting')
    return { number, stopped: count(deliveries, 'cancelled'), arrived, underWay }
  }

  function sayAllSent(number: number, deliveries: readonly Delivery[]): string {
    const arrived = count(deliveries, 'sent', 'confirmed', 'manual')
    const doubtful = count(deliveries, 'unknown', 'sending')
    const waiting = count(deliveries, 'waiting')
    const said = [
      `送到 ${arrived} 个群`,
      ...(doubtful > 0 ? [`${doubtful} 个不确定`] : []),
      ...(waiting > 0 ? [`${waiting} 处等员工点发送`] : []),
    ].join('，')
    const can = deliveries.filter(isRecallable).length
    const how = can > 0 ? `还能撤回 ${can} 处：马上说「撤回推送 ${number}」` : '收不回来'
    return `推送 ${number} 已经发完了，${said}，${how}。`
  }

  /** Cancels the broadcast and the reminders that were to follow it. */
  async function finish({ number }: Broadcast, by: RecordedActor) {
    const now = clock.now()
    await broadcasts.change(number, one => applyBroadcastEvent(one, { kind: 'cancelled', by }, now))
    for (const reminder of await broadcasts.open()) {
      if (reminder.slot?.startsWith(`remind-${number}@`))
        await broadcasts.change(reminder.number, one =>
          applyBroadcastEvent(one, { kind: 'cancelled', by }, now),
        )
    }
  }

  /** Ends a broadcast that a restore held, and that was sent after the backup: its items count as told. */
  async function endHeld(broadcast: Broadcast, by: RecordedActor): Promise<void> {
    if (broadcast.heldFromBackupOf === undefined)
      throw new Refusal(`推送 ${broadcast.number} 已经定过了，请刷新页面。`)
    await broadcasts.recordItems(broadcast)
    await finish(broadcast, by)
  }

  /** Whether the group's line can still take this message back. */
  function isRecallable({ target, state, messageId, changedAt }: Delivery): boolean {
    if (!messageId || !['waiting', 'sent', 'confirmed'].includes(state)) return false
    const { recallMs = 0 } = lines.traits(target) ?? {}
    return clock.now().since(changedAt).total('milliseconds') < recallMs
  }

  /** Stops what is not sent yet, and takes back what still can be. @throws {@link Refusal} when nothing can be */
  async function recall(broadcast: Broadcast, by: RecordedActor): Promise<Recalled> {
    const { number, state, groups } = broadcast
    if (state !== 'posted' && state !== 'queued' && state !== 'cancelled')
      throw new Refusal(`推送 ${number} 还没有发，不发了说「取消 ${number}」。`)
    const stopped = await outbox.cancel(broadcastId(number))
    const gone = await outbox.recall(broadcastId(number))
    const deliveries = await outbox.deliveries(broadcastId(number))
    if (stopped + gone.length === 0 && !isBeingSent(deliveries)) throw new Refusal(tooLate(number))
    if (state !== 'cancelled') await finish(broadcast, by)
    const stays = deliveries.filter(one => staying.has(one.state))
    const ids = new Set(stays.map(({ target }) => ('groupId' in target ? target.groupId : target.personId)))
    const left = withDistinctNames(groups).flatMap(({ id, name }) => (ids.has(id) ? [name] : []))
    return { number, stopped, gone: gone.length, left }
  }

  return { cancel, endHeld, recall, isRecallable }
}

/** Whether the line may still refuse one of these: a cancelled one is not tried again then. */
const isBeingSent = (deliveries: readonly Delivery[]) => deliveries.some(({ state }) => state === 'sending')

/** States of what has arrived, or may yet. */
const staying: ReadonlySet<Delivery['state']> = new Set([
  'sending',
  'waiting',
  'sent',
  'confirmed',
  'unknown',
])

const count = (deliveries: readonly Delivery[], ...of: Delivery['state'][]) =>
  countGroups(deliveries.filter(({ state }) => of.includes(state)))

const tooLate = (number: number) =>
  `推送 ${number} 收不回来了：QQ 群只能收回两分钟以内的，微信群和企业微信群不能收回。请到群里说明一下。`
