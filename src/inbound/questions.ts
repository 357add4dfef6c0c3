import type { Message } from '../ports/chat.ts'
import { fold } from '../text/fold.ts'
import { intentsOf } from '../text/intents.ts'
import { unitsOf } from '../text/tokens.ts'

/** How long to wait for the rest of what looks unfinished, and for more after what might be all. */
export type BurstWaits = { forRestMs: number; forMoreMs: number }

/**
 * After 「请问」 something always comes, as fast as people type. After a topic by itself, or a question that came in
 * pieces, something may come: too short a wait to be noticed by a sender who is done.
 */
export const burstWaits: BurstWaits = { forRestMs: 3000, forMoreMs: 1200 }

/** People type the next piece within this; platforms count in seconds. */
const gapSeconds = 3
/** More pieces than these are not one question. */
const mostPieces = 8
/** Number of characters from which a question is taken for complete. */
const longestPiece = 40
/** A topic by itself, 「高企」 or 「一次性创业补贴」. */
const longestTopicUnits = 10

const opener =
  /^(?:(?:请问|请教|咨询|打扰|问|想问|我想问|想请教|想咨询|麻烦问)(?:[一1]?下|[一1]?个(?:问题|事))?|你好|您好|大家好|老师好?|在吗|在不在|有人吗|hi|hello|嗨|哈喽|那个|就是|[\s,，.。!！~～?？啊呀哈呢])+$/u

/** Kind of a text typed so far: only the beginning, a topic of which nothing is asked, or a whole question. */
export function shapeOf(text: string): 'opener' | 'topic' | 'whole' {
  if (text.length > longestPiece * mostPieces) return 'whole'
  const folded = fold(text)
  if (folded !== '' && opener.test(folded)) return 'opener'
  const units = unitsOf(folded).length
  const isTopic = units > 0 && units <= longestTopicUnits && intentsOf(folded) === 0
  return isTopic && !endsSentence(folded) ? 'topic' : 'whole'
}

/**
 * How long to wait before answering these pieces of one person, oldest first. A whole question that comes alone
 * does not wait; one that came in pieces might go on, but not when its last piece ends it.
 */
export function waitMsFor(pieces: readonly string[], { forRestMs, forMoreMs }: BurstWaits): number {
  const last = pieces.at(-1) ?? ''
  if (pieces.length >= mostPieces || last.length > longestPiece) return 0
  const shape = shapeOf(pieces.join('\n'))
  if (shape === 'opener') return forRestMs
  if (shape === 'topic') return pieces.length > 1 ? forRestMs : forMoreMs
  return pieces.length > 1 && !endsSentence(fold(last)) ? forMoreMs : 0
}

/**
 * Whether the later message goes on with the earlier, by when they were sent: a line
 * that was down gives all at once.
 */
export function isContinuation(earlier: Pick<Message, 'sentAt'>, later: Pick<Message, 'sentAt'>): boolean {
  const seconds = (message: Pick<Message, 'sentAt'>) => Math.floor(message.sentAt.epochMilliseconds / 1000)
  return Math.abs(seconds(later) - seconds(earlier)) <= gapSeconds
}

/** The pieces as one message: on lines of their own, so that two whole questions stay two. */
export function asOneMessage(pieces: readonly Message[]): Message | undefined {
  const last = pieces.at(-1)
  return last && { ...last, text: pieces.map(({ text }) => text).join('\n') }
}

const endsSentence = (folded: string) => /(?:[?？!！。]|吗|呢|么)$/u.test(folded)
