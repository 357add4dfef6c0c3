import { once } from 'node:events'
import { Temporal } from 'temporal-polyfill'
import type { Log } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Reply, Target } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { LineTraits } from '../../ports/line-traits.ts'
import { broadcastOf } from '../ledger/compacted.ts'
import type { Echoes } from '../ledger/echoes.ts'
import type { DeliveryLedger } from '../ledger/ledger.ts'
import { isPersonal, type StoredDelivery } from '../ledger/records.ts'
import type { Usage } from '../limits/usage.ts'
import type { Attempt, AttemptOutcome } from './attempt.ts'
import type { OutcomeHandler } from './outcome-handler.ts'
import { type EarlierParts, earlierParts, isLaterPart } from './parts.ts'
import { createPersistence } from './persistence.ts'
import { expiryReasons, type SendGate } from './send-gate.ts'
import { createSendQueue } from './send-queue.ts'
import { createUnreadable } from './unreadable.ts'

/** While waiting, expire overdue deliveries at least this often. */
const lookUpMs = 30_000

/** Deliveries of an earlier run that are taken up together at a start. */
const takenUpAtOnce = 32

export type SenderParts = {
  /** Whether a target is reached over this line. */
  owns(target: Target): boolean
  /** Proof that a message to this target arrived. */
  proofOf(target: Target): LineTraits['proof']
  ledger: DeliveryLedger
  echoes: Echoes
  gate: SendGate
  usage: Usage
  outcomes: OutcomeHandler
  attempt: Attempt
  clock: Clock
  log: Log
  alarms: Alarms
  nameOf(target: Target): Promise<string>
}

