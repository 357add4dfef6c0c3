import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import type { Delivery } from '../../../outbox/index.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import { withDistinctNames } from '../../../ports/line-ids.ts'
import { sendableUntil } from '../content/validity.ts'
import type { DigestContext } from '../context.ts'
import { countGroups, type Progress } from './progress.ts'
import type { Broadcast } from './records.ts'
import { createWithdrawals } from './withdrawals.ts'

/** The result of sending again, in groups; `unbound` ones were skipped. */
export type Resent = { broadcast: Broadcast; groups: number; unbound: number; unknown: number }

type CorrectionParts = DigestContext & {
  progressOf(broadcast: Broadcast): Promise<Progress>
}

/** Corrections by people: cancel, send again, settle an unknown delivery, record a manual one. */
export function createCorrections(parts: CorrectionParts) {
  const { clock, outbox, directory, broadcasts, maxLateMinutes, progressOf, groupTasks } = parts

  /** The groups that {@link resend} would send to. @throws {@link Refusal} if it would be refused */
  async function resendPreview(broadcast: Broadcast) {
    const progress = await progressOf(broadcast)
    const { bound, unknown } = await missingOf(progress)
    await untilFor(broadcast, bound.length)
    const ids = new Set(bound.map(({ target }) => ('groupId' in target ? target.groupId : '')))
    const names = withDistinctNames(broadcast.groups).flatMap(({ id, name }) => (ids.has(id) ? [name] : []))
    return { broadcast, groups: names, attempts: attemptsOf(progress), unknown }
  }

  /** Sends again to groups with a failed or expired delivery, never to those with an unknown one. */
  async function resend(broadcast: Broadcast, by: RecordedActor, attemptsSeen?: number): Promise<Resent> {
    const progress = await progressOf(broadcast)
    checkSeen(progress, attemptsSeen)
    const { missing, bound, unknown } = await missingOf(progress)
    const notAfter = await untilFor(broadcast, bound.length)
    const again = await outbox.resend(keysOf(bound), { from: 'failed', by: by.name, notAfter })
    return {
      broadcast,
      groups: countGroups(again),
      unbound: countGroups(missing) - countGroups(bound),
      unknown,
    }
  }

  /** @throws {@link Refusal} if no bound group is missing it */
  async function missingOf({ broadcast, deliveries }: Progress) {
    checkNotEnded(broadcast, deliveries)
    const missing = deliveries.filter(({ state }) => isMissing(state))
    const unknown = countGroups(deliveries.filter(({ state }) => state === 'unknown'))
    if (missing.length === 0) throw new Refusal(`${whyNoneMissing(broadcast)}${sayUnknown(unknown)}`)
    const bound = await boundOnly(missing)
    if (bound.length === 0) throw new Refusal('没送到的群都已经解绑了，没有补发。')
    return { missing, bound, unknown }
  }

  async function boundOnly(deliveries: readonly Delivery[]): Promise<Delivery[]> {
    const groups = new Set((await directory.groups()).map(({ id }) => id))
    return deliveries.filter(({ target }) => 'groupId' in target && groups.has(target.groupId))
  }

  /** The deadline for sending again. @throws {@link Refusal} if cancelled, expired or published again since */
  async function untilFor(broadcast: Broadcast, groups: number): Promise<Temporal.Instant> {
    const { number, goodUntil, items } = broadcast
    const later = (await Promise.all(items.map(({ id }) => broadcasts.numbersWithItem(id)))).flat()
    const latest = await latestDigest(later.filter(other => other > number))
    if (latest) throw new Refusal(`推送 ${number} 的条目后来在推送 ${latest} 里又发过，不用补发。`)
    const { opensAt } = outbox.window(clock.now())
    const minutes = maxLateMinutes + Math.ceil(outbox.estimateSeconds(groups) / 60)
    const until = sendableUntil(opensAt, minutes, goodUntil)
    if (!until) throw new Refusal(`推送 ${number} 里有条目已经过了有效期，不能再补发。`)
    return until
  }

  /** The latest of these that is a digest; reminders of the same items do not count. */
  async function latestDigest(numbers: readonly number[]): Promise<number | undefined> {
    for (const number of [...numbers].sort((a, b) => b - a)) {
      if ((await broadcasts.get(number))?.kind === 'digest') return number
    }
    return undefined
  }

  /** Settles an unknown delivery after a person has checked the group. */
  async function settle(broadcast: Broadcast, key: string, decided: RecordedActor & { hasArrived: boolean }) {
    const { deliveries } = await progressOf(broadcast)
    const delivery = deliveries.find(one => one.key === key)
    if (delivery?.state !== 'unknown') throw new Refusal(stale)
    if (!decided.hasArrived) checkNotEnded(broadcast, deliveries)
    if (decided.hasArrived) return void (await outbox.markArrived([key], decided.name))
    const whyNot = outbox.resendRefusal(delivery.target)
    if (whyNot) throw new Refusal(whyNot)
    const [bound] = await boundOnly([delivery])
    if (!bound) throw new Refusal('这个群已经解绑了，没有重发。')
    const notAfter = await untilFor(broadcast, 1)
    await outbox.resend([key], { from: 'unknown', by: decided.name, notAfter })
  }

  /** Records manual sending to one group, or to all groups not reached yet. */
  async function recordManual(
    broadcast: Broadcast,
    by: RecordedActor,
    groupName?: string,
  ): Promise<Delivery[]> {
    const { deliveries } = await progressOf(broadcast)
    const all = withDistinctNames(broadcast.groups)
    // A name that groups of several lines share means all of them.
    const named =
      [all, broadcast.groups]
        .map(found => found.filter(({ name }) => name === groupName))
        .find(({ length }) => length > 0) ?? []
    if (groupName !== undefined && named.length === 0) {
      const names = all.map(({ name }) => name).join('、')
      throw new Refusal(`推送 ${broadcast.number} 没有叫「${groupName}」的群。有：${names}。`)
    }
    const isMeant = ({ target }: Delivery) =>
      groupName === undefined || named.some(({ id }) => 'groupId' in target && id === target.groupId)
    const noted = await outbox.markSent(keysOf(deliveries.filter(isMeant)), by.name)
    if (noted.length === 0) {
      throw new Refusal('没有要记的：这些群已经送到了，或者正在发。说「推送情况」看看。')
    }
    return noted
  }

  /** Reminds the employee who has yet to send this delivery. @throws {@link Refusal} if that was just done */
  async function remind(broadcast: Broadcast, key: string): Promise<void> {
    const { deliveries } = await progressOf(broadcast)
    const delivery = deliveries.find(one => one.key === key)
    if (delivery?.state !== 'waiting' || !delivery.messageId) throw new Refusal(stale)
    checkNotEnded(broadcast, deliveries)
    const whyNot = await groupTasks.remind(delivery.messageId)
    if (whyNot) throw new Refusal(whyNot)
  }

  /** Records manual sending of single deliveries. */
  async function recordManualKeys(by: RecordedActor, keys: readonly string[]): Promise<void> {
    const noted = await outbox.markSent([...keys], by.name)
    if (noted.length === 0) throw new Refusal('没有记下：这些刚才已经发出去了，或者有人处理过。')
  }

  return {
    remind,
    ...createWithdrawals(parts),
    recordManualKeys,
    resend,
    resendPreview,
    settle,
    recordManual,
  }
}

