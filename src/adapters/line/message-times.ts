import { Temporal } from 'temporal-polyfill'
import type { Message } from '../../ports/chat.ts'
import type { KnownSkew } from './handlers.ts'

/** Smaller differences are the time of delivery: the clocks count as equal. */
const agreeMs = 60_000
/** Smaller changes of the skew are not reported. */
const sameMs = 10_000
const mostOffsets = 9
/** Fewest messages that prove a skew; before that a time that differs is replaced by the time of receipt. */
const leastOffsets = 3

type TimesParts = {
  /** The skew as it was left by an earlier run. */
  known: KnownSkew
  onChange(known: KnownSkew): void
}

/**
 * Corrects send times by the difference between the platform's clock and ours, so that a clock that is off by minutes
 * makes no message look old or from the future. For platforms that stamp each message themselves as it is sent: the
 * median of the last nine differences is the skew, and no echo has to prove it.
 */
export function createMessageTimes({ known, onChange }: TimesParts) {
  /** The lead of the last messages' times over our clock, ms; negative: behind. */
  const offsets: number[] = []
  /** The lead of the platform's clock over ours; 0 where they agree or too few messages were measured. */
  let { skewMs, isProven } = known

  function measure(offsetMs: number) {
    offsets.push(offsetMs)
    if (offsets.length > mostOffsets) offsets.shift()
    if (offsets.length < leastOffsets) return
    isProven = true
    const medianMs = offsets.toSorted((a, b) => a - b)[offsets.length >> 1] ?? 0
    const next = Math.abs(medianMs) <= agreeMs ? 0 : medianMs
    if (Math.abs(next - skewMs) < sameMs) return
    skewMs = next
    onChange({ skewMs, isProven })
  }

  /** A skew of an earlier run is void once a message agrees with our clock: an operator has set it. */
  function dropSkew() {
    if (skewMs === 0) return
    skewMs = 0
    onChange({ skewMs, isProven })
  }

  /**
   * @param isReplay the message may have waited at the platform, so its send time is
   *   kept, corrected by the difference
   */
  return (message: Message, isReplay: boolean): Message => {
    const { sentAt, receivedAt } = message
    const offsetMs = sentAt.epochMilliseconds - receivedAt.epochMilliseconds
    if (offsets.length < leastOffsets && Math.abs(offsetMs) <= agreeMs) dropSkew()
    if (isReplay) return sentBy(message, sentAt.subtract({ milliseconds: skewMs }))
    measure(offsetMs)
    // Also with a skew: a clock that was just set is likelier than a delay as long as the skew.
    if (Math.abs(offsetMs) <= agreeMs) return sentBy(message, sentAt)
    // Between clocks that are known, a message that is late was delayed on its way.
    const corrected = sentAt.subtract({ milliseconds: skewMs })
    const isPast = Temporal.Instant.compare(corrected, receivedAt) <= 0
    return sentBy(message, isPast && isProven ? corrected : receivedAt)
  }
}

/** The message with this time of sending, or that of its receipt, whichever is earlier. */
function sentBy(message: Message, sentAt: Temporal.Instant): Message {
  const { receivedAt } = message
  return { ...message, sentAt: Temporal.Instant.compare(sentAt, receivedAt) < 0 ? sentAt : receivedAt }
}
