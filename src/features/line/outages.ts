import { Temporal } from 'temporal-polyfill'
import { createMutex } from '../../lib/queue.ts'
import type { ClosedGap, Gap, GapCause, Gaps } from '../../ports/gaps.ts'
import { type GapRecord, type GapRecords, gapOf } from './records.ts'

/** A clock may have been this far ahead before it was put back; the sandbox's moves by a week at a time. */
const farAheadHours = 24 * 62

/** Records when no messages could arrive. What the store refuses is kept and written by the next `flush`. */
export function createOutageLog(records: GapRecords) {
  const unwritten = new Map<string, Gap>()
  const inTurn = createMutex()
  const open = new Map<string, Gap>()

  function note(gap: Gap) {
    unwritten.set(`${gap.from} ${gap.line ?? ''}`, gap)
    // The next caller, at the latest the sweep, gets the error of a store that refuses.
    void flush().catch(() => {})
  }

  function flush(): Promise<void> {
    return inTurn(async () => {
      for (const [key, gap] of unwritten) {
        await records.updateGap(gap, now => merged(now, gap))
        if (unwritten.get(key) === gap) unwritten.delete(key)
      }
    })
  }

  /** While a gap lasts, what else goes wrong with that line belongs to it. */
  function begin(from: Temporal.Instant, how: GapCause, line = '') {
    if (open.has(line)) return
    const gap = { from, to: undefined, how, ...(line ? { line } : {}) }
    open.set(line, gap)
    note(gap)
  }

  function end(at: Temporal.Instant, line = '') {
    const gap = open.get(line)
    if (gap) note({ ...gap, to: later(gap.from, at) })
    open.delete(line)
  }

  /** Messages between these times are lost; the others of that time arrived. */
  function addLost(from: Temporal.Instant, to: Temporal.Instant, line = '') {
    if (!open.has(line)) note({ from, to, how: 'unread', ...(line ? { line } : {}) })
  }

  /** Takes up the state of an earlier run: an open gap stays open, and the time without a process is a gap. */
  async function start(at: Temporal.Instant, lines: readonly string[]) {
    const all = (await records.gapsOf(at, at.add({ hours: farAheadHours }))).map(gapOf)
    for (const line of lines) {
      const found = all.filter(gap => (gap.line ?? '') === line)
      await startLine(line, found, at)
    }
    await flush()
  }

  async function startLine(line: string, found: readonly Gap[], at: Temporal.Instant) {
    const lasting = found.find(({ from, to }) => to === undefined && isBefore(from, at))
    if (lasting) open.set(line, lasting)
    for (const gap of found) {
      // The clock was put back since it began. Left open it would make everything after it unknown.
      if (gap.to === undefined && gap !== lasting) note({ ...gap, to: gap.from })
    }
    const heardAt = await records.heardAt(line)
    const heard = [heardAt, ...found.map(({ to }) => to)].filter(to => to !== undefined)
    // Heard until later than now: the clock was put back, and nothing before now was missed.
    const isPutBack = heardAt !== undefined && isBefore(at, heardAt)
    const last = heard.filter(to => isBefore(to, at)).sort(Temporal.Instant.compare)
    if (heard.length > 0) begin((isPutBack ? undefined : last.at(-1)) ?? at, 'stopped', line)
  }

  const gaps: Gaps = {
    async between(from, to, lines) {
      await flush()
      const found = (await records.gapsOf(from, to)).map(gapOf).filter(gap => touches(gap, from, to))
      return lines ? found.filter(gap => lines.includes(gap.line ?? '')) : found
    },
  }

  return { begin, end, addLost, start, flush, gaps, isOpen: (line = '') => open.has(line) }
}

/** A told gap stays told; the same gap may be noted again with its end. */
function merged(now: GapRecord | undefined, { from, to, how, line }: Gap): GapRecord {
  return {
    from: from.toString(),
    ...(to ? { to: to.toString() } : {}),
    how: now?.how ?? how,
    ...(line ? { line } : {}),
    // One that begins again where it ended is to be told anew.
    isTold: now?.isTold === true && !(now.to && !to),
  }
}

function touches(gap: Gap, from: Temporal.Instant, to: Temporal.Instant): boolean {
  const startsInTime = Temporal.Instant.compare(gap.from, to) <= 0
  return startsInTime && (gap.to === undefined || Temporal.Instant.compare(gap.to, from) >= 0)
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
const later = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? b : a)

export const isClosed = (gap: Gap): gap is ClosedGap => gap.to !== undefined
