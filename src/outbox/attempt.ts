import { type Log, reasonOf } from '../log.ts'
import { type Chat, DeadlineError, type Reply } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Entry } from './ledger.ts'
import type { DeliveryEvent } from './rules.ts'

/** Ctrl-C must end everything within 5 s, whatever the line is doing, and the store needs some of that too. */
const stopGraceMs = 2000

/** What the line said to one try, or that it said nothing. */
export type Outcome = { event: DeliveryEvent; reason?: string; messageId?: string }
export type Attempt = (entry: Entry, reply: Reply, stopping: AbortSignal) => Promise<Outcome>

type AttemptParts = { chat: Chat; clock: Clock; log: Log; sayDeadlineMs: number }

/** One try to send, which always ends: taken, refused, or not answered in time. Never throws. */
export function createAttempt({ chat, clock, log, sayDeadlineMs }: AttemptParts): Attempt {
  async function say({ key, value: { target } }: Entry, reply: Reply): Promise<Outcome> {
    try {
      const messageId = await chat.say(target, reply, sayDeadlineMs)
      return { event: 'accepted', ...(messageId ? { messageId } : {}) }
    } catch (cause) {
      log.warn({ delivery: key, reason: reasonOf(cause) }, 'a delivery did not go out')
      if (cause instanceof DeadlineError)
        return { event: 'unanswered', reason: '超时没有回音，不知道是否送到' }
      return { event: 'refused', reason: cause instanceof Error ? cause.message.slice(0, 200) : '发送失败' }
    }
  }

  /** What counts when we are stopped while the line does not answer. */
  async function givenUp(stopping: AbortSignal, cut: AbortSignal): Promise<Outcome> {
    await new Promise<void>(resolve => {
      if (stopping.aborted) resolve()
      stopping.addEventListener('abort', () => resolve(), { once: true, signal: cut })
      cut.addEventListener('abort', () => resolve(), { once: true })
    })
    await clock.sleep(stopGraceMs, cut)
    return { event: 'unanswered', reason: '程序停止时还没有回音，不知道是否送到' }
  }

  return async (entry, reply, stopping) => {
    const cut = new AbortController()
    try {
      return await Promise.race([say(entry, reply), givenUp(stopping, cut.signal)])
    } finally {
      cut.abort()
    }
  }
}
