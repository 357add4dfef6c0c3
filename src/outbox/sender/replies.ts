import { createKeyedQueue, createMutex } from '../../lib/queue.ts'
import { type Log, reasonOf } from '../../log.ts'
import type { Reply, Target } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Metrics } from '../../ports/metrics.ts'
import { targetId } from '../ledger/rules.ts'
import type { ReplyLimits } from '../limits/limits.ts'
import type { Usage } from '../limits/usage.ts'
import type { Attempt } from './attempt.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { OutcomeHandler } from './outcome-handler.ts'
import type { SendGate } from './send-gate.ts'

/** Most milliseconds between two looks at the limits while a reply waits. */
const recheckMs = 1000
const capText = '今天说得太多了，到了平台允许的量，明天再接着答。急事请直接找组织者。'

const lostText = '刚才有回复没发出来，或者没发全。没看到的，请再说一次。'
const lostMaxLateMinutes = 60

/**
 * `failed`: refused. `gone`: refused since the target cannot be reached. `cut`: the connection ended meanwhile.
 * `expired`: it waited too long. `capped`: it is over the day's limit.
 */
type ReplyOutcome = 'sent' | 'failed' | 'gone' | 'unknown' | 'cut' | 'expired' | 'capped'

/** Whether a reply may go out now, as far as the account's limits go; a free slot is counted as taken. */
type Slot = 'free' | 'later' | 'expired' | 'capped'

type ReplyParts = {
  attempt: Attempt
  gate: SendGate
  usage: Usage
  breaker: CircuitBreaker
  outcomes: OutcomeHandler
  limits: ReplyLimits
  clock: Clock
  log: Log
  metrics: Pick<Metrics, 'replied'>
}

/** A reply that is not sent yet, the id of its target, and until when it may be sent, ms since the epoch. */
type Pending = { target: Target; id: string; reply: Reply; notAfterMs: number }

/** The reply as it is sent now, with its addressee mentioned where that is needed. */
function named({ addressee, ...reply }: Reply): Reply {
  if (!addressee?.isNeeded() || reply.mention) return reply
  return { ...reply, mention: [addressee.personId] }
}

/**
 * Sends replies, in order within each conversation, under the limits of the account and before any push. A reply
 * waits while the line is down, the account is too fast or the circuit breaker is open.
 */
