import type { Temporal } from 'temporal-polyfill'
import type { MaybePromise } from '../../../lib/promises.ts'
import { expiring } from '../../../lib/recently-used.ts'
import type { Chat, Message, Reply, Target } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { ChatEcho, KnownSkew } from '../../line/handlers.ts'

/** Less is the time that a message takes, and the platform's rounding. */
const leastSkewMs = 30_000
/** A message whose time is off by more is late, or the clocks differ. */
const oddMs = 90_000
/** Platforms count in seconds. */
const sameMs = 1500
/** Two messages that are late by the same time and arrive this far apart were not waiting together. */
const apartMs = 2000
/** Senders who are late by the same time: more than type in one second by chance. */
const manySenders = 3
const holdMs = 4000
const burstMs = 10_000
const proofMs = 10 * 60_000
/** An echo shows the platform's time at least this often, ms. */
const echoTimeMs = 60_000
const mostSamples = 100
/** An echo comes at once; a later one is a redelivery. */
const echoMs = 30_000
/** Mentions stand before the text, and some platforms cut a long one. */
const echoedCharacters = 40

/** The error of a message's time, its arrival by the machine's clock, and its sender. */
type Sample = { offsetMs: number; atMs: number; senderId: string }

export type ClockSkew = ReturnType<typeof createClockSkew>

/**
 * Measures how far the platform's clock is ahead of ours (negative: behind), and corrects the times of messages. Our
 * own echoes prove it; until then messages that are all off by the same time do.
 * @param options.nowMs the machine's time, monotonic
 */
export function createClockSkew(options: {
  known: KnownSkew
  nowMs?: () => number
  onChange(known: KnownSkew): void
}) {
  const { nowMs = () => performance.now(), onChange } = options
  let { skewMs, isProven } = options.known
  let provenAtMs = Number.NEGATIVE_INFINITY
  let isInDoubt = false
  const samples: Sample[] = []
  const held = new Set<() => void>()

  function adopt(measuredMs: number, byEcho: boolean) {
    const next = Math.abs(measuredMs) < leastSkewMs ? 0 : Math.round(measuredMs / 1000) * 1000
    // Times come in whole seconds, so a difference of one second is no change.
    const hasChanged = Math.abs(next - skewMs) > sameMs
    if (hasChanged) skewMs = next
    if (byEcho) {
      provenAtMs = nowMs()
      isInDoubt = false
    }
    if (hasChanged || (byEcho && !isProven)) onChange({ skewMs, isProven: isProven || byEcho })
    isProven ||= byEcho
    if (hasChanged) samples.length = 0
    release()
  }

  function release() {
    for (const wake of held) wake()
    held.clear()
  }

  const corrected = (at: Temporal.Instant) => (skewMs === 0 ? at : at.subtract({ milliseconds: skewMs }))
  const isOdd = (offsetMs: number) => Math.abs(offsetMs - skewMs) > oddMs
  const isAlike = (a: Sample, b: Sample) => Math.abs(a.offsetMs - b.offsetMs) <= sameMs

  function adoptIfConsistent(newest: Sample) {
    if (!isOdd(newest.offsetMs) || isInBurst(newest)) return
    const alike = samples.filter(one => isAlike(one, newest))
    const isSpaced = alike.some(one => newest.atMs - one.atMs >= apartMs)
    const isCrowd = new Set(alike.map(({ senderId }) => senderId)).size >= manySenders
    const isComplete = nowMs() - newest.atMs >= holdMs / 2
    if (isSpaced || (isCrowd && isComplete)) adopt(newest.offsetMs, false)
  }

  /** Messages that waited somewhere arrive together, and are late by different times. */
  function isInBurst(sample: Sample): boolean {
    return samples.some(one => Math.abs(one.atMs - sample.atMs) < burstMs && !isAlike(one, sample))
  }

  async function hold(sample: Sample) {
    const leftMs = sample.atMs + holdMs - nowMs()
    if (leftMs <= 0 || !isOdd(sample.offsetMs)) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, leftMs)
    held.add(resolve)
    await promise
    clearTimeout(timer)
    held.delete(resolve)
    adoptIfConsistent(sample)
  }

  const isLate = ({ offsetMs }: Sample) => isOdd(offsetMs) && offsetMs < skewMs
  const isUnproven = () => nowMs() - provenAtMs > proofMs

  function correctedMessage(message: Message, sample: Sample): Message {
    const sentAt = corrected(message.sentAt)
    const isDoubtful = isLate(sample) && isUnproven() && !isInBurst(sample)
    const isForUs = message.mentionsBot || message.groupId === undefined
    if (!isDoubtful || !isForUs) return { ...message, sentAt }
    // Answering one is the only way to see an echo.
    return isProven
      ? { ...message, sentAt, isTimeDoubtful: true }
      : { ...message, sentAt: message.receivedAt }
  }

  return {
    /** A time by our clock, from one by the platform's. */
    corrected,
    /** One of our own messages came back that was sent just now. */
    noteEcho: (sentAt: Temporal.Instant, at: Temporal.Instant) =>
      adopt(sentAt.epochMilliseconds - at.epochMilliseconds, true),
    /** Whether the next echo has to show its time: the last one is old, or a message's time was odd since. */
    isEchoTimeDue: () => isInDoubt || nowMs() - provenAtMs >= echoTimeMs,

    /** A message arrives. @returns what its time says; pass it to `correct`. */
    note({ sentAtMs, at, senderId }: { sentAtMs: number; at: Temporal.Instant; senderId: string }): Sample {
      const sample = { offsetMs: sentAtMs - at.epochMilliseconds, atMs: nowMs(), senderId }
      if (!isOdd(sample.offsetMs)) return sample
      isInDoubt = true
      samples.push(sample)
      if (samples.length > mostSamples) samples.shift()
      adoptIfConsistent(sample)
      return sample
    },

    /** The message with its time by our clock. A late one waits some seconds for others that show whose fault it is. */
    correct(message: Message, sample: Sample): MaybePromise<Message> {
      if (!isLate(sample) || !isUnproven()) return correctedMessage(message, sample)
      return hold(sample).then(() => correctedMessage(message, sample))
    },
    /** Hands on every message that waits. */
    release,
  }
}

