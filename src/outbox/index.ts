import { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../log.ts'
import type { Alarms } from '../ports/alarms.ts'
import type { Chat, Reply, Target } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Metrics } from '../ports/metrics.ts'
import type { Store } from '../ports/store.ts'
import { createAttempt } from './attempt.ts'
import { createBrake } from './brake.ts'
import { createEchoes } from './echoes.ts'
import { createLedger, type Entry } from './ledger.ts'
import type { Limits, Pause } from './limits.ts'
import type { DeliveryState } from './records.ts'
import { type Echo, estimateSeconds, type Pace } from './rules.ts'
import { createSender } from './sender.ts'
import { createUsage } from './usage.ts'

export { isThrottleNotice, type Limits, type Pause } from './limits.ts'
export type { Echo, Pace } from './rules.ts'

/** One message to one target, on its way or arrived. */
export type Delivery = {
  /** `broadcast id/target id`, unique for ever: posting it again changes nothing. */
  key: string
  target: Target
  /**
   * `sending`: claimed, on its way. `sent`: the line took it. `confirmed`: we heard it back in that chat.
   * `unknown`: it may have arrived or not; never sent again by itself.
   */
  state: DeliveryState
  /** Why it failed, expired or is unknown, in Chinese. */
  reason?: string
  changedAt: Temporal.Instant
}

export type Posting = {
  key: string
  target: Target
  reply: Reply
  /** Later than this it is not sent any more but recorded as expired. */
  notAfter: Temporal.Instant
}

/** Paced, recorded sending: the only road from us to a group that is not a reply. */
export type Outbox = {
  /** Resolves when it is recorded as due; sending happens by itself. */
  post(postings: readonly Posting[]): Promise<void>
  /** In the order they were posted. */
  deliveries(broadcastId: string): Promise<Delivery[]>
  /** Cancels what is still due. @returns how many that were. */
  cancel(broadcastId: string): Promise<number>
}

/** The outbox as its owner sees it. */
export type RunningOutbox = Outbox & {
  /** Takes up what an earlier run left: what was claimed becomes unknown, what was due goes on, in order. */
  start(): Promise<void>
  /** Sends nothing more; what is on its way gets two seconds to be answered, else it is unknown. */
  stop(): Promise<void>
  /** For the line to tell that it heard a message of ours: that one is confirmed, even from unknown. Never throws. */
  echo(heard: Echo): Promise<void>
  /** The platform told us that we are too fast: pauses the sending for a while. */
  throttled(): Promise<void>
  /** Stops sending until {@link resume}; what is posted waits, and expires when its time is over. */
  pause(reason: string): Promise<void>
  resume(): Promise<void>
  standing(): Standing
  /** About how long so many messages to different chats take. */
  estimateSeconds(targets: number): number
}

/** How the sending as a whole stands. */
export type Standing = {
  pause: Pause | undefined
  waiting: number
  /** What went out on this day, and how many may. */
  today: { sent: number; cap: number }
}

type OutboxParts = {
  store: Store
  chat: Chat
  clock: Clock
  log: Log
  alarms: Alarms
  pace: Pace & Limits
  /** Counts the states that deliveries reach. */
  metrics: Pick<Metrics, 'delivered'>
}

/**
 * One message in flight, claimed in the ledger before it is sent: a crash between the two leaves it unknown,
 * never sent twice. A target that fails stops nobody else.
 */
export function createOutbox({ store, chat, clock, log, alarms, pace, metrics }: OutboxParts): RunningOutbox {
  const ledger = createLedger(store, clock, metrics)
  const echoes = createEchoes(ledger)
  const brake = createBrake({ store, clock, alarms, limits: pace })
  const usage = createUsage({ store, clock, alarms, limits: pace })
  const attempt = createAttempt({ chat, clock, log, sayDeadlineMs: pace.sayDeadlineMs })
  const sender = createSender({ ledger, echoes, brake, usage, attempt, clock, log, alarms, pace })

  return {
    start: sender.start,
    stop: sender.stop,
    async post(postings) {
      sender.enqueue(await ledger.add(postings))
    },
    async deliveries(broadcastId) {
      return (await ledger.list(broadcastId)).map(deliveryOf)
    },
    async cancel(broadcastId) {
      const entries = await ledger.list(broadcastId)
      const moved = await Promise.all(entries.map(({ key }) => ledger.record(key, 'cancelled')))
      return moved.filter(delivery => delivery !== undefined).length
    },
    async echo(heard) {
      const key = echoes.match(heard)
      if (!key) return
      try {
        await ledger.record(key, 'echoed', { messageId: heard.messageId })
        echoes.forget(key)
      } catch (cause) {
        log.error({ delivery: key, reason: reasonOf(cause) }, 'an echo could not be written down')
      }
    },
    throttled: () => brake.trip('平台提示操作过于频繁'),
    pause: brake.pause,
    async resume() {
      await brake.resume()
      sender.nudge()
    },
    standing: () => ({ pause: brake.current(), waiting: sender.waiting(), today: usage.today() }),
    estimateSeconds: targets => estimateSeconds(targets, pace),
  }
}

function deliveryOf({ key, value: { target, state, reason, changedAt } }: Entry): Delivery {
  return { key, target, state, ...(reason ? { reason } : {}), changedAt: Temporal.Instant.from(changedAt) }
}
