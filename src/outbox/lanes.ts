import type { Temporal } from 'temporal-polyfill'
import type { Log } from '../log.ts'
import type { Alarms } from '../ports/alarms.ts'
import type { Chat, Target } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import { lineNameOfTarget } from '../ports/line-ids.ts'
import type { LineTraits } from '../ports/line-traits.ts'
import type { Metrics } from '../ports/metrics.ts'
import type { Store } from '../ports/store.ts'
import type { SendingRules } from './index.ts'
import type { Echoes } from './ledger/echoes.ts'
import type { DeliveryLedger } from './ledger/ledger.ts'
import { createSlowTargets } from './limits/slow-targets.ts'
import { createUsage } from './limits/usage.ts'
import { createAttempt } from './sender/attempt.ts'
import { createCircuitBreaker } from './sender/circuit-breaker.ts'
import { createOutcomeHandler } from './sender/outcome-handler.ts'
import { recordsRefused } from './sender/persistence.ts'
import { createReplySender } from './sender/replies.ts'
import { createSendGate } from './sender/send-gate.ts'
import { createSender } from './sender/sender.ts'

/** A line as the outbox sees it. */
export type SendingLine = {
  /** In front of the ids that it leads to; empty for the line without a name. */
  name: string
  /** Chinese name; empty where there is only one. */
  title: string
  isUp(): boolean
  /** Start of the present connection; undefined while the line is down, or where it is unknown. */
  upSince?: (() => Temporal.Instant | undefined) | undefined
  /** The platform's id of the account that sends, empty before it is known. */
  account(): string
  /** The platform's own limits; undefined: those of the settings. */
  pace?: LineTraits['pace']
}

export type LaneParts = {
  store: Store
  chat: Chat
  clock: Clock
  log: Log
  alarms: Alarms
  pace: SendingRules
  metrics: Pick<Metrics, 'delivered' | 'replied'>
  ledger: DeliveryLedger
  echoes: Echoes
  nameOf(target: Target): Promise<string>
  /** Proof that a message to this target arrived. */
  proofOf(target: Target): LineTraits['proof']
}

type Lane = ReturnType<typeof createLane>

/** The sending over one line: its queue, pace, daily limits, circuit breaker and replies. */
function createLane(line: SendingLine, parts: LaneParts & { owns(target: Target): boolean }) {
  const { store, clock, log, alarms, metrics, nameOf, owns } = parts
  const pace = line.pace ? paced(parts.pace, line.pace) : parts.pace
  const { account, isUp: isLineUp } = line
  const named = { name: line.name, title: line.title }
  const breaker = createCircuitBreaker({ store, clock, alarms, limits: pace, line: named })
  const usage = createUsage({ store, clock, alarms, log, limits: pace, account, line: named })
  const waitingReplies = () => replies.waiting()
  const slowTargets = createSlowTargets(clock)
  const gate = createSendGate({ breaker, usage, slowTargets, clock, pace, isLineUp, waitingReplies })
  const outcomes = createOutcomeHandler({ alarms, breaker, slowTargets, limits: pace, nameOf })
  const attempt = createAttempt({ ...pace, ...parts })
  const limits = pace.replies
  let isStarted = false
  const replies = createReplySender({ attempt, gate, usage, breaker, outcomes, limits, clock, log, metrics })
  const sender = createSender({ ...parts, owns, gate, usage, outcomes, attempt })

  return {
    ...line,
    breaker,
    outcomes,
    replies,
    sender,
    async start() {
      if (isStarted) return
      try {
        await Promise.all([breaker.load(), usage.load()])
        await sender.start()
        isStarted = true
      } catch (cause) {
        alarms.raise('outbox-store', recordsRefused)
        throw cause
      }
    },
    async stop() {
      isStarted = false
      await Promise.all([replies.stop(), sender.stop()])
    },
    line,
    status: () => ({
      name: line.name,
      title: line.title,
      pause: breaker.current(),
      isLineUp: isLineUp(),
      waiting: sender.waiting(),
      delay: sender.delay(),
      waitingReplies: replies.waiting(),
      today: usage.today(),
      replies: usage.replies(),
    }),
  }
}

export type LaneStatus = ReturnType<Lane['status']>

/** Creates one lane per line. Deliveries of a line that left the settings go to the first lane, where they fail. */
export function createLanes(lines: readonly SendingLine[], parts: LaneParts) {
  const names = new Set(lines.map(({ name }) => name))
  const ownerOf = (target: Target) => {
    const name = lineNameOfTarget(target)
    return names.has(name) ? name : (lines[0]?.name ?? '')
  }
  const all = lines.map(line => createLane(line, { ...parts, owns: target => ownerOf(target) === line.name }))
  const of = (target: Target) => all.find(({ name }) => name === ownerOf(target))
  return { all, of }
}

function paced(rules: SendingRules, own: NonNullable<LineTraits['pace']>): SendingRules {
  return {
    ...rules,
    sameGroupGapMs: Math.max(rules.sameGroupGapMs, own.sameGroupGapMs),
    nextGroupGapMinMs: own.nextGroupGapMs,
    nextGroupGapMaxMs: own.nextGroupGapMs,
    perMinute: own.perMinute,
    // Organizers change these while it runs.
    get perDay() {
      return rules.perDay
    },
    get quiet() {
      return rules.quiet
    },
    // A bot that the platform allows has no first week.
    firstWeekDivisor: 1,
  }
}
