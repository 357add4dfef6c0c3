import { Temporal } from 'temporal-polyfill'
import type { Message } from '../ports/chat.ts'

/** Platform clocks run ahead by a little; a message from further in the future has a wrong time. */
const clockSkewSeconds = 60
/** The year in which WeChat began: what is older comes from a clock that was never set. */
const earliest = Temporal.Instant.from('2011-01-01T00:00:00+08:00')

/**
 * The message with a time of sending that can be: where the platform's is zero or from the future, the time it
 * was received stands for it. A time that is merely long ago is believed, since lines that were down deliver late.
 */
export function withBelievableTime(message: Message): Message {
  const { sentAt, receivedAt } = message
  const isBelievable =
    Temporal.Instant.compare(sentAt, earliest) >= 0 &&
    receivedAt.until(sentAt).total('seconds') <= clockSkewSeconds
  return isBelievable ? message : { ...message, sentAt: receivedAt }
}

/**
 * Whether an answer would come too late to be understood.
 * @param at when it would be given
 * @param staleMinutes how old a message may be, from 0 on
 */
export function isStale({ sentAt }: Pick<Message, 'sentAt'>, at: Temporal.Instant, staleMinutes: number) {
  return sentAt.until(at).total('minutes') > staleMinutes
}