/** Sends what is due, one at a time, as soon as nothing delays it, and records each outcome. */
export function createSender(parts: SenderParts) {
  const { ledger, echoes, gate, usage, outcomes, attempt, clock, owns } = parts
  const persist = createPersistence(parts)
  const unreadable = createUnreadable(parts)
  const queue = createSendQueue(entry => gate.isHeldAlone(entry) || unreadable.delayMs(entry) > 0)
  let stopping = new AbortController()
  let wait = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let isStarted = false

  async function start() {
    if (isStarted) return
    stopping = new AbortController()
    const left = (await ledger.unfinished()).filter(({ value }) => owns(value.target))
    isStarted = true
    // The ledger has the deliveries, too, that were posted before a start that came late.
    queue.clear()
    left.forEach(queueAgain)
    // A few at a time: there may be thousands of prompts, and a message may hold a picture.
    for (let at = 0; at < left.length; at += takenUpAtOnce) await takeUp(left.slice(at, at + takenUpAtOnce))
    running = run(stopping.signal)
  }

  function queueAgain(entry: StoredDelivery) {
    const { claimedAt, changedAt, state } = entry.value
    if (claimedAt) gate.noteSend(entry, Temporal.Instant.from(changedAt))
    if (state === 'due') queue.add([entry])
  }

  /** Resumes deliveries of an earlier run: one that was being sent becomes unknown and may still be confirmed. */
  async function takeUp(entries: readonly StoredDelivery[]) {
    const begun = entries.filter(({ value }) => value.state !== 'due' || value.history.length > 0)
    const replies = await Promise.all(begun.map(replyAfterRestart))
    for (const [at, entry] of begun.entries()) {
      const reply = replies[at]
      if (reply && parts.proofOf(entry.value.target) !== 'accepted') echoes.expect(entry, reply)
    }
  }

  async function replyAfterRestart(entry: StoredDelivery): Promise<Reply | undefined> {
    if (entry.value.state === 'sending')
      await ledger.record(entry.key, 'unanswered', { reason: '发送途中程序中断，不知道是否送到' })
    return (await unreadable.read(entry, () => ledger.contentFor(entry)))?.value
  }

  async function run(signal: AbortSignal) {
    while (!signal.aborted) {
      const next = queue.next()
      const delayMs = next ? Math.max(gate.delayOf(next).ms, unreadable.delayMs(next)) : 0
      if (!next && queue.hasParked()) {
        await rest(lookUpMs, signal)
        queue.unpark()
      } else if (!next) {
        await persist(echoes.prune, signal)
        if (queue.size() === 0 && !signal.aborted) await once(nextWait(), 'abort')
      } else if (delayMs > 0) {
        await rest(delayMs, signal)
      } else {
        await persist(() => sendOrDrop(next, signal), signal)
      }
    }
  }

  /** A signal that the next {@link nudge} aborts. */
  function nextWait(): AbortSignal {
    wait = new AbortController()
    return wait.signal
  }

  /** Waits, at most `lookUpMs`; {@link nudge} ends it early. */
  async function rest(ms: number, signal: AbortSignal) {
    const nudged = nextWait()
    await persist(dropLate, signal)
    if (!signal.aborted) await clock.sleep(Math.min(ms, lookUpMs), nudged)
  }

  async function dropLate() {
    for (const entry of queue.filter(entry => isLate(entry, clock) && unreadable.delayMs(entry) === 0)) {
      if (!(await unreadable.read(entry, () => recordsOf(entry)))) continue
      await expire(entry)
      queue.remove(entry)
    }
  }

  const recordsOf = (entry: StoredDelivery) => ledger.list(broadcastOf(entry.key))

  async function stateOfEarlierParts(entry: StoredDelivery): Promise<EarlierParts> {
    return isLaterPart(entry) ? earlierParts(entry, await recordsOf(entry)) : 'sent'
  }

  /** Whether this part must wait for an earlier one; one that can never follow is recorded as failed. */
  async function isBehind(entry: StoredDelivery): Promise<boolean> {
    if (isLate(entry, clock)) return false
    const before = await stateOfEarlierParts(entry)
    if (before === 'sent') return false
    if (before === 'open') queue.park(entry)
    else {
      await ledger.record(entry.key, 'refused', { reason: '前面的一条没有送到，这一条没有发' })
      queue.remove(entry)
    }
    return true
  }

  async function sendOrDrop(next: StoredDelivery, signal: AbortSignal) {
    // Read first: what fails afterwards is a write, which concerns all.
    const found = await unreadable.read(next, async () => ({
      records: await recordsOf(next),
      reply: await ledger.contentFor(next),
    }))
    if (!found || (await isBehind(next))) return
    const { reply } = found.value
    let outcome: AttemptOutcome | undefined
    if (!reply) await ledger.record(next.key, 'refused', { reason: '要发的内容不见了' })
    else if (await claim(next)) outcome = await send(next, reply, signal)
    if (outcome?.event !== 'turned-back') queue.remove(next)
    queue.unpark()
  }

  /** Claims it unless it was cancelled or is too late. */
  async function claim(entry: StoredDelivery): Promise<boolean> {
    if (isLate(entry, clock)) {
      await expire(entry)
      return false
    }
    await usage.count(isPersonal(entry))
    return (await ledger.record(entry.key, 'claimed')) !== undefined
  }

  async function expire(entry: StoredDelivery) {
    const reason =
      (await stateOfEarlierParts(entry)) === 'open'
        ? '前面的一条不确定到没到，等到过了时效，这一条没有发'
        : expiryReasons[gate.delayOf(entry).reason]
    await ledger.record(entry.key, 'expired', { reason })
  }

  async function send(entry: StoredDelivery, reply: Reply, signal: AbortSignal): Promise<AttemptOutcome> {
    const proof = parts.proofOf(entry.value.target)
    if (proof !== 'accepted') echoes.expect(entry, reply)
    const outcome = await attempt({ key: entry.key, target: entry.value.target }, reply, signal)
    const { event: its, fault: _whose, ...details } = outcome
    const event = its === 'accepted' && proof === 'reported' ? 'handed-over' : its
    gate.noteSend(entry, clock.now())
    const { messageId } = details
    const isHeard = messageId !== undefined && messageId !== '' && echoes.learn(entry.key, messageId)
    let isRecorded = false
    await persist(async () => {
      isRecorded = (await ledger.record(entry.key, event, details)) !== undefined
    }, signal)
    if (isHeard || (proof === 'accepted' && event === 'accepted')) {
      await persist(() => echoes.confirm(entry.key, messageId ?? ''), signal)
    }
    // An attempt that our own stop cut short says nothing about the line.
    if (!signal.aborted) {
      // A delivery that is refused after its echo came has arrived.
      const known = event === 'refused' && !isRecorded ? { event: 'accepted' as const } : outcome
      await persist(() => outcomes.handle(entry.value.target, known), signal)
    }
    return outcome
  }

  async function stop() {
    stopping.abort()
    nudge()
    await running
    queue.clear()
    isStarted = false
  }

  function enqueue(entries: readonly StoredDelivery[]) {
    if (!isStarted) return
    queue.add(entries)
    nudge()
  }

  /** Ends the wait under way. */
  function nudge() {
    queue.unpark()
    wait.abort()
  }

  return {
    start,
    stop,
    enqueue,
    nudge,
    /** Removes these from the queue; one that is being sent goes on. */
    drop(keys: readonly string[]) {
      for (const entry of queue.filter(({ key }) => keys.includes(key))) {
        queue.remove(entry)
        unreadable.clear(entry)
      }
    },
    waiting: queue.size,
    /** The delay of the next one; undefined where none waits. */
    delay() {
      const next = queue.next()
      return next && gate.delayOf(next)
    },
  }
}

const isLate = ({ value: { notAfter } }: StoredDelivery, clock: Clock) =>
  Temporal.Instant.compare(clock.now(), notAfter) > 0
