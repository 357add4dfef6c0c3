import { Temporal } from 'temporal-polyfill'
import type { Message } from '../../ports/chat.ts'

/** Clocks that differ by less agree; the rest is the way that a message takes. */
const agreeMs = 60_000
const mostOffsets = 9

/**
 * Puts the platform's times of sending into ours, whatever the clocks say: one that is off by minutes must not make
 * every message old, or one from the future.
 */
export function createMessageTimes() {
  /** By how much the times of the last messages were ahead of ours, ms; negative: behind. */
  const offsets: number[] = []

  /** By how much the platform's clock is ahead of ours; 0 where they agree, or no message has told yet. */
  function skewMs(): number {
    const middle = offsets.toSorted((a, b) => a - b)[offsets.length >> 1] ?? 0
    return Math.abs(middle) <= agreeMs ? 0 : middle
  }

  /** @param isReplay the message may have waited at the platform: what its time says is believed */
  return (message: Message, isReplay: boolean): Message => {
    const { sentAt, receivedAt } = message
    const offsetMs = sentAt.epochMilliseconds - receivedAt.epochMilliseconds
    if (isReplay) return sentBy(message, sentAt.subtract({ milliseconds: skewMs() }))
    offsets.push(offsetMs)
    if (offsets.length > mostOffsets) offsets.shift()
    return sentBy(message, Math.abs(offsetMs) <= agreeMs ? sentAt : receivedAt)
  }
}

/** The message with this time of sending, or that of its receipt, whichever is earlier. */
function sentBy(message: Message, sentAt: Temporal.Instant): Message {
  const { receivedAt } = message
  return { ...message, sentAt: Temporal.Instant.compare(sentAt, receivedAt) < 0 ? sentAt : receivedAt }
}