export function createReplySender(parts: ReplyParts) {
  const { attempt, gate, usage, breaker, outcomes, limits, clock, log, metrics } = parts
  const conversations = createKeyedQueue()
  const takeSlot = createMutex()
  /** Replies that wait for the mutex or hold it. */
  let inLine = 0
  const stopping = new AbortController()
  const waiting = new Set<Pending>()
  const underWay = new Set<Promise<unknown>>()

  /** Sends the parts of one reply. Never rejects. @returns whether all of them went out */
  function send(target: Target, replies: readonly Reply[]): Promise<boolean> {
    const all = replies.map(reply => pendingOf(target, reply, limits.maxLateMinutes))
    const [first] = all
    if (!first || (all.length === 1 && joinsWaiting(first))) return Promise.resolve(true)
    return queue([first, ...all.slice(1)])
  }

  function pendingOf(target: Target, reply: Reply, maxLateMinutes: number): Pending {
    const notAfterMs = clock.now().epochMilliseconds + maxLateMinutes * 60_000
    return { target, id: targetId(target), reply, notAfterMs }
  }

  function queue(all: [Pending, ...Pending[]]): Promise<boolean> {
    for (const one of all) waiting.add(one)
    const sent = conversations.run(all[0].id, () => sendAll(all))
    underWay.add(sent)
    void sent.then(() => underWay.delete(sent))
    return sent
  }

  /** Where a group already waits for the same text, that message mentions these people too. */
  function joinsWaiting({ target, id, reply }: Pending): boolean {
    if (!('groupId' in target) || reply.file) return false
    const same = waiting
      .values()
      .find(one => one.id === id && !one.reply.file && one.reply.text === reply.text)
    if (!same) return false
    const mention = [...new Set([...(same.reply.mention ?? []), ...(reply.mention ?? [])])]
    if (mention.length > 0) same.reply = { ...same.reply, mention }
    const both = [same.reply.addressee, reply.addressee].flatMap(one => one?.personId ?? [])
    if (new Set(both).size > 1) same.reply = { ...same.reply, mention: [...new Set([...mention, ...both])] }
    return true
  }

  async function sendAll(all: readonly Pending[]): Promise<boolean> {
    const left = new Set(all)
    // The same words to others in this turn join it.
    await Promise.resolve()
    try {
      for (const one of all) {
        const outcome = await sendOne(one)
        metrics.replied(outcome === 'gone' ? 'failed' : outcome)
        if (outcome === 'sent') {
          left.delete(one)
          await one.reply.whenDone?.(true)
          continue
        }
        // Later parts make no sense without it.
        if (needsNotice(one, outcome)) tellLost(one.target)
        return false
      }
      return true
    } catch (cause) {
      log.error({ reason: reasonOf(cause) }, 'a reply could not be sent')
      metrics.replied('failed')
      return false
    } finally {
      for (const one of all) waiting.delete(one)
      for (const { reply } of left) void reply.whenDone?.(false)
    }
  }

  /** A group learns of an outage from its notice. */
  function needsNotice({ target, reply }: Pending, outcome: ReplyOutcome): boolean {
    if (stopping.signal.aborted || reply.text === lostText) return false
    if (outcome === 'unknown' || outcome === 'failed' || (outcome === 'expired' && breaker.isOpen()))
      return true
    return 'personId' in target && (outcome === 'cut' || outcome === 'expired')
  }

  /** Once, however many were lost, as soon as something can be sent there again. */
  function tellLost(target: Target) {
    const lost = pendingOf(target, { text: lostText }, lostMaxLateMinutes)
    if (waiting.values().some(one => one.reply.text === lostText && one.id === lost.id)) return
    void queue([lost])
  }

  async function sendOne(pending: Pending): Promise<ReplyOutcome> {
    for (;;) {
      const atOnce = slotAtOnce(pending)
      const slot = atOnce === 'later' ? await waitInLine(pending) : atOnce
      // Outside of the mutex: a slow conversation does not hold up the others.
      const outcome = slot === 'free' ? await trySend(pending) : slot
      if (outcome !== 'again') return outcome
    }
  }

  /** Mostly nothing waits, and the reply goes out without a queue. */
  function slotAtOnce(pending: Pending): Slot {
    const isFirst = inLine === 0 && !breaker.isOpen() && gate.slowMs(pending.target) <= 0
    return isFirst ? slotNow(pending) : 'later'
  }

  async function waitInLine(pending: Pending): Promise<ReplyOutcome | 'again' | 'free'> {
    inLine += 1
    try {
      // Outside of the mutex too: a target that gets too much holds up no other.
      if (!(await waitForTarget(pending))) return 'expired'
      return await takeSlot(async () => {
        const slot = await waitForSlot(pending)
        // After a pause only one is tried, before the others follow.
        return slot === 'free' && breaker.isOpen() ? await trySend(pending) : slot
      })
    } finally {
      inLine -= 1
    }
  }

  /** @returns whether the target may get it now; false where it came too late for that */
  async function waitForTarget(pending: Pending): Promise<boolean> {
    for (;;) {
      if (stopping.signal.aborted || isLate(pending)) return false
      const ms = gate.slowMs(pending.target)
      if (ms <= 0) return true
      await clock.sleep(Math.min(ms, recheckMs), stopping.signal)
    }
  }

  async function waitForSlot(pending: Pending): Promise<Exclude<Slot, 'later'>> {
    for (;;) {
      const slot = slotNow(pending)
      if (slot !== 'later') return slot
      await clock.sleep(Math.min(gate.msForReply(), recheckMs), stopping.signal)
    }
  }

  function slotNow(pending: Pending): Slot {
    if (stopping.signal.aborted || isLate(pending)) return 'expired'
    if (usage.isReplyCapReached() && !becomesCapNotice(pending)) return 'capped'
    if (gate.msForReply() > 0) return 'later'
    usage.countReply()
    return 'free'
  }

  const isLate = ({ notAfterMs }: Pending) => clock.now().epochMilliseconds > notAfterMs

  /** Once a day in each conversation. */
  function becomesCapNotice(pending: Pending): boolean {
    if (pending.reply.text === capText) return true
    if (!usage.takeCapNotice(pending.id)) return false
    pending.reply = { text: capText }
    return true
  }

  async function trySend(pending: Pending): Promise<ReplyOutcome | 'again'> {
    waiting.delete(pending)
    const { target } = pending
    pending.reply = named(pending.reply)
    const { reply } = pending
    const outcome = await attempt({ key: 'reply', target }, reply, stopping.signal)
    if (!stopping.signal.aborted) await outcomes.handle(target, outcome)
    if (outcome.event === 'turned-back') {
      waiting.add(pending)
      return 'again'
    }
    if (outcome.event === 'accepted') return pending.reply.text === capText ? 'capped' : 'sent'
    if (outcome.event === 'refused') return outcome.fault === 'target' ? 'gone' : 'failed'
    return outcome.fault === 'line-down' ? 'cut' : 'unknown'
  }

  return {
    send,
    waiting: () => [...waiting].filter(({ target }) => gate.slowMs(target) === 0).length,
    /** Sends nothing more that has to wait; what is on its way gets two seconds to be answered. */
    async stop() {
      stopping.abort()
      await Promise.all(underWay)
    },
  }
}
