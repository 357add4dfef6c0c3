import { Temporal } from 'temporal-polyfill'
import type { Due, Job, Sweep } from './feature.ts'
import { JobRun, type RunNow, sayLate } from './job-records.ts'
import { createLeapGuard, type LeapGuard } from './lib/clock-leap.ts'
import { earliest, utcMonthOf, utcMonthsBetween } from './lib/instants.ts'
import { withTimeout } from './lib/timeout.ts'
import { type Log, reasonOf } from './log.ts'
import type { Alarms } from './ports/alarms.ts'
import type { Clock } from './ports/clock.ts'
import type { Scheduler } from './ports/schedule.ts'
import type { Store } from './ports/store.ts'
import { createWatermark } from './watermark.ts'

const tickMs = 1000
/** A job may wait a minute for a page or a model; one that a stop cuts off counts as interrupted. */
const stopGraceMs = 1500
/** Days back over which runs are listed at least. */
const listedDays = 31
/** A run this late is still on time: ticks come every second, and the job before may take a while. */
const punctualMinutes = 1

export type Upcoming = { job: Job; due: Due }

export type JobRunner = {
  /** Runs what fell due since the last tick. Ticks never overlap. */
  tick(): Promise<void>
  /** Upcoming runs within `days`, soonest first. */
  upcoming(days: number): Promise<Upcoming[]>
  /** Runs and expired runs of the calendar months (UTC) that the last 31 days touch, latest first. */
  runs(): Promise<RunNow[]>
  /** When the tick under way began, by `performance.now()`; undefined between two ticks. */
  tickingSinceMs(): number | undefined
  /** Chinese title of a job; its name for one that is gone. */
  titleOf(name: string): string
  /** Ticks every second until the returned function is called, which waits 1.5 s at most for a job under way. */
  start(): () => Promise<void>
}

type RunnerParts = {
  jobs: readonly Job[]
  sweeps: readonly Sweep[]
  store: Store
  scheduler: Scheduler
  clock: Clock
  log: Log
  alarms: Alarms
}

/**
 * Runs each slot of each job once. A slot is claimed in the ledger before it runs, so neither a restart nor a clock
 * that steps back runs it again; what was due while we were down runs late while it is still of use, or expires.
 */
