import { recentlyUsed } from '../../lib/recently-used.ts'
import { type LineTraits, qqTraits } from '../../ports/line-traits.ts'

/** A reply to a received message: the same pair sent again is not sent twice. */
export type Passive = { msg_id: string; msg_seq: number }

const mostConversations = 1000
const budget: NonNullable<LineTraits['replies']> = qqTraits.replies ?? { count: 5, windowMs: 300_000 }
/** Kept free at the end of the window, so that a reply taken there still arrives within it. */
const marginMs = 10_000

/** The replies that received messages still allow, by conversation. */
export function createReplyBudget(nowMs: () => number = () => performance.now()) {
  const open = recentlyUsed<{ id: string; untilMs: number; used: number }[]>(mostConversations)

  const usable = (key: string) =>
    (open.get(key) ?? []).filter(one => one.untilMs > nowMs() && one.used < budget.count)

  return {
    noteReceived(key: string, id: string) {
      const known = usable(key)
      if (known.some(one => one.id === id)) return
      const untilMs = nowMs() + budget.windowMs - marginMs
      open.set(key, [...known, { id, untilMs, used: 0 }].slice(-budget.count))
    },
    /** The next reply of the latest message that allows one; undefined where none does. */
    take(key: string): Passive | undefined {
      const latest = usable(key).at(-1)
      if (!latest) return undefined
      latest.used += 1
      return { msg_id: latest.id, msg_seq: latest.used }
    },
    /** The platform does not take replies to this message any more. */
    close(key: string, id: string) {
      open.set(
        key,
        usable(key).filter(one => one.id !== id),
      )
    },
  }
}
