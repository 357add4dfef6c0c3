import type { Temporal } from 'temporal-polyfill'
import { reasonOf } from '../log.ts'
import type { Reply, Target } from '../ports/chat.ts'
import { createLanes, type LaneParts, type LaneStatus, type SendingLine } from './lanes.ts'
import { type Delivery, deliveryOf, type Outbox } from './ledger/delivery.ts'
import { createEchoes } from './ledger/echoes.ts'
import { createLedger } from './ledger/ledger.ts'
import type { StoredDelivery } from './ledger/records.ts'
import { type Echo, estimateSeconds, type Pace } from './ledger/rules.ts'
import type { Limits, Pause, ReplyLimits } from './limits/limits.ts'
import { createNudgeLimit, type NudgeLimit } from './limits/nudges.ts'
import { type QuietHours, quietFrom, quietUntil } from './limits/quiet.ts'
import { createManualDelivery, type ManualDelivery } from './manual-delivery.ts'
import { createRecall, type TakeBack } from './recall.ts'
import type { Delay } from './sender/send-gate.ts'

export type { LaneStatus } from './lanes.ts'
export type { Delivery, Outbox, Posting } from './ledger/delivery.ts'
export { isThrottleNotice, type Pause } from './limits/limits.ts'
export type { ManualCard } from './manual-delivery.ts'
export type { Delay } from './sender/send-gate.ts'

/** The outbox as its owner sees it. */
export type RunningOutbox = Outbox &
  ManualDelivery & {
    /**
     * Takes up what an earlier run left: what was claimed becomes unknown, what was due goes on, in order. To be called
     * again where the store refuses: until then that line sends replies only, as its
     * pause and its counts are not known.
     */
    start(): Promise<void>
    /** Sends nothing more; what is on its way gets two seconds to be answered, else it is unknown. */
    stop(): Promise<void>
    /** For the line to tell that it heard a message of ours: that one is confirmed, even from unknown. Never throws. */
    echo(heard: Echo): Promise<void>
    /** The platform reports that a message which a person had to send will not arrive. Never throws. */
    denied(message: Pick<Echo, 'messageId' | 'target'>, reason: string): Promise<void>
    /**
     * The platform has a task for a person although we got no answer: the delivery of these words waits for that
     * person. Resolves to whether there is one. Never throws.
     */
    taskFound(message: Echo): Promise<boolean>
    /** Takes back what arrived and still can be. @returns the deliveries that were */
    recall(broadcastId: string): Promise<Delivery[]>
    /** The platform told us that we are too fast: pauses the sending for a while. Never throws. */
    throttled(line?: string): Promise<void>
    /**
     * Sends the parts of a reply, under the same limits as pushes and before them. Never rejects.
     * @returns whether all went out
     */
    reply(target: Target, replies: readonly Reply[]): Promise<boolean>
    /**
     * Stops sending until {@link resume}; what is posted waits, and expires when its time is over.
     * @param line by its name; default: all
     */
    pause(reason: string, line?: string): Promise<void>
    resume(line?: string): Promise<void>
    status(): SendingStatus
    /** Nudges of all features together. */
    nudges: NudgeLimit
    /** Estimated duration of this many messages to different chats. */
    estimateSeconds(targets: number): number
    /** When a broadcast that is wanted at `at` may go out, and when that ends for the night. */
    window(at: Temporal.Instant): Window
  }

/** The hours in which broadcasts go out; `closesAt` is missing where there are no quiet hours. */
type Window = { opensAt: Temporal.Instant; closesAt?: Temporal.Instant }

/** The state of sending as a whole. */
export type SendingStatus = {
  pause: Pause | undefined
  isLineUp: boolean
  waiting: number
  /** The delay of the next one; undefined where none waits. */
  delay: Delay | undefined
  /** Pushes of this day, and how many may be. */
  today: { sent: number; cap: number }
  /** Replies of this day. */
  replies: number
  /** The same of each line, in the order of the settings. */
  lines: readonly LaneStatus[]
}

/** All lines as one: a pause of any line shows, and the numbers add up. */
function together(lines: readonly LaneStatus[]): SendingStatus {
  const sum = (of: (status: LaneStatus) => number) => lines.reduce((all, status) => all + of(status), 0)
  return {
    pause: lines.find(({ pause }) => pause)?.pause,
    isLineUp: lines.every(status => status.isLineUp),
    waiting: sum(({ waiting }) => waiting),
    delay: lines.flatMap(({ delay }) => delay ?? []).sort((a, b) => b.ms - a.ms)[0],
    today: { sent: sum(({ today }) => today.sent), cap: sum(({ today }) => today.cap) },
    replies: sum(({ replies }) => replies),
    lines,
  }
}

/** Pace, caps and quiet hours of sending. */
export type SendingRules = Pace & Limits & { quiet: QuietHours; replies: ReplyLimits }

