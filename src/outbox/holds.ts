import type { Temporal } from 'temporal-polyfill'
import type { Target } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Brake } from './brake.ts'
import type { ReplyLimits } from './limits.ts'
import { type QuietHours, quietUntil } from './quiet.ts'
import { isPersonal, type StoredDelivery } from './records.ts'
import { drawNextGroupGapMs, gapLeftMs, type LastSend, type Pace } from './rules.ts'
import type { Usage } from './usage.ts'

/** Why something that is due does not go out at once. */
export type Why = 'pace' | 'paused' | 'line-down' | 'day-cap' | 'night'
export type Hold = { why: Why; ms: number }

/** How often a line that is down is looked at, so that what waits goes out soon after it is back. */
const lineLookMs = 1000

/** What expires while it is held says by what. */
export const lateWords: Record<Why, string> = {
  pace: '过了时效，没有再发',
  paused: '发送暂停着，等到过了时效，没有发',
  'line-down': '线路断着，等到过了时效，没有发',
  'day-cap': '到了一天的上限，等到过了时效，没有发',
  night: '夜里不打扰大家，等到早上就过了时效，没有发',
}

type HoldParts = {
  brake: Brake
  usage: Usage
  clock: Clock
  pace: Pace & { quiet: QuietHours; replies: ReplyLimits }
  isLineUp(): boolean
  /** Replies that wait: they go before pushes. */
  waitingReplies(): number
}
export type Holds = ReturnType<typeof createHolds>

/** What holds up the next message: the pace, the account's limits, a pause, the night, a line that is down. */
export function createHolds({ brake, usage, clock, pace, isLineUp, waitingReplies }: HoldParts) {
  let last: LastSend | undefined

  function paceMs(target: Target): number {
    const now = clock.now()
    // What seems to be still to come was sent before the clock was put back: its gap counts from now.
    if (last && last.at.epochMilliseconds > now.epochMilliseconds) last = { ...last, at: now }
    return gapLeftMs(last, target, { sameGroupGapMs: pace.sameGroupGapMs, now })
  }

  function nightMs({ value: { kind } }: StoredDelivery): number {
    const now = clock.now()
    const end = kind === 'broadcast' ? quietUntil(now, pace.quiet) : undefined
    return end ? end.epochMilliseconds - now.epochMilliseconds : 0
  }

  /** The longest of what holds this one up; `ms` is 0 where it may go now, Infinity where only a person ends it. */
  function of(entry: StoredDelivery): Hold {
    const { dayMs, minuteMs } = usage.holdMs(isPersonal(entry))
    const holds: Hold[] = [
      { why: 'pace', ms: Math.max(paceMs(entry.value.target), minuteMs, behindRepliesMs()) },
      { why: 'day-cap', ms: dayMs },
      { why: 'night', ms: nightMs(entry) },
      { why: 'line-down', ms: isLineUp() ? 0 : lineLookMs },
      { why: 'paused', ms: brake.holdMs() },
    ]
    return holds.reduce((longest, hold) => (hold.ms > longest.ms ? hold : longest))
  }

  /** The longest of what holds up a reply, milliseconds; neither the night nor a person's pause does. */
  function msForReply(): number {
    const breakerMs = brake.isTripped() ? brake.holdMs() : 0
    return Math.max(usage.replyHoldMs(), breakerMs, isLineUp() ? 0 : lineLookMs)
  }

  const behindRepliesMs = () => (waitingReplies() > 0 ? Math.max(pace.replies.gapMs, 1) : 0)

  /** Remembers the latest only, so that the pace holds across a restart too. */
  function noteSend({ value: { target } }: StoredDelivery, at: Temporal.Instant) {
    if (last && last.at.epochMilliseconds > at.epochMilliseconds) return
    last = { target, at, nextGroupGapMs: drawNextGroupGapMs(pace) }
  }

  return { of, msForReply, noteSend }
}
