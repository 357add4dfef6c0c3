import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Temporal } from 'temporal-polyfill'
import type { Metrics } from '../ports/metrics.ts'

/** The state at the moment, from the same functions as the console's pages. */
export type ProcessMetrics = {
  /** Each line by its name in the settings, with its last sign of life; undefined before the first. */
  lines: readonly { line: string; isUp: boolean; lastSignAt: Temporal.Instant | undefined }[]
  /** Since the process started. */
  outages: number
  waiting: number
  isPaused: boolean
  alarms: number
  now: Temporal.Instant
}

export type Prometheus = {
  metrics: Metrics
  /** The exposition that Prometheus reads. */
  read(vitals: ProcessMetrics): Promise<{ text: string; contentType: string }>
}

/** From a tenth of a millisecond to a slow disk's second. */
const storeBuckets = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3]
/** From an answer out of memory to one that a language model took its time for. */
const answerBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20]

/** Metrics for Prometheus. Its registry is its own, so that two bots in one process do not add up. */
export function createPrometheus(): Prometheus {
  const registry = new Registry()
  const shared = { registers: [registry] }
  collectDefaultMetrics({ register: registry })

  const counter = counterIn(registry)
  const received = counter('messages_received_total', 'Messages that came in over the line')
  const answered = new Histogram({
    ...shared,
    name: 'chuangke_answer_seconds',
    help: 'From a message to its answer; the count is that of the answered ones',
    buckets: answerBuckets,
  })
  const refused = counter('messages_refused_total', 'Messages that were answered by a polite no')
  const dropped = counter('messages_dropped_total', 'Messages that came too fast to be answered')
  const lost = counter('messages_lost_total', 'Messages that the line announced and could not give')
  const byState = (name: string, help: string) =>
    new Counter({ ...shared, name, help, labelNames: ['state'] })
  const deliveries = byState('chuangke_deliveries_total', 'Deliveries of the outbox that reached a state')
  const replies = byState('chuangke_replies_total', 'Replies by their outcome')
  const stored = new Histogram({
    ...shared,
    name: 'chuangke_store_seconds',
    help: 'From a change to its being safe on the disk',
    labelNames: ['outcome'],
    buckets: storeBuckets,
  })

  const show = createVitalGauges(registry)

  return {
    metrics: {
      received: () => received.inc(),
      answered: seconds => answered.observe(seconds),
      refused: () => refused.inc(),
      dropped: () => dropped.inc(),
      lost: () => lost.inc(),
      delivered: state => deliveries.inc({ state }),
      replied: state => replies.inc({ state }),
      stored: (seconds, outcome) => stored.observe({ outcome }, seconds),
    },
    async read(vitals) {
      show(vitals)
      return { text: await registry.metrics(), contentType: registry.contentType }
    },
  }
}

const counterIn = (registry: Registry) => (name: string, help: string) =>
  new Counter({ registers: [registry], name: `chuangke_${name}`, help })

/** Gauges of the state at the moment. @returns sets them, before each read */
function createVitalGauges(registry: Registry) {
  const shared = { registers: [registry] }
  const gauge = (name: string, help: string) => new Gauge({ ...shared, name: `chuangke_${name}`, help })
  const lineGauge = (name: string, help: string) =>
    new Gauge({ ...shared, name: `chuangke_${name}`, help, labelNames: ['line'] })
  const isUp = lineGauge('line_up', '1 while the line is measured good, else 0')
  const silence = lineGauge(
    'line_seconds_since_heard',
    'Since the line last gave a sign of life; absent before the first',
  )
  const outages = counterIn(registry)(
    'line_gaps_total',
    'Times in which nothing could reach us, since the process started',
  )
  const waiting = gauge('outbox_waiting', 'Deliveries that wait to be sent')
  const isPaused = gauge('outbox_paused', '1 while sending is paused, else 0')
  const alarms = gauge('alarms', 'What needs an organizer at the moment')

  return function show(vitals: ProcessMetrics) {
    for (const { line, isUp: isLineUp, lastSignAt } of vitals.lines) {
      const labels = line === '' ? {} : { line }
      isUp.set(labels, Number(isLineUp))
      if (lastSignAt) silence.set(labels, Math.max(0, vitals.now.since(lastSignAt).total('seconds')))
      else silence.remove(labels)
    }
    outages.reset()
    outages.inc(vitals.outages)
    waiting.set(vitals.waiting)
    isPaused.set(Number(vitals.isPaused))
    alarms.set(vitals.alarms)
  }
}
