import type { Alarms } from '../ports/alarms.ts'
import type { Target } from '../ports/chat.ts'
import type { AttemptOutcome } from './attempt.ts'
import type { Brake } from './brake.ts'
import { targetId } from './rules.ts'

type ReportParts = { alarms: Alarms; brake: Brake; nameOf(target: Target): Promise<string> }
export type Reports = ReturnType<typeof createReports>

/**
 * Tells the right one about each outcome: a target that fails is an organizer's business until something reaches it
 * again; a line that fails is the brake's. A target that failed while others could be reached is dead by itself,
 * whatever words its puppet has for that, so three dead groups do not stop the living.
 */
export function createReports({ alarms, brake, nameOf }: ReportParts) {
  const failed = new Set<string>()
  const dead = new Set<string>()

  async function noteAccepted(target: Target) {
    for (const id of failed) dead.add(id)
    failed.clear()
    dead.delete(targetId(target))
    alarms.clear(alarmOf(target))
    await brake.noteSent()
  }

  async function note(target: Target, { event, fault, reason }: AttemptOutcome): Promise<void> {
    if (event === 'accepted') return noteAccepted(target)
    if (event === 'refused') {
      alarms.raise(alarmOf(target), `「${await nameOf(target)}」有一条消息没有发出去：${reason}`)
    }
    if (fault === 'too-fast') await brake.trip('平台说发得太频繁')
    if (fault === 'line' && !dead.has(targetId(target))) await brake.noteFailed()
    if (event === 'refused') failed.add(targetId(target))
  }

  return {
    note,
    /** Somebody has seen to it. */
    settled: (target: Target) => alarms.clear(alarmOf(target)),
  }
}

const alarmOf = (target: Target) => `outbox-failed-${targetId(target)}`
