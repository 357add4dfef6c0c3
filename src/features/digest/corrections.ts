import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import type { Delivery } from '../../outbox/index.ts'
import type { Progress } from './broadcasts.ts'
import type { DigestContext } from './context.ts'
import type { Broadcast, BroadcastActor } from './records.ts'
import { sendableUntil } from './validity.ts'

/** What came of sending again: to which groups, and which were left out since they are not bound any more. */
export type Resent = { broadcast: Broadcast; again: Delivery[]; unbound: number; unknown: number }

type CorrectionParts = DigestContext & {
  progressOf(broadcast: Broadcast): Promise<Progress>
}

/** What a person has looked at and decides, group by group. */
export function createCorrections(parts: CorrectionParts) {
  const { clock, outbox, directory, book, shelfLifeMinutes, progressOf } = parts

  /** Sends once more to the groups that it certainly did not reach; never to those where that is not known. */
  async function resend(broadcast: Broadcast, by: BroadcastActor, attemptsSeen?: number): Promise<Resent> {
    const progress = await progressOf(broadcast)
    checkSeen(progress, attemptsSeen)
    const missing = progress.deliveries.filter(({ state }) => isMissing(state))
    const unknown = progress.deliveries.filter(({ state }) => state === 'unknown').length
    if (missing.length === 0)
      throw new Refusal(`推送 ${broadcast.number} 没有要补发的群。${sayUnknown(unknown)}`)
    const bound = await boundOnly(missing)
    if (bound.length === 0) throw new Refusal('没送到的群都已经解绑了，没有补发。')
    const notAfter = await untilFor(broadcast, bound.length)
    const again = await outbox.sendAgain(keysOf(bound), { from: 'failed', by: by.name, notAfter })
    return { broadcast, again, unbound: missing.length - bound.length, unknown }
  }

  async function boundOnly(deliveries: readonly Delivery[]): Promise<Delivery[]> {
    const groups = new Set((await directory.groups()).map(({ id }) => id))
    return deliveries.filter(({ target }) => 'groupId' in target && groups.has(target.groupId))
  }

  /** What reached nobody may have been composed again since: who gets that one needs no old one. */
  async function untilFor(broadcast: Broadcast, groups: number): Promise<Temporal.Instant> {
    const { number, state, goodUntil, items } = broadcast
    if (state === 'cancelled') throw new Refusal(`推送 ${number} 已经取消了，不会补发。`)
    const later = (await Promise.all(items.map(({ id }) => book.toldIn(id)))).flat()
    const latest = await latestDigest(later.filter(other => other > number))
    if (latest) throw new Refusal(`推送 ${number} 的条目后来在推送 ${latest} 里又发过，不用补发。`)
    const { opensAt } = outbox.window(clock.now())
    const minutes = shelfLifeMinutes + Math.ceil(outbox.estimateSeconds(groups) / 60)
    const until = sendableUntil(opensAt, minutes, goodUntil)
    if (!until) throw new Refusal(`推送 ${number} 里有条目已经过了有效期，不能再补发。`)
    return until
  }

  /** A reminder of the same items is not the digest once more. */
  async function latestDigest(numbers: readonly number[]): Promise<number | undefined> {
    for (const number of [...numbers].sort((a, b) => b - a)) {
      if ((await book.get(number))?.kind === 'digest') return number
    }
    return undefined
  }

  /** Somebody has looked into a group of which it was not known whether it had arrived. */
  async function settle(
    broadcast: Broadcast,
    key: string,
    decided: BroadcastActor & { hasArrived: boolean },
  ) {
    const { deliveries } = await progressOf(broadcast)
    const delivery = deliveries.find(one => one.key === key)
    if (delivery?.state !== 'unknown') throw new Refusal(stale)
    if (decided.hasArrived) return void (await outbox.vouch([key], decided.name))
    const whyNot = outbox.whyNotAgain()
    if (whyNot) throw new Refusal(whyNot)
    const [bound] = await boundOnly([delivery])
    if (!bound) throw new Refusal('这个群已经解绑了，没有重发。')
    const notAfter = await untilFor(broadcast, 1)
    await outbox.sendAgain([key], { from: 'unknown', by: decided.name, notAfter })
  }

  /** Somebody sent it by hand: to that group, or to all that the bot has not reached. */
  async function noteByHand(
    broadcast: Broadcast,
    by: BroadcastActor,
    groupName?: string,
  ): Promise<Delivery[]> {
    const { deliveries } = await progressOf(broadcast)
    const named = broadcast.groups.filter(({ name }) => name === groupName)
    if (groupName !== undefined && named.length === 0) {
      const names = broadcast.groups.map(({ name }) => name).join('、')
      throw new Refusal(`推送 ${broadcast.number} 没有叫「${groupName}」的群。有：${names}。`)
    }
    const isMeant = ({ target }: Delivery) =>
      groupName === undefined || named.some(({ id }) => 'groupId' in target && id === target.groupId)
    const noted = await outbox.sentByHand(keysOf(deliveries.filter(isMeant)), by.name)
    if (noted.length === 0) {
      throw new Refusal('没有要记的：这些群已经送到了，或者正在发。说「推送情况」看看。')
    }
    return noted
  }

  return { resend, settle, noteByHand }
}

/** Whether it certainly did not arrive, so that sending again is no second time. */
export const isMissing = (state: Delivery['state']) => state === 'failed' || state === 'expired'

const stale = '这一页已经旧了，刚才有人处理过。请刷新再看。'
const keysOf = (deliveries: readonly Delivery[]) => deliveries.map(({ key }) => key)

/** One press is one attempt: pressed twice, or on an old page, it was meant for attempts that are over. */
function checkSeen(progress: Progress, attemptsSeen: number | undefined) {
  if (attemptsSeen !== undefined && attemptsSeen !== attemptsOf(progress)) throw new Refusal(stale)
}

/** How often something of it was sent again. */
export function attemptsOf({ deliveries }: Progress): number {
  return deliveries.reduce((sum, { history }) => sum + history.length, 0)
}

/** 「另有 2 个群不确定…」; nothing where all is known. */
export function sayUnknown(unknown: number): string {
  if (unknown === 0) return ''
  return `另有 ${unknown} 个群不确定到没到，不会自动重发：请到群里看一眼，再在控制台点「确认已到」或「没到，重发」。`
}
