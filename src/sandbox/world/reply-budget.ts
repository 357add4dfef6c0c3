import type { Temporal } from 'temporal-polyfill'
import type { LineTraits } from '../../ports/line-traits.ts'

/** A message of a conversation as the platform counts it: one that the bot heard, or one of its own. */
type Counted = { byBot: boolean; at: Temporal.Instant }

/**
 * Whether the bot's next message still counts as a reply. Each of its messages takes a reply of the latest message that
 * allowed one.
 * @param said in their order
 * @param replies undefined: the platform has no replies apart from other messages
 */
export function isReplyLeft(
  said: readonly Counted[],
  replies: LineTraits['replies'],
  now: Temporal.Instant,
): boolean {
  if (!replies) return false
  const { count, windowMs } = replies
  const heard: { at: Temporal.Instant; left: number }[] = []
  const open = (at: Temporal.Instant) =>
    heard.findLast(one => one.left > 0 && at.since(one.at).total('milliseconds') <= windowMs)
  for (const { byBot, at } of said) {
    const taken = byBot ? open(at) : undefined
    if (!byBot) heard.push({ at, left: count })
    else if (taken) taken.left -= 1
  }
  return open(now) !== undefined
}
