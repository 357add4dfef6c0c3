import { z } from 'zod'
import type { Log } from './log.ts'
import type { Alarms } from './ports/alarms.ts'
import type { Clock } from './ports/clock.ts'
import { type Filled, type Form, LanguageFault, type LanguageModel } from './ports/language.ts'
import type { Store } from './ports/store.ts'
import { dayInShanghai } from './text/dates/time.ts'

/** Cost of one Shanghai day; key `YYYY-MM/YYYY-MM-DD`, so that a shard is a month's. */
const Spent = z.object({ calls: z.number().int().min(0), tokens: z.number().int().min(0) })
type Spent = z.infer<typeof Spent>

/** Number of failures in a row after which the model is not asked for a while. */
const failuresToPause = 3
const pauseSeconds = 60

type Limits = {
  store: Store
  clock: Clock
  log: Log
  alarms: Alarms
  /** 0 switches the model off. */
  callsPerDay: number
  tokensPerDay: number
}

export type LimitedModel = LanguageModel & {
  /** Cost of today so far. */
  spentToday(): Promise<Spent>
}

/**
 * A model that keeps to a daily budget and is left alone when it fails: three times in a row, then a minute's
 * pause, then one try. A call is counted before it is made and its tokens at the most it may cost, so that two
 * at once do not both take the last one; what it really cost is put right afterwards.
 */
export function withLimits(model: LanguageModel, limits: Limits): LimitedModel {
  const { clock, alarms, log } = limits
  const spent = limits.store.collection('language-spent', Spent)
  let failures = 0
  let pausedUntilMs = 0

  const nowMs = () => clock.now().epochMilliseconds

  function keyOfToday(): string {
    const day = dayInShanghai(clock.now())
    return `${day.slice(0, 7)}/${day}`
  }

  /** @returns the day's key to settle by */
  async function reserve(mostTokens: number): Promise<string> {
    const key = keyOfToday()
    let isAllowed = false
    await spent.update(key, (now = { calls: 0, tokens: 0 }) => {
      const next = { calls: now.calls + 1, tokens: now.tokens + mostTokens }
      isAllowed = next.calls <= limits.callsPerDay && next.tokens <= limits.tokensPerDay
      return isAllowed ? next : now
    })
    if (isAllowed) {
      alarms.clear('language-budget')
      return key
    }
    alarms.raise('language-budget', '今天给大模型的额度用完了，问答改用知识条目的原文，明天自动恢复。')
    throw new LanguageFault("today's budget is spent")
  }

  function failed(cause: unknown): void {
    failures += 1
    if (failures < failuresToPause) return
    pausedUntilMs = nowMs() + pauseSeconds * 1000
    log.warn({ failures, pauseSeconds }, 'the language model keeps failing and is left alone for a while')
    const reason = cause instanceof LanguageFault ? cause.message : 'no answer'
    alarms.raise('language-model', `大模型连续没有给出可用的回答（${reason}），问答改用知识条目的原文。`)
  }

  async function complete<T>(form: Form<T>, signal: AbortSignal): Promise<Filled<T>> {
    const leftMs = pausedUntilMs - nowMs()
    // More is left only where the clock was put back.
    if (failures >= failuresToPause && leftMs > 0 && leftMs <= pauseSeconds * 1000)
      throw new LanguageFault('left alone for a while')
    // Calls made while this one is being tried are refused.
    if (failures >= failuresToPause) pausedUntilMs = nowMs() + pauseSeconds * 1000
    const most = mostTokensOf(form)
    const key = await reserve(most)
    try {
      const filled = await model.complete(form, signal)
      failures = 0
      alarms.clear('language-model')
      await spent.update(
        key,
        now => now && { ...now, tokens: Math.max(0, now.tokens - most + filled.tokens) },
      )
      return filled
    } catch (cause) {
      failed(cause)
      throw cause
    }
  }

  return {
    complete,
    spentToday: async () => (await spent.get(keyOfToday())) ?? { calls: 0, tokens: 0 },
  }
}

/** A Chinese character is at most about one token. */
function mostTokensOf({ prompt, input }: Form<unknown>): number {
  return prompt.text.length + JSON.stringify(input).length + prompt.maxTokens
}
