import { Temporal } from 'temporal-polyfill'
import type { Message } from '../../ports/chat.ts'

/** Smaller differences are the time of delivery: the clocks count as equal. */
const agreeMs = 60_000
/** The skew is the median over this many of the latest messages. */
const mostOffsets = 9
/** Fewest messages that show how far the clocks are apart; before, a strange time is not believed. */
const leastOffsets = 3

/**
 * Corrects send times by the difference between the platform's clock and ours, so that a clock that is off by minutes
 * makes no message look old or from the future.
 */
export function createMessageTimes() {
  /** By how much the times of the last messages were ahead of ours, ms; negative: behind. */
  const offsets: number[] = []

  /** By how much the platform's clock is ahead of ours; 0 where they agree, or no message has told yet. */
  function skewMs(): number {
    const middle = offsets.toSorted((a, b) => a - b)[offsets.length >> 1] ?? 0
    return Math.abs(middle) <= agreeMs ? 0 : middle
  }

  /** @param isReplay the message may have waited at the platform, so its send time is kept, corrected by the difference */
  return (message: Message, isReplay: boolean): Message => {
    const { sentAt, receivedAt } = message
    const offsetMs = sentAt.epochMilliseconds - receivedAt.epochMilliseconds
    if (isReplay) return sentBy(message, sentAt.subtract({ milliseconds: skewMs() }))
    offsets.push(offsetMs)
    if (offsets.length > mostOffsets) offsets.shift()
    if (Math.abs(offsetMs) <= agreeMs) return sentBy(message, sentAt)
    // Between clocks that are known, a message that is late was delayed on its way.
    const corrected = sentAt.subtract({ milliseconds: skewMs() })
    const isPast = Temporal.Instant.compare(corrected, receivedAt) <= 0
    return sentBy(message, isPast && offsets.length >= leastOffsets ? corrected : receivedAt)
  }
}

/** The message with this time of sending, or that of its receipt, whichever is earlier. */
function sentBy(message: Message, sentAt: Temporal.Instant): Message {
  const { receivedAt } = message
  return { ...message, sentAt: Temporal.Instant.compare(sentAt, receivedAt) < 0 ? sentAt : receivedAt }
}
