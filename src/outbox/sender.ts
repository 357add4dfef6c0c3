import { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../log.ts'
import type { Alarms } from '../ports/alarms.ts'
import type { Reply } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Attempt } from './attempt.ts'
import type { Brake } from './brake.ts'
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
import type { Usage } from './usage.ts'

/** Between two tries to write down what happened, while the store refuses (a full disk, say). */
const storeRetryMs = 5000

/** Who waits long looks up so often, to record as expired what meanwhile came too late. */
const lookUpMs = 30_000

type SenderParts = {
  ledger: Ledger
  echoes: Echoes
  brake: Brake
  usage: Usage
  attempt: Attempt
  clock: Clock
  log: Log
  alarms: Alarms
  pace: Pace
}
/** Sends what is due, one at a time, at the pace given, and writes down what became of it. */
export function createSender(parts: SenderParts) {
  const { ledger, echoes, brake, usage, attempt, clock, log, alarms, pace } = parts
  const queue: Entry[] = []
  let last: LastSend | undefined
  let stopping = new AbortController()
  let wake = () => {}
  let nap = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let isStarted = false

  async function start() {
    if (isStarted) return
    isStarted = true
    stopping = new AbortController()
    await Promise.all([brake.load(), usage.load()])
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
        await rest(msUntilTurn(next), signal)
      } else {
        await persist(() => sendOrDrop(next, signal), signal)
      }
    }
  }

  /** May end early: whoever rests looks again. */
  async function rest(ms: number, signal: AbortSignal) {
    if (ms >= lookUpMs) await persist(dropLate, signal)
    nap = new AbortController()
    if (!signal.aborted) await clock.sleep(Math.min(ms, lookUpMs), nap.signal)
  }

  async function dropLate() {
    for (const entry of queue.filter(isLate)) {
      await expire(entry)
      queue.splice(queue.indexOf(entry), 1)
    }
  }

  /** Until something is posted, or the end. */
  function idle(): Promise<void> {
    return new Promise(resolve => {
      wake = resolve
    })
  }

  function msUntilTurn({ value: { target } }: Entry): number {
    const turn = last && mayGoAt(last, target, pace)
    const gapMs = turn ? turn.epochMilliseconds - clock.now().epochMilliseconds : 0
    return Math.max(gapMs, brake.holdMs(), usage.holdMs())
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
  async function claim(entry: Entry): Promise<boolean> {
    if (isLate(entry)) {
      await expire(entry)
      return false
    }
    await usage.count()
    return (await ledger.record(entry.key, 'claimed')) !== undefined
  }

  function isLate({ value: { notAfter } }: Entry): boolean {
    return Temporal.Instant.compare(clock.now(), notAfter) > 0
  }

  async function expire({ key }: Entry) {
    await ledger.record(key, 'expired', { reason: '过了时效，没有再发' })
  }

  async function send(entry: Entry, reply: Reply, signal: AbortSignal) {
    echoes.expect(entry, reply)
    const { event, ...news } = await attempt(entry, reply, signal)
    noteSend(entry, clock.now())
    if (news.messageId) echoes.learn(entry.key, news.messageId)
    await persist(async () => void (await ledger.record(entry.key, event, news)), signal)
    // What is cut short by our own stopping says nothing about the line.
    if (!signal.aborted) await persist(() => brake.note(event === 'accepted'), signal)
    report(entry, event, news.reason)
  }

  /** A failing target is an organizer's business until something reaches it again. */
  function report({ key, value: { target } }: Entry, event: DeliveryEvent, reason?: string) {
    const alarm = `outbox-failed-${targetId(target)}`
    if (event === 'refused') alarms.raise(alarm, `有一条消息没有发出去（${key}）：${reason}`)
    else if (event === 'accepted') alarms.clear(alarm)
  }

  async function stop() {
    stopping.abort()
    nudge()
    await running
    queue.length = 0
    isStarted = false
  }

  function enqueue(entries: readonly Entry[]) {
    if (!isStarted) return
    queue.push(...entries)
    wake()
  }

  /** Makes whoever waits look again. */
  function nudge() {
    nap.abort()
    wake()
  }

  return { start, stop, enqueue, nudge, waiting: () => queue.length }
}