type OutboxParts = Omit<LaneParts, 'ledger' | 'echoes' | 'proofOf'> &
  Partial<Pick<LaneParts, 'proofOf'>> & {
    /** Takes a message back. Default: no line can. */
    recall?: TakeBack
    /** Sending is paused while the line is down. */
    isLineUp(): boolean
    /** Start of the present connection; undefined while the line is down, or where it is unknown. */
    upSince?(): Temporal.Instant | undefined
    account(): string
    /** Default: one line without a name, as `isLineUp`, `upSince` and `account` describe it. */
    lines?: readonly SendingLine[]
  }

/**
 * Creates the outbox. One message is in flight on each line, claimed in the ledger before it is sent: a
 * crash between the two leaves it unknown, never sent twice. A target that fails stops no other target, and
 * a line that fails no other line.
 */
export function createOutbox(parts: OutboxParts): RunningOutbox {
  const { store, clock, log, pace, isLineUp, upSince, account, metrics, proofOf = () => 'echo' } = parts
  const ledger = createLedger(store, clock, metrics)
  const nudges = createNudgeLimit(store, clock)
  const echoes = createEchoes(ledger, clock)
  const lines = parts.lines ?? [{ name: '', title: '', isUp: isLineUp, upSince, account }]
  const lanes = createLanes(lines, { ...parts, proofOf, ledger, echoes })
  const chosen = (line: string | undefined) =>
    lanes.all.filter(({ name }) => line === undefined || name === line)
  const sender = {
    enqueue(entries: readonly StoredDelivery[]) {
      const byLane = Map.groupBy(entries, ({ value }) => lanes.of(value.target))
      for (const [lane, theirs] of byLane) lane?.sender.enqueue(theirs)
    },
    nudge: () => lanes.all.forEach(lane => void lane.sender.nudge()),
    drop: (keys: readonly string[]) => lanes.all.forEach(lane => void lane.sender.drop(keys)),
  }
  const outcomes = { clearAlarm: (target: Target) => lanes.of(target)?.outcomes.clearAlarm(target) }

  /** Logs a failure of work that has no caller to throw to. */
  async function guarded(what: string, work: () => Promise<void>) {
    try {
      await work()
    } catch (cause) {
      log.error({ reason: reasonOf(cause) }, `${what} could not be written down`)
    }
  }

  return {
    async start() {
      const started = await Promise.allSettled(lanes.all.map(lane => lane.start()))
      for (const one of started) if (one.status === 'rejected') throw one.reason
    },
    async stop() {
      await Promise.all(lanes.all.map(lane => lane.stop()))
    },
    nudges,
    reply: async (target, replies) => lanes.of(target)?.replies.send(target, replies) ?? false,
    async post(postings) {
      sender.enqueue(await ledger.add(await nudges.allowed(postings)))
    },
    async deliveries(broadcastId) {
      return (await ledger.list(broadcastId)).map(deliveryOf)
    },
    async cancel(broadcastId) {
      const entries = await ledger.list(broadcastId)
      const moved = await Promise.all(
        entries.map(async ({ key }) =>
          (await ledger.record(key, 'cancelled'))?.state === 'cancelled' ? [key] : [],
        ),
      )
      sender.drop(moved.flat())
      return moved.flat().length
    },
    ...createManualDelivery({ clock, ledger, sender, outcomes, lineTo: target => lanes.of(target)?.line }),
    async echo(heard) {
      const key = echoes.match(heard)
      if (!key) return
      await guarded('an echo', () => echoes.confirm(key, heard.messageId))
      outcomes.clearAlarm(heard.target)
      // A later part may have waited for it.
      sender.nudge()
    },
    denied: (message, reason) =>
      guarded('a denial', async () => {
        const key = echoes.match({ ...message, text: '' })
        if (!key || !(await ledger.record(key, 'denied', { reason }))) return
        const outcome = { event: 'refused', fault: 'target', reason } as const
        await lanes.of(message.target)?.outcomes.handle(message.target, outcome)
      }),
    async taskFound(message) {
      let isTaken = false
      await guarded('a task', async () => {
        isTaken = await echoes.takeTask(message)
      })
      return isTaken
    },
    recall: createRecall({ ledger, takeBack: parts.recall ?? (async () => false) }),
    throttled: (line = '') =>
      guarded('a pause', async () => {
        for (const { breaker } of chosen(line)) await breaker.open('平台提示操作过于频繁')
      }),
    async pause(reason, line) {
      for (const { breaker } of chosen(line)) await breaker.pause(reason)
    },
    async resume(line) {
      for (const { breaker } of chosen(line)) await breaker.resume()
      sender.nudge()
    },
    status: () => together(lanes.all.map(lane => lane.status())),
    estimateSeconds: targets => estimateSeconds(targets, pace),
    window(at) {
      const opensAt = quietUntil(at, pace.quiet) ?? at
      const closesAt = quietFrom(opensAt, pace.quiet)
      return { opensAt, ...(closesAt ? { closesAt } : {}) }
    },
  }
}