/** Whether the delivery certainly did not arrive, so that sending again cannot double it. */
const isMissing = (state: Delivery['state']) => state === 'failed' || state === 'expired'

/** The deliveries that {@link createCorrections} may send again; none of a broadcast that was cancelled or recalled. */
export const isResendable = ({
  broadcast,
  deliveries,
}: Pick<Progress, 'broadcast' | 'deliveries'>): Delivery[] =>
  isCalledOff(broadcast) ? [] : deliveries.filter(({ state }) => isMissing(state))

/** Whether people called it off: nothing of it is sent any more. */
export const isCalledOff = ({ state }: Pick<Broadcast, 'state'>) => state === 'cancelled'

function checkNotEnded(broadcast: Broadcast, deliveries: readonly Delivery[]) {
  if (!isCalledOff(broadcast)) return
  const how = deliveries.some(({ state }) => state === 'recalled') ? '撤回' : '取消'
  throw new Refusal(`推送 ${broadcast.number} 已经${how}了，不会补发。要再发，请另写一条。`)
}

/** Says why no group is missing it: it never went out, or it reached all. */
function whyNoneMissing({ number, state }: Broadcast): string {
  if (state === 'expired') return `推送 ${number} 过了时间，没有发，不能补发。还要发的话，请另写一条。`
  if (state !== 'posted' && state !== 'queued') return `推送 ${number} 还没有发，没有要补发的群。`
  return `推送 ${number} 没有要补发的群。`
}

const stale = '刚才有人处理过，这里显示的已经旧了。请重新看过再决定。'
const keysOf = (deliveries: readonly Delivery[]) => deliveries.map(({ key }) => key)

/** Refuses a second press, or one on an outdated page. */
function checkSeen(progress: Progress, attemptsSeen: number | undefined) {
  if (attemptsSeen !== undefined && attemptsSeen !== attemptsOf(progress)) throw new Refusal(stale)
}

/** The number of repeated sends. */
export function attemptsOf({ deliveries }: Progress): number {
  return deliveries.reduce((sum, { history }) => sum + history.length, 0)
}

/** 「另有 2 个群不确定…」; empty if all are known. */
export function sayUnknown(unknown: number): string {
  if (unknown === 0) return ''
  return `另有 ${unknown} 个群不确定到没到，不会自动重发：请到群里看一眼，再在控制台点「确认已到」或「没到，重发」。`
}
