import type { Temporal } from 'temporal-polyfill'
import type { Message } from '../ports/chat.ts'
import { withoutLongBlanks } from '../text/characters.ts'

/** Platform clocks run ahead by a little; a message from further in the future has a wrong time. */
const clockSkewMs = 60_000
/** The year in which WeChat began: what is older comes from a clock that was never set. */
const earliestMs = Date.parse('2011-01-01T00:00:00+08:00')

/** Characters that {@link readableText} removes or replaces; most texts have none. */
const unreadable = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\s{41}/u

/**
 * Text without what would break whatever it is written into, a table or the line: half characters, control
 * characters but the line break, marks that turn the direction of reading around, and very long runs of blanks.
 */
export function readableText(text: string): string {
  if (text.isWellFormed() && !unreadable.test(text)) return text
  const bare = text
    .toWellFormed()
    .replaceAll('\t', ' ')
    .replace(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '')
  return withoutLongBlanks(bare)
}

/** The message as all features may trust it, in its characters and its times; ids stay as they are. */
export function asReceived(message: Message): Message {
  const { text, senderName, groupName } = message
  return withBelievableTime({
    ...message,
    text: readableText(text),
    senderName: readableText(senderName),
    ...(groupName === undefined ? {} : { groupName: readableText(groupName) }),
  })
}

/**
 * The message with a time of sending that can be: where the platform's is zero or from the future, the time it
 * was received stands for it. A time that is merely long ago is believed, since lines that were down deliver late.
 */
export function withBelievableTime(message: Message): Message {
  return isTimeBelievable(message) ? message : { ...message, sentAt: message.receivedAt }
}

/** False for a time of sending that is zero, in other units, or in the future. */
export function isTimeBelievable({ sentAt, receivedAt }: Pick<Message, 'sentAt' | 'receivedAt'>): boolean {
  const sentMs = sentAt.epochMilliseconds
  return sentMs >= earliestMs && sentMs - receivedAt.epochMilliseconds <= clockSkewMs
}

/**
 * Whether an answer would come too late to be understood.
 * @param at when it would be given
 * @param staleMinutes how old a message may be, from 0 on
 */
export function isStale({ sentAt }: Pick<Message, 'sentAt'>, at: Temporal.Instant, staleMinutes: number) {
  return at.epochMilliseconds - sentAt.epochMilliseconds > staleMinutes * 60_000
}
