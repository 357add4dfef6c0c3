import { recentlyUsed } from '../../lib/recently-used.ts'
import { type LineTraits, qqTraits } from '../../ports/line-traits.ts'

/** A reply to a received message: the same pair sent again is not sent twice. */
export type Passive = { msg_id: string; msg_seq: number }

const mostConversations = 1000
const budget: NonNullable<LineTraits['replies']> = qqTraits.replies ?? { count: 5, windowMs: 300_000 }
/** Replies to one message in a private chat. */
const privateCount = 4
/** Messages of a conversation that are remembered; of more, the oldest are forgotten. */
const mostMessages = 10
/** Kept free at the end of the window, so that a reply taken there still arrives within it. */
const marginMs = 10_000

/** The replies that received messages still allow, by conversation as `targetKey` names it. */
export function createReplyBudget(nowMs: () => number = () => performance.now()) {
  const received =
    recentlyUsed<{ id: string; untilMs: number; left: number; used: number }[]>(mostConversations)

  const recent = (key: string) => (received.get(key) ?? []).filter(one => one.untilMs > nowMs())

  return {
    /** A message that comes again allows no more than before. */
    noteReceived(key: string, id: string) {
      const known = recent(key)
      if (known.some(one => one.id === id)) return
      const untilMs = nowMs() + budget.windowMs - marginMs
      const left = key.startsWith('p ') ? privateCount : budget.count
      received.set(key, [...known, { id, untilMs, left, used: 0 }].slice(-mostMessages))
    },
    /** The next reply of the latest message that allows one; undefined where none does. */
    take(key: string): Passive | undefined {
      const latest = recent(key).findLast(one => one.left > 0)
      if (!latest) return undefined
      latest.used += 1
      latest.left -= 1
      return { msg_id: latest.id, msg_seq: latest.used }
    },
    /** The platform does not take replies to this message any more. */
    close(key: string, id: string) {
      for (const one of recent(key)) if (one.id === id) one.left = 0
    },
  }
}
