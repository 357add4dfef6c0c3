import { Temporal } from 'temporal-polyfill'
import { createMutex } from '../../lib/queue.ts'
import type { ClosedOutage, Outage, OutageCause, Outages } from '../../ports/outages.ts'
import { type OutageRecord, type OutageRecords, outageOf } from './records.ts'

/** A clock may have been this far ahead before it was put back; the sandbox's moves by a week at a time. */
const farAheadHours = 24 * 62

/** Records when no messages could arrive. What the store refuses is kept and written by the next `flush`. */
export function createOutageLog(records: OutageRecords) {
  const unwritten = new Map<string, Outage>()
  const runExclusive = createMutex()
  const open = new Map<string, Outage>()

  function note(outage: Outage) {
    unwritten.set(`${outage.from} ${outage.line ?? ''}`, outage)
    // The next caller, at the latest the sweep, gets the error of a store that refuses.
    void flush().catch(() => {})
  }

  function flush(): Promise<void> {
    return runExclusive(async () => {
      for (const [key, outage] of unwritten) {
        await records.updateOutage(outage, now => merged(now, outage))
        if (unwritten.get(key) === outage) unwritten.delete(key)
      }
    })
  }

  /** While an outage lasts, what else goes wrong with that line belongs to it. */
  function begin(from: Temporal.Instant, how: OutageCause, line = '') {
    if (open.has(line)) return
    const outage = { from, to: undefined, how, ...(line ? { line } : {}) }
    open.set(line, outage)
    note(outage)
  }

  function end(at: Temporal.Instant, line = '') {
    const outage = open.get(line)
    if (outage) note({ ...outage, to: later(outage.from, at) })
    open.delete(line)
  }

  /** Messages between these times are lost; the others of that time arrived. */
  function addLost(from: Temporal.Instant, to: Temporal.Instant, line = '') {
    if (!open.has(line)) note({ from, to, how: 'unread', ...(line ? { line } : {}) })
  }

  /**
   * Takes up the state of an earlier run, as far as it can be read: an unreadable store must not keep the bot
   * silent. An open outage stays open, and the time without a process is an outage.
   */
  async function start(at: Temporal.Instant, lines: readonly string[]) {
    const known = records.outagesOf(at, at.add({ hours: farAheadHours }))
    const all = (await known.catch(() => [])).map(outageOf)
    for (const line of lines) {
      const found = all.filter(outage => (outage.line ?? '') === line)
      await startLine(line, found, at)
    }
    // Stays in memory for the next flush.
    await flush().catch(() => {})
  }

  async function startLine(line: string, found: readonly Outage[], at: Temporal.Instant) {
    const lasting = found.find(({ from, to }) => to === undefined && isBefore(from, at))
    if (lasting) open.set(line, lasting)
    for (const outage of found) {
      // The clock was put back since it began. Left open it would make everything after it unknown.
      if (outage.to === undefined && outage !== lasting) note({ ...outage, to: outage.from })
    }
    const lastSignAt = await records.lastSignAt(line).catch(() => 'refused' as const)
    // The begin of the loss is unknown: messages are missed from now on at least.
    if (lastSignAt === 'refused') return begin(at, 'stopped', line)
    const signs = [lastSignAt, ...found.map(({ to }) => to)].filter(to => to !== undefined)
    // Heard until later than now: the clock was put back, and nothing before now was missed.
    const isPutBack = lastSignAt !== undefined && isBefore(at, lastSignAt)
    const last = signs.filter(to => isBefore(to, at)).sort(Temporal.Instant.compare)
    if (signs.length > 0) begin((isPutBack ? undefined : last.at(-1)) ?? at, 'stopped', line)
  }

  const outages: Outages = {
    async between(from, to, lines) {
      await flush()
      const found = (await records.outagesOf(from, to))
        .map(outageOf)
        .filter(outage => touches(outage, from, to))
      return lines ? found.filter(outage => lines.includes(outage.line ?? '')) : found
    },
  }

  return { begin, end, addLost, start, flush, outages, isOpen: (line = '') => open.has(line) }
}

/** A told outage stays told; the same outage may be noted again with its end. */
function merged(now: OutageRecord | undefined, { from, to, how, line }: Outage): OutageRecord {
  return {
    from: from.toString(),
    ...(to ? { to: to.toString() } : {}),
    how: now?.how ?? how,
    ...(line ? { line } : {}),
    // One that begins again where it ended is to be told anew.
    isTold: now?.isTold === true && !(now.to && !to),
  }
}

function touches(outage: Outage, from: Temporal.Instant, to: Temporal.Instant): boolean {
  const startsInTime = Temporal.Instant.compare(outage.from, to) <= 0
  return startsInTime && (outage.to === undefined || Temporal.Instant.compare(outage.to, from) >= 0)
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
const later = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? b : a)

export const isClosed = (outage: Outage): outage is ClosedOutage => outage.to !== undefined
