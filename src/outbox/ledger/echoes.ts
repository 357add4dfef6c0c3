import { recentlyUsed } from '../../lib/recently-used.ts'
import type { Reply, Target } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { DeliveryLedger } from './ledger.ts'
import type { StoredDelivery } from './records.ts'
import { type Awaiting, type Echo, matchEcho, targetId } from './rules.ts'

/** Ids remembered of echoes that arrive before the line has returned the message's id. */
const mostEarly = 200
/** How long an echo that comes before its message's id is kept, ms; later the same id may be another message's. */
const earlyMs = 120_000
/** How long an echo may still prove that a refused message arrived, ms. */
const refusedMs = 10 * 60_000

export type Echoes = ReturnType<typeof createEchoes>

/** Matches echoes to the deliveries that still wait for one. */
export function createEchoes(ledger: DeliveryLedger, clock: Pick<Clock, 'now'>) {
  const awaiting = new Map<string, Awaiting & { sinceMs: number }>()
  const nowMs = () => clock.now().epochMilliseconds
  /** The key holds the target too, since some gateways use an id again in another chat. */
  const early = recentlyUsed<{ atMs: number }>(mostEarly)
  const earlyKey = (target: Target, messageId: string) => `${targetId(target)} ${messageId}`

  /**
   * An echo that no delivery waits for, as that of a reply, or one that comes twice,
   * proves nothing of a later message.
   */
  function remember({ target, messageId }: Echo) {
    const isAwaited = [...awaiting.values()].some(
      one => one.messageId === undefined && targetId(one.target) === targetId(target),
    )
    if (isAwaited) early.set(earlyKey(target, messageId), { atMs: nowMs() })
  }

  function takeEarly(target: Target, messageId: string): boolean {
    const key = earlyKey(target, messageId)
    const heard = early.get(key)
    early.delete(key)
    return heard !== undefined && Math.abs(nowMs() - heard.atMs) < earlyMs
  }

  return {
    expect({ key, value: { target, messageId } }: StoredDelivery, { text, file }: Reply) {
      awaiting.set(key, { key, target, text: text ?? file?.name ?? '', messageId, sinceMs: nowMs() })
    },
    /**
     * The line took it and told us the message's id.
     * @returns whether that was heard back already, as a picture is, which has no words to be known by
     */
    learn(key: string, messageId: string): boolean {
      const known = awaiting.get(key)
      if (known) awaiting.set(key, { ...known, messageId })
      return known !== undefined && takeEarly(known.target, messageId)
    },
    match(echo: Echo): string | undefined {
      if (awaiting.size === 0) return undefined
      const found = matchEcho(awaiting.values(), echo)
      if (!found) remember(echo)
      return found?.key
    },
    /** Records the arrival and stops waiting. */
    async confirm(key: string, messageId: string) {
      await ledger.record(key, 'echoed', { messageId })
      awaiting.delete(key)
    },
    /** The delivery of these words that has no message yet gets this one. @returns whether there is one, or was */
    async takeTask(task: Echo): Promise<boolean> {
      const open = [...awaiting.values()].filter(
        ({ messageId: id }) => id === undefined || id === task.messageId,
      )
      const found = matchEcho(open, task)
      if (!found || found.messageId === task.messageId) return found !== undefined
      const { messageId } = task
      const reason = '上一次没有等到回答，其实任务已经建好了'
      if (!(await ledger.record(found.key, 'task-found', { messageId, reason }))) return false
      awaiting.set(found.key, { ...found, messageId, sinceMs: nowMs() })
      return true
    },
    /** Stops waiting for deliveries that are closed; a gateway that refuses a message may have sent it all the same. */
    async prune() {
      const left = new Set((await ledger.unfinished()).map(({ key }) => key))
      for (const [key, { sinceMs }] of awaiting)
        if (!left.has(key) && Math.abs(nowMs() - sinceMs) > refusedMs) awaiting.delete(key)
    },
  }
}
