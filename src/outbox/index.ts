import type { Temporal } from 'temporal-polyfill'
import { reasonOf } from '../log.ts'
import type { Reply, Target } from '../ports/chat.ts'
import { deliveryOf, type Outbox } from './delivery.ts'
import { createEchoes } from './echoes.ts'
import { createHands, type Hands } from './hands.ts'
import type { Hold } from './holds.ts'
import { createLanes, type LaneParts, type LaneStatus, type SendingLine } from './lanes.ts'
import { createLedger } from './ledger.ts'
import type { Limits, Pause, ReplyLimits } from './limits.ts'
import { type QuietHours, quietFrom, quietUntil } from './quiet.ts'
import type { StoredDelivery } from './records.ts'
import { type Echo, estimateSeconds, type Pace } from './rules.ts'

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
    throttled(line?: string): Promise<void>
    /** Sends the parts of a reply, under the same limits as pushes and before them. Never rejects. @returns whether all went out */
    reply(target: Target, replies: readonly Reply[]): Promise<boolean>
    /**
     * Stops sending until {@link resume}; what is posted waits, and expires when its time is over.
     * @param line by its name; default: all
     */
    pause(reason: string, line?: string): Promise<void>
    resume(line?: string): Promise<void>
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
    hold: lines.flatMap(({ hold }) => hold ?? []).sort((a, b) => b.ms - a.ms)[0],
    today: { sent: sum(({ today }) => today.sent), cap: sum(({ today }) => today.cap) },
    replies: sum(({ replies }) => replies),
    lines,
  }
}

/** How fast, how much and when we send. */
export type SendingRules = Pace & Limits & { quiet: QuietHours; replies: ReplyLimits }

type OutboxParts = Omit<LaneParts, 'ledger' | 'echoes' | 'isProvenByAnswer'> &
  Partial<Pick<LaneParts, 'isProvenByAnswer'>> & {
    /** While it is not, what is due waits. */
    isLineUp(): boolean
    /** Since when all lines are up; undefined where nobody knows, or while they are not. */
    upSince?(): Temporal.Instant | undefined
    account(): string
    /** Default: one line without a name, as `isLineUp` and `account` describe it. */
    lines?: readonly SendingLine[]
  }

/**
 * One message in flight on each line, claimed in the ledger before it is sent: a crash between the two leaves it
 * unknown, never sent twice. A target that fails stops nobody else, and a line that fails no other line.
 */
export function createOutbox(parts: OutboxParts): RunningOutbox {
  const { store, clock, log, pace, isLineUp, account, metrics, isProvenByAnswer = () => false } = parts
  const ledger = createLedger(store, clock, metrics)
  const echoes = createEchoes(ledger)
  const lines = parts.lines ?? [{ name: '', title: '', isUp: isLineUp, account }]
  const lanes = createLanes(lines, { ...parts, isProvenByAnswer, ledger, echoes })
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
  const reports = { settled: (target: Target) => lanes.of(target)?.reports.settled(target) }

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
      for (const lane of lanes.all) await lane.start()
    },
    async stop() {
      await Promise.all(lanes.all.map(lane => lane.stop()))
    },
    reply: async (target, replies) => lanes.of(target)?.replies.send(target, replies) ?? false,
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
    throttled: (line = '') =>
      guarded('a pause', async () => {
        for (const { brake } of chosen(line)) await brake.trip('平台提示操作过于频繁')
      }),
    async pause(reason, line) {
      for (const { brake } of chosen(line)) await brake.pause(reason)
    },
    async resume(line) {
      for (const { brake } of chosen(line)) await brake.resume()
      sender.nudge()
    },
    standing: () => together(lanes.all.map(lane => lane.standing())),
    estimateSeconds: targets => estimateSeconds(targets, pace),
    window(at) {
      const opensAt = quietUntil(at, pace.quiet) ?? at
      const closesAt = quietFrom(opensAt, pace.quiet)
      return { opensAt, ...(closesAt ? { closesAt } : {}) }
    },
  }
}
