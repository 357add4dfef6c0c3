import { Temporal } from 'temporal-polyfill'
import type { OutageAdvice } from '../../feature.ts'
import type { Target } from '../../ports/chat.ts'
import type { ClosedOutage } from '../../ports/outages.ts'
import { failedReplyAdvice } from './words.ts'

/** A reply that hangs is given up after 20 s, so it may be known a little after the line is back. */
const knownLaterSeconds = 30
const mostKept = 1000

/** Replies that did not go out, by group. In memory only: a restart is an outage anyway. */
export function createFailedReplies() {
  const kept: { groupId: string; at: Temporal.Instant }[] = []

  return {
    note(target: Target, at: Temporal.Instant) {
      if (!('groupId' in target)) return
      kept.push({ groupId: target.groupId, at })
      if (kept.length > mostKept) kept.shift()
    },
    /** Advice for each group in which a reply was lost in this outage. */
    in({ from, to }: ClosedOutage): OutageAdvice[] {
      const end = to.add({ seconds: knownLaterSeconds })
      const lost = kept.filter(
        ({ at }) => Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, end) <= 0,
      )
      return [...new Set(lost.map(({ groupId }) => groupId))].map(groupId => ({
        groupId,
        text: failedReplyAdvice,
      }))
    },
  }
}
