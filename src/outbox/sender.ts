import { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../log.ts'
import type { Alarms } from '../ports/alarms.ts'
import { type Chat, DeadlineError, type Reply } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Echoes } from './echoes.ts'
import type { Entry, Ledger } from './ledger.ts'
import {
  type DeliveryEvent,
  drawNextGroupGapMs,
  type LastSend,
  mayGoAt,
  type Pace,
  targetId,
} from './rules.ts'

/** Ctrl-C must end everything within 5 s, whatever the line is doing, and the store needs some of that too. */
const stopGraceMs = 2000
/** Between two tries to write down what happened, while the store refuses (a full disk, say). */
const storeRetryMs = 5000

type SenderParts = {
  ledger: Ledger
  echoes: Echoes
  chat: Chat
  clock: Clock
  log: Log
  alarms: Alarms
  pace: Pace
}
type Outcome = { event: DeliveryEvent; reason?: string; messageId?: string }

/** Sends what is due, one at a time, at the pace given, and writes down what became of it. */
export function createSender({ ledger, echoes, chat, clock, log, alarms, pace }: SenderParts) {
  const queue: Entry[] = []
  let last: LastSend | undefined
  let stopping = new AbortController()
  let wake = () => {}
  let running: Promise<void> = Promise.resolve()
  let isStarted = false

  async function start() {
    if (isStarted) return
    isStarted = true
    stopping = new AbortController()
    for (const entry of await ledger.unfinished()) await takeUp(entry)
    running = run(stopping.signal)
  }

  /** What an earlier run left: due goes on; what was on its way is unknown, and may still be heard. */
  async function takeUp(entry: Entry) {
    const { key, value } = entry
    if (value.claimedAt) noteSend(entry, Temporal.Instant.from(value.changedAt))
    if (value.state === 'due') return void queue.push(entry)
    if (value.state === 'sending') {
      await ledger.record(key, 'unanswered', { reason: '发送途中程序中断，不知道是否送到' })
    }
    const reply = await ledger.contentFor(entry)
    if (reply) echoes.expect(entry, reply)
  }

  /** Remembers the latest only, so that the pace holds across a restart too. */
  function noteSend({ value: { target } }: Entry, at: Temporal.Instant) {
    if (last && Temporal.Instant.compare(last.at, at) > 0) return
    last = { target, at, nextGroupGapMs: drawNextGroupGapMs(pace) }
  }

  async function run(signal: AbortSignal) {
    while (!signal.aborted) {
      const next = queue[0]
      if (!next) {
        await persist(echoes.prune, signal)
        if (queue.length === 0 && !signal.aborted) await idle()
      } else if (msUntilTurn(next) > 0) {
        await clock.sleep(msUntilTurn(next), signal)
      } else {
        await persist(() => sendOrDrop(next, signal), signal)
      }
    }
  }

  /** Until something is posted, or the end. */
  function idle(): Promise<void> {
    return new Promise(resolve => {
      wake = resolve
    })
  }

  function msUntilTurn({ value: { target } }: Entry): number {
    return last ? mayGoAt(last, target, pace).epochMilliseconds - clock.now().epochMilliseconds : 0
  }

  /** Nothing is done before what was done is written down: tries until the store takes it. */
  async function persist(work: () => Promise<void>, signal: AbortSignal) {
    do {
      try {
        await work()
        return alarms.clear('outbox-store')
      } catch (cause) {
        log.error({ reason: reasonOf(cause) }, 'the outbox could not read or write its records')
        alarms.raise('outbox-store', '推送记录读写出错，发送先停着，恢复后会自动继续。请检查磁盘空间。')
        await clock.sleep(storeRetryMs, signal)
      }
    } while (!signal.aborted)
  }

  async function sendOrDrop(next: Entry, signal: AbortSignal) {
    const reply = await ledger.contentFor(next)
    if (!reply) await ledger.record(next.key, 'refused', { reason: '要发的内容不见了' })
    else if (await claim(next)) await send(next, reply, signal)
    queue.shift()
  }

  /** Whether it is ours to send now: not cancelled meanwhile, and not too late. */
  async function claim({ key, value: { notAfter } }: Entry): Promise<boolean> {
    if (Temporal.Instant.compare(clock.now(), notAfter) <= 0) {
      return (await ledger.record(key, 'claimed')) !== undefined
    }
    await ledger.record(key, 'expired', { reason: '过了时效，没有再发' })
    return false
  }

  async function send(entry: Entry, reply: Reply, signal: AbortSignal) {
    echoes.expect(entry, reply)
    const { event, ...news } = await outcomeOf(entry, reply, signal)
    noteSend(entry, clock.now())
    if (news.messageId) echoes.learn(entry.key, news.messageId)
    await persist(async () => void (await ledger.record(entry.key, event, news)), signal)
    report(entry, event, news.reason)
  }

  async function outcomeOf(entry: Entry, reply: Reply, signal: AbortSignal): Promise<Outcome> {
    const cut = new AbortController()
    try {
      return await Promise.race([say(entry, reply), givenUp(signal, cut.signal)])
    } finally {
      cut.abort()
    }
  }

  async function say({ key, value: { target } }: Entry, reply: Reply): Promise<Outcome> {
    try {
      const messageId = await chat.say(target, reply, pace.sayDeadlineMs)
      return { event: 'accepted', ...(messageId ? { messageId } : {}) }
    } catch (cause) {
      log.warn({ delivery: key, reason: reasonOf(cause) }, 'a delivery did not go out')
      if (cause instanceof DeadlineError)
        return { event: 'unanswered', reason: '超时没有回音，不知道是否送到' }
      return { event: 'refused', reason: cause instanceof Error ? cause.message.slice(0, 200) : '发送失败' }
    }
  }

  /** What counts when we are stopped while the line does not answer. */
  async function givenUp(signal: AbortSignal, cut: AbortSignal): Promise<Outcome> {
    await new Promise<void>(resolve => {
      if (signal.aborted) resolve()
      signal.addEventListener('abort', () => resolve(), { once: true, signal: cut })
      cut.addEventListener('abort', () => resolve(), { once: true })
    })
    await clock.sleep(stopGraceMs, cut)
    return { event: 'unanswered', reason: '程序停止时还没有回音，不知道是否送到' }
  }

  /** A failing target is an organizer's business until something reaches it again. */
  function report({ key, value: { target } }: Entry, event: DeliveryEvent, reason?: string) {
    const alarm = `outbox-failed-${targetId(target)}`
    if (event === 'refused') alarms.raise(alarm, `有一条消息没有发出去（${key}）：${reason}`)
    else if (event === 'accepted') alarms.clear(alarm)
  }

  async function stop() {
    stopping.abort()
    wake()
    await running
    queue.length = 0
    isStarted = false
  }

  function enqueue(entries: readonly Entry[]) {
    if (!isStarted) return
    queue.push(...entries)
    wake()
  }

  return { start, stop, enqueue, waiting: () => queue.length }
}
