import { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../log.ts'
import type { Alarms } from '../ports/alarms.ts'
import type { Reply, Target } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Attempt, AttemptOutcome } from './attempt.ts'
import type { Echoes } from './echoes.ts'
import { type Holds, lateWords } from './holds.ts'
import { broadcastOf, type DeliveryLedger } from './ledger.ts'
import { type EarlierParts, earlierParts, isLaterPart } from './parts.ts'
import { isPersonal, type StoredDelivery } from './records.ts'
import type { Reports } from './reports.ts'
import type { Usage } from './usage.ts'

/** Between two tries to write down what happened, while the store refuses (a full disk, say). */
const storeRetryMs = 5000

/** Who waits long looks up so often, to record as expired what meanwhile came too late. */
const lookUpMs = 30_000

type SenderParts = {
  /** Whether a target is reached over this line. */
  owns(target: Target): boolean
  /** Whether the platform's answer is all the proof of arrival that there is. */
  isProvenByAnswer(target: Target): boolean
  ledger: DeliveryLedger
  echoes: Echoes
  holds: Holds
  usage: Usage
  reports: Reports
  attempt: Attempt
  clock: Clock
  log: Log
  alarms: Alarms
}

/** Sends what is due, one at a time, as soon as nothing holds it up, and writes down what became of it. */
export function createSender(parts: SenderParts) {
  const { ledger, echoes, holds, usage, reports, attempt, clock, log, alarms, owns } = parts
  const queue: StoredDelivery[] = []
  /** Later parts that wait for an earlier one, until something changes. */
  const parked = new Set<StoredDelivery>()
  let stopping = new AbortController()
  let wake = () => {}
  let nap = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let isStarted = false

  async function start() {
    if (isStarted) return
    isStarted = true
    stopping = new AbortController()
    const left = await ledger.unfinished()
    for (const entry of left.filter(({ value }) => owns(value.target))) await takeUp(entry)
    running = run(stopping.signal)
  }

  /** What an earlier run left: due goes on; what was on its way is unknown, and may still be heard. */
  async function takeUp(entry: StoredDelivery) {
    const { key, value } = entry
    if (value.claimedAt) holds.noteSend(entry, Temporal.Instant.from(value.changedAt))
    if (value.state === 'due') queue.push(entry)
    if (value.state === 'due' && value.history.length === 0) return
    if (value.state === 'sending') {
      await ledger.record(key, 'unanswered', { reason: '发送途中程序中断，不知道是否送到' })
    }
    const reply = await ledger.contentFor(entry)
    if (reply && !parts.isProvenByAnswer(value.target)) echoes.expect(entry, reply)
  }

  /** What somebody waits for goes before what nobody waits for. */
  const firstOf = (entries: readonly StoredDelivery[]) =>
    entries.find(({ value }) => value.kind === 'prompt') ?? entries.find(entry => !parked.has(entry))

  /** What has used up its day's number holds up nothing else. */
  const nextInTurn = () =>
    firstOf(queue.filter(entry => usage.holdMs(isPersonal(entry)).dayMs === 0)) ?? firstOf(queue)

  async function run(signal: AbortSignal) {
    while (!signal.aborted) {
      const next = nextInTurn()
      const holdMs = next ? holds.of(next).ms : 0
      if (!next && parked.size > 0) {
        await rest(lookUpMs, signal)
        parked.clear()
      } else if (!next) {
        await persist(echoes.prune, signal)
        if (queue.length === 0 && !signal.aborted) await idle()
      } else if (holdMs > 0) {
        await rest(holdMs, signal)
      } else {
        await persist(() => sendOrDrop(next, signal), signal)
      }
    }
  }

  /** May end early: whoever rests looks again. */
  async function rest(ms: number, signal: AbortSignal) {
    nap = new AbortController()
    const { signal: napping } = nap
    await persist(dropLate, signal)
    if (!signal.aborted) await clock.sleep(Math.min(ms, lookUpMs), napping)
  }

  async function dropLate() {
    for (const entry of queue.filter(isLate)) {
      await expire(entry)
      leave(entry)
    }
  }

  function leave(entry: StoredDelivery) {
    const place = queue.indexOf(entry)
    if (place >= 0) queue.splice(place, 1)
    parked.delete(entry)
  }

  /** Until something is posted, or the end. */
  function idle(): Promise<void> {
    return new Promise(resolve => {
      wake = resolve
    })
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

  async function standingBefore(entry: StoredDelivery): Promise<EarlierParts> {
    return isLaterPart(entry) ? earlierParts(entry, await ledger.list(broadcastOf(entry.key))) : 'sent'
  }

  /** Whether this part must wait for an earlier one; what can never follow one is written off. */
  async function isBehind(entry: StoredDelivery): Promise<boolean> {
    if (isLate(entry)) return false
    const before = await standingBefore(entry)
    if (before === 'sent') return false
    if (before === 'open') parked.add(entry)
    else {
      await ledger.record(entry.key, 'refused', { reason: '前面的一条没有送到，这一条没有发' })
      leave(entry)
    }
    return true
  }

  async function sendOrDrop(next: StoredDelivery, signal: AbortSignal) {
    if (await isBehind(next)) return
    const reply = await ledger.contentFor(next)
    let outcome: AttemptOutcome | undefined
    if (!reply) await ledger.record(next.key, 'refused', { reason: '要发的内容不见了' })
    else if (await claim(next)) outcome = await send(next, reply, signal)
    if (outcome?.event !== 'turned-back') leave(next)
    parked.clear()
  }

  /** Whether it is ours to send now: not cancelled meanwhile, and not too late. */
  async function claim(entry: StoredDelivery): Promise<boolean> {
    if (isLate(entry)) {
      await expire(entry)
      return false
    }
    await usage.count(isPersonal(entry))
    return (await ledger.record(entry.key, 'claimed')) !== undefined
  }

  function isLate({ value: { notAfter } }: StoredDelivery): boolean {
    return Temporal.Instant.compare(clock.now(), notAfter) > 0
  }

  async function expire(entry: StoredDelivery) {
    const reason =
      (await standingBefore(entry)) === 'open'
        ? '前面的一条不确定到没到，等到过了时效，这一条没有发'
        : lateWords[holds.of(entry).why]
    await ledger.record(entry.key, 'expired', { reason })
  }

  async function send(entry: StoredDelivery, reply: Reply, signal: AbortSignal): Promise<AttemptOutcome> {
    const isProof = parts.isProvenByAnswer(entry.value.target)
    if (!isProof) echoes.expect(entry, reply)
    const outcome = await attempt({ key: entry.key, target: entry.value.target }, reply, signal)
    const { event, fault: _whose, ...news } = outcome
    holds.noteSend(entry, clock.now())
    const { messageId } = news
    const isHeard = messageId !== undefined && messageId !== '' && echoes.learn(entry.key, messageId)
    await persist(async () => void (await ledger.record(entry.key, event, news)), signal)
    if (isHeard || (isProof && event === 'accepted')) {
      await persist(() => echoes.confirm(entry.key, messageId ?? ''), signal)
    }
    // What is cut short by our own stopping says nothing about the line.
    if (!signal.aborted) await persist(() => reports.note(entry.value.target, outcome), signal)
    return outcome
  }

  async function stop() {
    stopping.abort()
    nudge()
    await running
    queue.length = 0
    isStarted = false
  }

  function enqueue(entries: readonly StoredDelivery[]) {
    if (!isStarted) return
    queue.push(...entries)
    nudge()
  }

  /** Makes whoever waits look again. */
  function nudge() {
    parked.clear()
    nap.abort()
    wake()
  }

  return {
    start,
    stop,
    enqueue,
    nudge,
    /** Nothing more is to be done with these; one that is on its way goes on. */
    drop(keys: readonly string[]) {
      for (const entry of queue.filter(({ key }) => keys.includes(key))) leave(entry)
    },
    waiting: () => queue.length,
    /** What holds up the next one; undefined where none waits. */
    hold() {
      const next = nextInTurn()
      return next && holds.of(next)
    },
  }
}