export function createJobRunner(parts: RunnerParts): JobRunner {
  const { jobs, sweeps, store, scheduler, clock, log, alarms } = parts
  const ledger = store.collection('runs', JobRun)
  const watermark = createWatermark({ store, log, alarms }, ledger)
  const underWay = new Set<string>()
  const sweptAt = new Map<string, number>()
  const checkedUntil = new Map<string, Temporal.Instant>()
  let startedFrom: Temporal.Instant | undefined
  let isWatermarkRead = false
  let lastTickAt: Temporal.Instant | undefined
  let leaps: LeapGuard | undefined
  let tickingSinceMs: number | undefined
  let ticking: Promise<void> = Promise.resolve()
  let isStopping = false
  /** Jobs without a title are hidden from the UI. */
  const shown = jobs.filter(({ title }) => title !== '')

  async function runTick(): Promise<void> {
    tickingSinceMs = performance.now()
    try {
      await checkAll()
    } finally {
      tickingSinceMs = undefined
    }
  }

  async function checkAll(): Promise<void> {
    const now = clock.now()
    const start = startedFrom && isWatermarkRead ? startedFrom : await readWatermark(now)
    leaps?.note(now, lastTickAt ?? start)
    lastTickAt = now
    const mayRun = ({ deletes = false }: Job | Sweep) =>
      !deletes || (isWatermarkRead && !leaps?.isHolding(now))
    for (const job of jobs.filter(mayRun)) await guarded(job.name, () => check(job, start, now))
    for (const sweep of sweeps.filter(mayRun)) await guarded(sweep.name, () => runSweep(sweep, now))
    const at = earliest([now, ...jobs.map(job => checkedUntil.get(job.name) ?? start)])
    if (!isStopping && isWatermarkRead) await watermark.save(now, { at, leaptAt: leaps?.leaptAt() })
  }

  /**
   * The start of what is due. Until the store gives the watermark, it is read at every tick: only it says that the
   * clock leapt ahead, so nothing is deleted and no other is saved. Then all that was due since it is checked anew.
   */
  async function readWatermark(now: Temporal.Instant): Promise<Temporal.Instant> {
    const { isRead, saved } = await watermark.read(now)
    const start = isRead || !startedFrom ? (saved?.at ?? startedFrom ?? now) : startedFrom
    if (isRead || !leaps) leaps = createLeapGuard(saved?.leaptAt)
    if (isRead) {
      checkedUntil.clear()
      lastTickAt = undefined
    }
    isWatermarkRead = isRead
    startedFrom = start
    return start
  }

  /** A check that fails, on a full disk for example, is repeated: only a complete one moves the watermark. */
  async function check(job: Job, start: Temporal.Instant, now: Temporal.Instant) {
    await runDue(job, earliest([checkedUntil.get(job.name) ?? start, now]), now)
    checkedUntil.set(job.name, now)
  }

  async function runDue(job: Job, after: Temporal.Instant, until: Temporal.Instant) {
    const missed: Due[] = []
    for (const due of await job.due(after, until)) {
      if (isStopping) return
      // By now, not by when the tick began: the job before may have taken its time.
      const minutesLate = clock.now().since(due.at).total('minutes')
      if (minutesLate <= Math.max(job.maxLateMinutes, punctualMinutes)) await runClaimed(job, due)
      else if (
        await claim(job, due, { outcome: 'expired', reason: sayLate(minutesLate, job.maxLateMinutes) })
      )
        missed.push(due)
    }
    if (missed.length > 0) await job.missed?.(missed)
  }

  async function runClaimed(job: Job, due: Due) {
    const key = keyOf(job, due)
    underWay.add(key)
    try {
      if (await claim(job, due, { outcome: 'claimed' })) await settle(job, due, await runOne(job, due))
    } finally {
      underWay.delete(key)
    }
  }

  async function runOne(job: Job, due: Due): Promise<Pick<JobRun, 'outcome' | 'reason'>> {
    try {
      await job.run(due)
      const reason = await whyUndone(job, due)
      return reason === undefined ? { outcome: 'done' } : { outcome: 'undone', reason }
    } catch (cause) {
      const reason = reasonOf(cause)
      log.error({ job: job.name, slot: due.key, reason }, 'a job failed')
      return { outcome: 'failed', reason }
    }
  }

  /** @param known what counts where it cannot be told why nothing was done. Default: the work was done */
  const whyUndone = async (job: Job, due: Due, known?: string): Promise<string | undefined> =>
    job.undone?.(due).catch(cause => {
      log.error({ job: job.name, slot: due.key, reason: reasonOf(cause) }, 'a run could not be looked at')
      return known
    })

  /** A run as it stands: what waited for a person at its slot may be done since. */
  async function runNow(job: Job, key: string, run: JobRun): Promise<RunNow> {
    if (run.outcome === 'claimed' && !underWay.has(key)) return { ...run, outcome: 'interrupted' }
    if (run.outcome !== 'undone') return run
    const due = { key: key.slice(key.indexOf('/') + 1), at: Temporal.Instant.from(run.dueAt) }
    const { reason: _, ...done } = run
    return (await whyUndone(job, due, run.reason)) === undefined ? { ...done, outcome: 'done' } : run
  }

  /** Claims a slot. An expired slot never ran: it may still run when a clock that had leapt ahead comes back. */
  async function claim(job: Job, due: Due, how: Pick<JobRun, 'outcome' | 'reason'>): Promise<boolean> {
    const times = { dueAt: due.at.toString(), claimedAt: clock.now().toString() }
    const mine: JobRun = { job: job.name, ...(due.title ? { title: due.title } : {}), ...times, ...how }
    let isOurs = false
    await ledger.update(keyOf(job, due), now => {
      const isOpen = now?.outcome === 'expired' || (job.repeatable === true && now?.outcome === 'claimed')
      isOurs = now === undefined || (isOpen && how.outcome === 'claimed')
      return isOurs ? mine : now
    })
    return isOurs
  }

  async function settle(job: Job, due: Due, result: Pick<JobRun, 'outcome' | 'reason'>) {
    await ledger.update(keyOf(job, due), now => now && { ...now, ...result })
  }

  async function runSweep(sweep: Sweep, now: Temporal.Instant) {
    const since = now.epochMilliseconds - (sweptAt.get(sweep.name) ?? -Infinity)
    if (since >= 0 && since < sweep.everySeconds * 1000) return
    sweptAt.set(sweep.name, now.epochMilliseconds)
    await sweep.run(now)
  }

  /** A failure of one feature must not stop the others. */
  async function guarded(name: string, work: () => Promise<void>) {
    if (isStopping) return
    try {
      await work()
    } catch (cause) {
      log.error({ job: name, reason: reasonOf(cause) }, 'looking at what is due failed')
    }
  }

  /** Empty where its records cannot be read, so that the others are still shown. */
  const dueOf = async (job: Job, after: Temporal.Instant, until: Temporal.Instant) =>
    job.due(after, until).catch((cause): Due[] => {
      log.error({ job: job.name, reason: reasonOf(cause) }, 'what comes could not be listed')
      return []
    })

  function tick(): Promise<void> {
    ticking = ticking.then(runTick, runTick)
    return ticking
  }

  return {
    tick,
    async upcoming(days) {
      const now = clock.now()
      const until = now.add({ hours: 24 * days })
      const found = shown.map(async job => (await dueOf(job, now, until)).map(due => ({ job, due })))
      return (await Promise.all(found)).flat().sort((a, b) => Temporal.Instant.compare(a.due.at, b.due.at))
    },
    async runs() {
      const now = clock.now()
      const months = utcMonthsBetween(now.subtract({ hours: 24 * listedDays }), now)
      const listed = shown.flatMap(job =>
        months.map(async month => (await ledger.list(`${job.name}-${month}/`)).map(run => ({ job, ...run }))),
      )
      const found = (await Promise.all(listed)).flat().map(({ job, key, value }) => runNow(job, key, value))
      return (await Promise.all(found)).sort((a, b) => b.dueAt.localeCompare(a.dueAt))
    },
    tickingSinceMs: () => tickingSinceMs,
    titleOf: name => jobs.find(job => job.name === name)?.title ?? name,
    start() {
      const stop = scheduler.every(tickMs, tick)
      return async () => {
        stop()
        isStopping = true
        const within = { timeoutMs: stopGraceMs, what: 'the tick under way', sleep: clock.sleep }
        await withTimeout(() => ticking, within).catch(() => {})
      }
    },
  }
}

/** The slots of a cron line as things due; the key is the instant itself. */
export function cronDue(scheduler: Scheduler, cron: string): Job['due'] {
  return async (after, until) => scheduler.slots(cron, after, until).map(at => ({ key: at.toString(), at }))
}

const keyOf = (job: Job, due: Due) => `${job.name}-${utcMonthOf(due.at)}/${due.key}`
