import type { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../log.ts'
import type { Alarms } from '../ports/alarms.ts'
import type { Chat, Reply, Target } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Metrics } from '../ports/metrics.ts'
import type { Store } from '../ports/store.ts'
import { createAttempt } from './attempt.ts'
import { createBrake } from './brake.ts'
import { deliveryOf, type Outbox } from './delivery.ts'
import { createEchoes } from './echoes.ts'
import { createHands, type Hands } from './hands.ts'
import { createHolds, type Hold } from './holds.ts'
import { createLedger } from './ledger.ts'
import type { Limits, Pause, ReplyLimits } from './limits.ts'
import { type QuietHours, quietFrom, quietUntil } from './quiet.ts'
import { createReplySender } from './replies.ts'
import { createReports } from './reports.ts'
import { type Echo, estimateSeconds, type Pace } from './rules.ts'
import { createSender } from './sender.ts'
import { createUsage } from './usage.ts'

export type { Delivery, Outbox, Posting } from './delivery.ts'
export type { HandCard } from './hands.ts'
export type { Hold } from './holds.ts'
export { isThrottleNotice } from './limits.ts'

/** The outbox as its owner sees it. */
export type RunningOutbox = Outbox &
  Hands & {
    /** Takes up what an earlier run left: what was claimed becomes unknown, what was due goes on, in order. */
    start(): Promise<void>
    /** Sends nothing more; what is on its way gets two seconds to be answered, else it is unknown. */
    stop(): Promise<void>
    /** For the line to tell that it heard a message of ours: that one is confirmed, even from unknown. Never throws. */
    echo(heard: Echo): Promise<void>
    /** The platform told us that we are too fast: pauses the sending for a while. Never throws. */
    throttled(): Promise<void>
    /** Sends the parts of a reply, under the same limits as pushes and before them. Never rejects. @returns whether all went out */
    reply(target: Target, replies: readonly Reply[]): Promise<boolean>
    /** Stops sending until {@link resume}; what is posted waits, and expires when its time is over. */
    pause(reason: string): Promise<void>
    resume(): Promise<void>
    standing(): SendingStatus
    /** About how long so many messages to different chats take. */
    estimateSeconds(targets: number): number
    /** When a broadcast that is wanted at `at` may go out, and when that ends for the night. */
    window(at: Temporal.Instant): Window
  }

/** From when to when broadcasts go out; `closesAt` is missing where there are no quiet hours. */
type Window = { opensAt: Temporal.Instant; closesAt?: Temporal.Instant }

/** How the sending as a whole stands. */
export type SendingStatus = {
  pause: Pause | undefined
  isLineUp: boolean
  waiting: number
  /** What holds up the next one; undefined where none waits. */
  hold: Hold | undefined
  /** Pushes of this day, and how many may be. */
  today: { sent: number; cap: number }
  /** Replies of this day. */
  replies: number
}

/** How fast, how much and when we send. */
export type SendingRules = Pace & Limits & { quiet: QuietHours; replies: ReplyLimits }

type OutboxParts = {
  store: Store
  chat: Chat
  clock: Clock
  log: Log
  alarms: Alarms
  pace: SendingRules
  /** While it is not, what is due waits. */
  isLineUp(): boolean
  /** Since when it is up; undefined where nobody knows, or while it is not. */
  upSince?(): Temporal.Instant | undefined
  /** The platform's id of the account that sends, empty before it is known. */
  account(): string
  /** What people call a target. */
  nameOf(target: Target): Promise<string>
  /** Counts the states that deliveries reach, and replies. */
  metrics: Pick<Metrics, 'delivered' | 'replied'>
}

/**
 * One message in flight, claimed in the ledger before it is sent: a crash between the two leaves it unknown,
 * never sent twice. A target that fails stops nobody else.
 */
export function createOutbox(parts: OutboxParts): RunningOutbox {
  const { store, chat, clock, log, alarms, pace, isLineUp, account, nameOf, metrics } = parts
  const ledger = createLedger(store, clock, metrics)
  const echoes = createEchoes(ledger)
  const brake = createBrake({ store, clock, alarms, limits: pace })
  const usage = createUsage({ store, clock, alarms, log, limits: pace, account })
  const holds = createHolds({
    brake,
    usage,
    clock,
    pace,
    isLineUp,
    waitingReplies: () => replies.waiting(),
  })
  const reports = createReports({ alarms, brake, nameOf })
  const attempt = createAttempt({ ...pace, chat, clock, log })
  const limits = pace.replies
  const replies = createReplySender({ attempt, holds, usage, brake, reports, limits, clock, log, metrics })
  const sender = createSender({ ledger, echoes, holds, usage, reports, attempt, clock, log, alarms })

  /** For what comes from the line, where nobody waits for an error. */
  async function guarded(what: string, work: () => Promise<void>) {
    try {
      await work()
    } catch (cause) {
      log.error({ reason: reasonOf(cause) }, `${what} could not be written down`)
    }
  }

  return {
    async start() {
      await Promise.all([brake.load(), usage.load()])
      await sender.start()
    },
    async stop() {
      await Promise.all([replies.stop(), sender.stop()])
    },
    reply: replies.send,
    async post(postings) {
      sender.enqueue(await ledger.add(postings))
    },
    async deliveries(broadcastId) {
      return (await ledger.list(broadcastId)).map(deliveryOf)
    },
    async cancel(broadcastId) {
      const entries = await ledger.list(broadcastId)
      const moved = await Promise.all(
        entries.map(async ({ key }) => ((await ledger.record(key, 'cancelled')) ? [key] : [])),
      )
      sender.drop(moved.flat())
      return moved.flat().length
    },
    ...createHands({ ...parts, ledger, sender, reports }),
    async echo(heard) {
      const key = echoes.match(heard)
      if (!key) return
      await guarded('an echo', () => echoes.confirm(key, heard.messageId))
      // A later part may have waited for it.
      sender.nudge()
    },
    throttled: () => guarded('a pause', () => brake.trip('平台提示操作过于频繁')),
    pause: brake.pause,
    async resume() {
      await brake.resume()
      sender.nudge()
    },
    standing: () => ({
      pause: brake.current(),
      isLineUp: isLineUp(),
      waiting: sender.waiting(),
      hold: sender.hold(),
      today: usage.today(),
      replies: usage.replies(),
    }),
    estimateSeconds: targets => estimateSeconds(targets, pace),
    window(at) {
      const opensAt = quietUntil(at, pace.quiet) ?? at
      const closesAt = quietFrom(opensAt, pace.quiet)
      return { opensAt, ...(closesAt ? { closesAt } : {}) }
    },
  }
}
