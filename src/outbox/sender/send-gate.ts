import type { Temporal } from 'temporal-polyfill'
import type { Target } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { isPersonal, type StoredDelivery } from '../ledger/records.ts'
import { drawNextGroupGapMs, gapLeftMs, type LastSend, type Pace, targetId } from '../ledger/rules.ts'
import type { ReplyLimits } from '../limits/limits.ts'
import { type QuietHours, quietUntil } from '../limits/quiet.ts'
import type { SlowTargets } from '../limits/slow-targets.ts'
import type { Usage } from '../limits/usage.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'

/** Why a due delivery does not go out at once. */
export type DelayReason = 'pace' | 'paused' | 'line-down' | 'day-cap' | 'night'
export type Delay = { reason: DelayReason; ms: number }

/** Interval between checks of a line that is down. */
const recheckMs = 1000

/** The recorded reason of a delivery that expires while it is delayed. */
export const expiryReasons: Record<DelayReason, string> = {
  pace: '过了时效，没有再发',
  paused: '发送暂停着，等到过了时效，没有发',
  'line-down': '线路断着，等到过了时效，没有发',
  'day-cap': '到了一天的上限，等到过了时效，没有发',
  night: '夜里不打扰大家，等到早上就过了时效，没有发',
}

type GateParts = {
  breaker: CircuitBreaker
  usage: Usage
  slowTargets: SlowTargets
  clock: Clock
  pace: Pace & { quiet: QuietHours; replies: ReplyLimits }
  isLineUp(): boolean
  /** Replies that wait: they go before pushes. */
  waitingReplies(): number
}
export type SendGate = ReturnType<typeof createSendGate>

/** Delays the next message by the pace, the account's limits, a pause, quiet hours or a line that is down. */
export function createSendGate(parts: GateParts) {
  const { breaker, usage, slowTargets, clock, pace, isLineUp, waitingReplies } = parts
  let last: LastSend | undefined

  function paceMs(target: Target): number {
    const now = clock.now()
    // A send time in the future means that the clock moved back; restart the gap from now.
    if (last && last.at.epochMilliseconds > now.epochMilliseconds) last = { ...last, at: now }
    return gapLeftMs(last, target, { sameGroupGapMs: pace.sameGroupGapMs, now })
  }

  function nightMs({ value: { kind } }: StoredDelivery): number {
    const now = clock.now()
    const end = kind === 'broadcast' ? quietUntil(now, pace.quiet) : undefined
    return end ? end.epochMilliseconds - now.epochMilliseconds : 0
  }

  /** The longest delay of this delivery; `ms` is 0 where it may go now, Infinity where only a person ends it. */
  function delayOf(entry: StoredDelivery): Delay {
    const { dayMs, minuteMs } = usage.delayMs(isPersonal(entry))
    const delays: Delay[] = [
      { reason: 'pace', ms: Math.max(paceMs(entry.value.target), minuteMs, behindRepliesMs()) },
      { reason: 'pace', ms: slowMs(entry.value.target) },
      { reason: 'day-cap', ms: dayMs },
      { reason: 'night', ms: nightMs(entry) },
      { reason: 'line-down', ms: isLineUp() ? 0 : recheckMs },
      { reason: 'paused', ms: breaker.delayMs() },
    ]
    return delays.reduce((longest, delay) => (delay.ms > longest.ms ? delay : longest))
  }

  /** The longest delay of a reply in milliseconds; quiet hours and pauses on request do not count. */
  function msForReply(): number {
    const breakerMs = breaker.isOpen() ? breaker.delayMs() : 0
    return Math.max(usage.replyDelayMs(), breakerMs, isLineUp() ? 0 : recheckMs)
  }

  /** The rest of a wait that the platform imposed on this target alone. */
  const slowMs = (target: Target) => slowTargets.delayMs(targetId(target))

  /** Whether it waits for a reason of its own, so that others may go first. */
  const isHeldAlone = (entry: StoredDelivery) =>
    usage.delayMs(isPersonal(entry)).dayMs > 0 || slowMs(entry.value.target) > 0

  const behindRepliesMs = () => (waitingReplies() > 0 ? Math.max(pace.replies.gapMs, 1) : 0)

  /** Remembers the latest send; called at start as well, so that the pace outlasts a restart. */
  function noteSend({ value: { target } }: StoredDelivery, at: Temporal.Instant) {
    if (last && last.at.epochMilliseconds > at.epochMilliseconds) return
    last = { target, at, nextGroupGapMs: drawNextGroupGapMs(pace) }
  }

  return { delayOf, isHeldAlone, slowMs, msForReply, noteSend }
}