/** For a platform that stamps messages by the bot's own clock: it measures nothing, and times stay as they are. */
export const unmeasuredSkew: ClockSkew = {
  corrected: at => at,
  noteEcho: () => {},
  isEchoTimeDue: () => false,
  note: ({ sentAtMs, at, senderId }) => ({ offsetMs: sentAtMs - at.epochMilliseconds, atMs: 0, senderId }),
  correct: message => message,
  release: () => {},
}

type EchoParts = { skew: ClockSkew; clock: Clock; onEcho(echo: ChatEcho): void }

/** Measures the skew by the echo of each message that is sent over `chat`. */
export function watchEchoes(chat: Chat, { skew, clock, onEcho }: EchoParts) {
  const awaited = expiring<true>(200, { ttlMs: echoMs })
  const keyOf = (target: Target, text: string) =>
    `${'groupId' in target ? target.groupId : target.personId}\n${text.trim().slice(-echoedCharacters)}`

  return {
    chat: {
      say(target: Target, reply: Reply, deadlineMs: number) {
        if (reply.text && skew.isEchoTimeDue()) awaited.set(keyOf(target, reply.text), true)
        return chat.say(target, reply, deadlineMs)
      },
    },
    noteEcho(echo: ChatEcho) {
      // Some gateways give echoes no time, and those that are known by their ids have none.
      const hasTime = echo.sentAt.epochMilliseconds > 0
      const isNew = hasTime && awaited.delete(keyOf(echo.target, echo.text))
      if (isNew) skew.noteEcho(echo.sentAt, clock.now())
      onEcho({ ...echo, sentAt: skew.corrected(echo.sentAt) })
    },
  }
}
