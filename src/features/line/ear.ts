import { Temporal } from 'temporal-polyfill'
import { createTurn } from '../../outbox/turn.ts'
import type { ClosedGap, Gap, GapCause, Gaps } from '../../ports/gaps.ts'
import { type GapRecord, type GapRecords, gapOf } from './records.ts'

export type Ear = ReturnType<typeof createEar>

/**
 * Writes down when we were deaf. The line tells, from where nobody can wait; what the store does not take is
 * kept and written by the next {@link Ear.flush}.
 */
export function createEar(records: GapRecords) {
  const unwritten = new Map<string, Gap>()
  const inTurn = createTurn()
  let open: Gap | undefined

  function note(gap: Gap) {
    unwritten.set(gap.from.toString(), gap)
    // Whoever calls next, the sweep at the latest, hears of a store that refuses.
    void flush().catch(() => {})
  }

  function flush(): Promise<void> {
    return inTurn(async () => {
      for (const [key, gap] of unwritten) {
        await records.updateGap(gap.from, now => merged(now, gap))
        if (unwritten.get(key) === gap) unwritten.delete(key)
      }
    })
  }

  /** While a gap lasts, what else goes wrong belongs to it. */
  function deaf(from: Temporal.Instant, how: GapCause) {
    if (open) return
    open = { from, to: undefined, how }
    note(open)
  }

  function hearing(at: Temporal.Instant) {
    if (open) note({ ...open, to: at })
    open = undefined
  }

  /** What an earlier run left: a gap that still lasts goes on, and while nothing ran we were deaf. */
  async function start(at: Temporal.Instant) {
    const found = (await records.gapsOf(at, at)).map(gapOf)
    open = found.find(({ to }) => to === undefined)
    const heard = [await records.heardAt(), ...found.map(({ to }) => to)]
    const last = heard
      .filter(to => to !== undefined)
      .sort(Temporal.Instant.compare)
      .at(-1)
    // The sandbox's clock may have been moved on before: what it then heard has not been yet.
    if (last && Temporal.Instant.compare(last, at) < 0) deaf(last, 'stopped')
    await flush()
  }

  const gaps: Gaps = {
    async between(from, to) {
      await flush()
      return (await records.gapsOf(from, to)).map(gapOf).filter(gap => touches(gap, from, to))
    },
  }

  return { deaf, hearing, start, flush, gaps, isDeaf: () => open !== undefined }
}

/** What is told once stays told; the same gap may be noted again with its end. */
function merged(now: GapRecord | undefined, { from, to, how }: Gap): GapRecord {
  return {
    from: from.toString(),
    ...(to ? { to: to.toString() } : {}),
    how: now?.how ?? how,
    // One that begins again where it ended is to be told anew.
    isTold: now?.isTold === true && !(now.to && !to),
  }
}

function touches(gap: Gap, from: Temporal.Instant, to: Temporal.Instant): boolean {
  const startsInTime = Temporal.Instant.compare(gap.from, to) <= 0
  return startsInTime && (gap.to === undefined || Temporal.Instant.compare(gap.to, from) >= 0)
}

export const isClosed = (gap: Gap): gap is ClosedGap => gap.to !== undefined
