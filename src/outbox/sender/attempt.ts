import { onAbort, TimeoutError } from '../../lib/timeout.ts'
import { type Log, reasonOf } from '../../log.ts'
import {
  type Chat,
  DeadlineError,
  LineCutError,
  LineDownError,
  RefusedError,
  type Reply,
  type Target,
  ThrottledError,
} from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { DeliveryEvent } from '../ledger/rules.ts'
import { isTargetFault, isThrottleFault } from '../limits/limits.ts'

/** A stop must end within 5 s, the last writes of the store included. */
const stopGraceMs = 2000

/** Kind of failure. Line faults pause the sending; faults of a target or of a lost connection do not. */
type Fault = 'line' | 'target' | 'too-fast' | 'target-too-fast' | 'line-down'

/** A message to be sent: a delivery by its key, or a reply. */
type Outgoing = { key: string; target: Target }

/** Result of one attempt. */
export type AttemptOutcome = { event: DeliveryEvent; fault?: Fault; reason?: string; messageId?: string }
export type Attempt = (message: Outgoing, reply: Reply, stopping: AbortSignal) => Promise<AttemptOutcome>

type AttemptParts = {
  chat: Chat
  clock: Clock
  log: Log
  sayDeadlineMs: number
  throttleCodes: readonly string[]
}

/** Tries once to send; ends as accepted, refused, turned back or not answered in time. Never throws. */
export function createAttempt({ chat, clock, log, sayDeadlineMs, throttleCodes }: AttemptParts): Attempt {
  async function say({ key, target }: Outgoing, reply: Reply): Promise<AttemptOutcome> {
    try {
      const messageId = await chat.say(target, reply, sayDeadlineMs)
      return { event: 'accepted', ...(messageId ? { messageId } : {}) }
    } catch (cause) {
      const outcome = outcomeOf(cause, 'groupId' in target ? '群' : '人', throttleCodes)
      log.warn({ delivery: key, fault: outcome.fault, reason: reasonOf(cause) }, 'a message did not go out')
      return outcome
    }
  }

  return (message, reply, stopping) =>
    new Promise((resolve, reject) => {
      let grace: AbortController | undefined
      // Not a time-out: the grace begins when the process stops, and its end is an outcome.
      const stopListening = onAbort(stopping, () => {
        grace = new AbortController()
        void clock.sleep(stopGraceMs, grace.signal).then(() => resolve(unanswered))
      })
      function settle(pass: () => void) {
        stopListening()
        grace?.abort()
        pass()
      }
      say(message, reply).then(
        outcome => settle(() => resolve(outcome)),
        cause => settle(() => reject(cause)),
      )
    })
}

/** The outcome of an attempt that is still under way when the process stops. */
const unanswered: AttemptOutcome = {
  event: 'unanswered',
  reason: '程序停止时还没有回音，不知道是否送到',
}

function outcomeOf(cause: unknown, kind: '群' | '人', throttleCodes: readonly string[]): AttemptOutcome {
  if (cause instanceof LineDownError) {
    return { event: 'turned-back', fault: 'line-down', reason: '线路断着，等恢复再发' }
  }
  if (cause instanceof RefusedError) return { event: 'refused', fault: cause.fault, reason: cause.message }
  const reason = reasonOf(cause)
  const isOfTarget = isTargetFault(reason)
  // One recipient whose account is limited must not pause the sending to all others.
  const isTooFast = !isOfTarget && isThrottleFault(reason, throttleCodes)
  if (cause instanceof ThrottledError || isTooFast) {
    const isTargets = cause instanceof ThrottledError && cause.fault === 'target'
    const fault = isTargets ? 'target-too-fast' : 'too-fast'
    return { event: 'turned-back', fault, reason: '平台说发得太频繁，等一会儿再试' }
  }
  if (cause instanceof LineCutError) {
    return { event: 'unanswered', fault: 'line-down', reason: '发送途中断线，不知道是否送到' }
  }
  if (cause instanceof DeadlineError || cause instanceof TimeoutError) {
    return { event: 'unanswered', fault: 'line', reason: '超时没有回音，不知道是否送到' }
  }
  if (isOfTarget) {
    const words = /异常|受限|限制|违规|冻结/u.test(reason) ? limitedWords : goneWords
    return { event: 'refused', fault: 'target', reason: words[kind] }
  }
  return { event: 'refused', fault: 'line', reason: refusalReason(reason) }
}

const goneWords = {
  群: '找不到这个群：可能群已解散，机器人被移出了群，或重新登录后群号变了。请到群里看看，再说一次「绑定本群」。',
  人: '找不到这个人：可能不是好友了，或重新登录后号变了。',
}

const limitedWords = {
  群: '这个群现在收不了消息：可能被平台限制了，或群里不让发言。请到群里看看。',
  人: '这个人现在收不了消息：对方的账号可能异常或被限制了。请换个办法联系。',
}

/** Chinese reason of a refusal; its own words are in the log, and may hold paths, stack traces or tokens. */
function refusalReason(reason: string): string {
  const known = refusalReasons.find(([pattern]) => pattern.test(reason))
  return `线路没有发出去：${known?.[1] ?? '网关报错，原因不明。请看日志，或在手机上试发一条。'}`
}

const refusalReasons: [RegExp, string][] = [
  [
    /UNAUTHENTICATED|PERMISSION_DENIED|not logged ?in|logged out|未登录|退出登录/i,
    '账号没有登录，请在网关那边登录。',
  ],
  [/blocked|banned|restrict|forbidden|封(?:号|禁)|受限|违规/i, '账号可能被平台限制了，请在手机上看看。'],
  [/too (?:large|long|big)|RESOURCE_EXHAUSTED|过(?:大|长)/i, '内容太长或文件太大。'],
  [/UNIMPLEMENTED|not (?:supported|implemented)|不支持/i, '这个网关不支持发这种内容。'],
]
