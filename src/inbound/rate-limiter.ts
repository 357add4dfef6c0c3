import type { Temporal } from 'temporal-polyfill'
import { recentlyUsed } from '../lib/recently-used.ts'
import type { Message, Reply } from '../ports/chat.ts'
import { dayInShanghai } from '../text/dates/time.ts'

/** Most answers within any minute. */
export type RateLimits = { perPersonPerMinute: number; perGroupPerMinute: number }

const windowMs = 60_000
/** Limit of people and groups at once; the least recent are evicted. */
const mostKept = 5000
const tooFast = '问得有点快，我先歇一会儿，1 分钟后再问我。'
const enoughToday = '今天你问得很多了，明天再接着问我。急事请直接找组织者。'

/** When a sender, or a group, was answered within the last minute, and last told to wait. */
export function createWindow() {
  /** Oldest first, so that a question does not cost a look at all those before it. */
  const answeredMs: number[] = []
  let toldMs: number | undefined

  /** Entries in the future are dropped too, so that a clock that was put back locks no sender out. */
  function countRecent(nowMs: number): number {
    while (nowMs - (answeredMs[0] ?? nowMs) >= windowMs) answeredMs.shift()
    while ((answeredMs.at(-1) ?? nowMs) - nowMs >= windowMs) answeredMs.pop()
    return answeredMs.length
  }

  return {
    /**
     * Whether one more answer may be given. A sender is told to wait once a minute, and it holds: a minute
     * later everything that counted is over. What is dropped does not count, so that asking on delays nothing.
     */
    judge(limit: number, nowMs: number): 'answer' | 'tell' | 'drop' {
      if (countRecent(nowMs) < limit) return 'answer'
      return toldMs !== undefined && Math.abs(nowMs - toldMs) < windowMs ? 'drop' : 'tell'
    },
    answer(nowMs: number) {
      const wasPutBack = nowMs < (answeredMs.at(-1) ?? nowMs)
      answeredMs.push(nowMs)
      if (wasPutBack) answeredMs.sort((a, b) => a - b)
    },
    tell(nowMs: number) {
      toldMs = nowMs
    },
  }
}

/** Rate limits answers per person and group. In memory only; reset on restart. */
export function createRateLimiter({ perPersonPerMinute, perGroupPerMinute }: RateLimits) {
  const windows = recentlyUsed<ReturnType<typeof createWindow>>(mostKept)

  function windowOf(key: string) {
    const known = windows.get(key)
    if (known) return known
    const window = createWindow()
    windows.set(key, window)
    return window
  }

  /** @returns what is said instead of an answer, perhaps nothing; undefined where it may be answered */
  function check({ senderId, groupId }: Message, at: Temporal.Instant): Reply[] | undefined {
    const nowMs = at.epochMilliseconds
    const person = windowOf(personKey(senderId))
    const group = groupId === undefined ? undefined : windowOf(groupKey(groupId))
    const ofPerson = person.judge(perPersonPerMinute, nowMs)
    const ofGroup = group?.judge(perGroupPerMinute, nowMs) ?? 'answer'
    if (ofPerson === 'answer' && ofGroup === 'answer') return undefined
    if (ofPerson === 'drop' || ofGroup === 'drop') return []
    if (ofPerson === 'tell') person.tell(nowMs)
    if (ofGroup === 'tell') group?.tell(nowMs)
    // A word to one sender in a group is read by all, so it counts there like an answer.
    else group?.answer(nowMs)
    return [{ text: tooFast, ...(ofPerson === 'tell' && groupId ? { mention: [senderId] } : {}) }]
  }

  return {
    check,
    /** Counts an answer. */
    count({ senderId, groupId }: Message, at: Temporal.Instant) {
      windowOf(personKey(senderId)).answer(at.epochMilliseconds)
      if (groupId !== undefined) windowOf(groupKey(groupId)).answer(at.epochMilliseconds)
    },
  }
}

const personKey = (senderId: string) => `person ${senderId}`
const groupKey = (groupId: string) => `group ${groupId}`

/**
 * Keeps one person from using up the account's replies of a day (Asia/Shanghai). The person is told so once in each
 * chat. In memory only; reset on restart.
 */
export function createDayLimit(perPersonPerDay: number) {
  const days = recentlyUsed<{ date: string; answers: number; toldIn: Set<string> }>(mostKept)

  function dayOf({ senderId }: Message, at: Temporal.Instant) {
    const date = dayInShanghai(at)
    const known = days.get(senderId)
    if (known?.date === date) return known
    const day = { date, answers: 0, toldIn: new Set<string>() }
    days.set(senderId, day)
    return day
  }

  return {
    check(message: Message, at: Temporal.Instant): Reply[] | undefined {
      const day = dayOf(message, at)
      if (day.answers < perPersonPerDay) return undefined
      const chat = message.groupId ?? ''
      if (day.toldIn.has(chat)) return []
      day.toldIn.add(chat)
      return [{ text: enoughToday, ...(message.groupId ? { mention: [message.senderId] } : {}) }]
    },
    count(message: Message, at: Temporal.Instant) {
      dayOf(message, at).answers += 1
    },
  }
}
