import { recentlyUsed } from '../../lib/recently-used.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Target } from '../../ports/chat.ts'
import { targetId } from '../ledger/rules.ts'
import type { Limits } from '../limits/limits.ts'
import type { SlowTargets } from '../limits/slow-targets.ts'
import type { AttemptOutcome } from './attempt.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'

const mostTargets = 1000

type HandlerParts = {
  alarms: Alarms
  breaker: CircuitBreaker
  slowTargets: SlowTargets
  /** Number of slow targets at once that is taken for the account's fault. */
  limits: Pick<Limits, 'failuresToPause'>
  nameOf(target: Target): Promise<string>
}
export type OutcomeHandler = ReturnType<typeof createOutcomeHandler>

/**
 * Raises an alarm for a failed target until something reaches it again, and counts line failures towards the circuit
 * breaker. A target that failed while others could be reached is unreachable by itself and does not count as a line
 * failure, however its puppet words the error.
 */
export function createOutcomeHandler({ alarms, breaker, slowTargets, limits, nameOf }: HandlerParts) {
  const failed = recentlyUsed<true>(mostTargets)
  const unreachable = recentlyUsed<true>(mostTargets)

  async function noteAccepted(target: Target) {
    for (const id of failed.keys()) unreachable.set(id, true)
    failed.clear()
    unreachable.delete(targetId(target))
    slowTargets.restore(targetId(target))
    alarms.clear(alarmOf(target))
    await breaker.noteSent()
  }

  async function slowDown(target: Target) {
    slowTargets.slowDown(targetId(target))
    if (slowTargets.count() >= limits.failuresToPause) await breaker.open('平台说几个群都发得太频繁')
  }

  async function handle(target: Target, { event, fault, reason }: AttemptOutcome): Promise<void> {
    if (event === 'accepted') return noteAccepted(target)
    if (event === 'refused') {
      alarms.raise(alarmOf(target), `「${await nameOf(target)}」有一条消息没有发出去：${reason}`)
    }
    if (fault === 'too-fast') await breaker.open('平台说发得太频繁')
    if (fault === 'target-too-fast') await slowDown(target)
    if (fault === 'line' && !unreachable.has(targetId(target))) await breaker.noteFailed()
    if (event === 'refused') failed.set(targetId(target), true)
  }

  return {
    handle,
    /** Clears the alarm of this target. */
    clearAlarm: (target: Target) => alarms.clear(alarmOf(target)),
  }
}

const alarmOf = (target: Target) => `outbox-failed-${targetId(target)}`
