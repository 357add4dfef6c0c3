import { type Log, reasonOf } from '../log.ts'
import { type Chat, DeadlineError, LineDownError, type Reply } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import { isTargetFault, isThrottleFault } from './limits.ts'
import type { StoredDelivery } from './records.ts'
import type { DeliveryEvent } from './rules.ts'

/** Ctrl-C must end everything within 5 s, whatever the line is doing, and the store needs some of that too. */
const stopGraceMs = 2000

/** Whose fault it was that something did not go out: the sending stops for the line's faults, not for a target's. */
type Fault = 'line' | 'target' | 'too-fast' | 'line-down'

/** What the line said to one try, or that it said nothing. */
export type AttemptOutcome = { event: DeliveryEvent; fault?: Fault; reason?: string; messageId?: string }
export type Attempt = (entry: StoredDelivery, reply: Reply, stopping: AbortSignal) => Promise<AttemptOutcome>

type AttemptParts = {
  chat: Chat
  clock: Clock
  log: Log
  sayDeadlineMs: number
  throttleCodes: readonly string[]
}

/** One try to send, which always ends: taken, refused, turned back, or not answered in time. Never throws. */
export function createAttempt({ chat, clock, log, sayDeadlineMs, throttleCodes }: AttemptParts): Attempt {
  async function say({ key, value: { target } }: StoredDelivery, reply: Reply): Promise<AttemptOutcome> {
    try {
      const messageId = await chat.say(target, reply, sayDeadlineMs)
      return { event: 'accepted', ...(messageId ? { messageId } : {}) }
    } catch (cause) {
      const outcome = outcomeOf(cause, 'groupId' in target ? '群' : '人', throttleCodes)
      log.warn({ delivery: key, fault: outcome.fault, reason: reasonOf(cause) }, 'a delivery did not go out')
      return outcome
    }
  }

  /** What counts when we are stopped while the line does not answer. */
  async function givenUp(stopping: AbortSignal, cut: AbortSignal): Promise<AttemptOutcome> {
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

function outcomeOf(cause: unknown, kind: '群' | '人', throttleCodes: readonly string[]): AttemptOutcome {
  if (cause instanceof DeadlineError) {
    return { event: 'unanswered', fault: 'line', reason: '超时没有回音，不知道是否送到' }
  }
  if (cause instanceof LineDownError) {
    return { event: 'turned-back', fault: 'line-down', reason: '线路断着，等恢复再发' }
  }
  const reason = reasonOf(cause)
  if (isThrottleFault(reason, throttleCodes)) {
    return { event: 'turned-back', fault: 'too-fast', reason: '平台说发得太频繁，等一会儿再试' }
  }
  if (isTargetFault(reason)) return { event: 'refused', fault: 'target', reason: goneWords[kind] }
  const said = cause instanceof Error ? `（${cause.message.slice(0, 120)}）` : ''
  return { event: 'refused', fault: 'line', reason: `线路没有发出去${said}` }
}

const goneWords = {
  群: '找不到这个群：可能群已解散，机器人被移出了群，或重新登录后群号变了。请到群里看看，再说一次「绑定本群」。',
  人: '找不到这个人：可能不是好友了，或重新登录后号变了。',
}
