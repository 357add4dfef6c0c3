import type { Temporal } from 'temporal-polyfill'
import type { Message, Reply } from '../ports/chat.ts'

/** How many answers, commands not counted, are given within any minute. */
export type FloodLimits = { perPersonPerMinute: number; perGroupPerMinute: number }

/** When somebody, or a group, was answered within the last minute, and last told to wait. */
export type Flow = { answeredMs: readonly number[]; toldMs: number | undefined }
export const noFlow: Flow = { answeredMs: [], toldMs: undefined }

const windowMs = 60_000
/** Of more people and groups at once, those that asked longest ago are forgotten. */
const mostKept = 5000
const tooFast = '问得有点快，我先歇一会儿，1 分钟后再问我。'

/**
 * Whether one more answer may be given. Whoever is told to wait is told once a minute, and it holds: a minute
 * later everything that counted is over. What is dropped does not count, so that asking on delays nothing.
 */
export function judgeFlow(flow: Flow, limit: number, nowMs: number): 'answer' | 'tell' | 'drop' {
  // Also true of a time ahead, of a clock that was put back: nobody is locked out by it.
  const isRecent = (ms: number) => Math.abs(nowMs - ms) < windowMs
  if (flow.answeredMs.filter(isRecent).length < limit) return 'answer'
  return flow.toldMs !== undefined && isRecent(flow.toldMs) ? 'drop' : 'tell'
}

/** The flow after one more answer. */
export function withAnswer(flow: Flow, nowMs: number): Flow {
  return { ...flow, answeredMs: [...flow.answeredMs.filter(ms => Math.abs(nowMs - ms) < windowMs), nowMs] }
}

/** Keeps people and groups from being answered more often than anybody can read. In memory: a restart forgives. */
export function createFloods({ perPersonPerMinute, perGroupPerMinute }: FloodLimits) {
  const flows = new Map<string, Flow>()

  function keep(key: string, flow: Flow) {
    flows.delete(key)
    flows.set(key, flow)
    const oldest = flows.keys().next().value
    if (flows.size > mostKept && oldest !== undefined) flows.delete(oldest)
  }

  return {
    /** @returns what is said instead of an answer, perhaps nothing; undefined where it may be answered, and counts */
    refuse({ senderId, groupId }: Message, at: Temporal.Instant): Reply[] | undefined {
      const nowMs = at.epochMilliseconds
      const personKey = `person ${senderId}`
      const groupKey = `group ${groupId}`
      const person = flows.get(personKey) ?? noFlow
      const group = flows.get(groupKey) ?? noFlow
      const ofPerson = judgeFlow(person, perPersonPerMinute, nowMs)
      const ofGroup = groupId === undefined ? 'answer' : judgeFlow(group, perGroupPerMinute, nowMs)
      if (ofPerson === 'drop' || ofGroup === 'drop') return []
      if (ofPerson === 'tell') keep(personKey, { ...person, toldMs: nowMs })
      if (ofGroup === 'tell') keep(groupKey, { ...group, toldMs: nowMs })
      // Telling somebody in a group is heard by all, so it counts there like an answer.
      else if (groupId !== undefined) keep(groupKey, withAnswer(group, nowMs))
      if (ofPerson === 'answer' && ofGroup === 'answer') keep(personKey, withAnswer(person, nowMs))
      else return [{ text: tooFast, ...(ofPerson === 'tell' && groupId ? { mention: [senderId] } : {}) }]
      return undefined
    },
  }
}
