import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Alarms } from '../ports/alarms.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { inShanghai } from '../text/time.ts'
import { type Day, dayCap, type Limits, msUntilAllowed } from './limits.ts'

/** What went out on one day (Asia/Shanghai), and when in its last minute; key `YYYY-MM/YYYY-MM-DD`. */
const DayRecord = z.object({ sent: z.number().int(), recent: z.array(z.string()) })
/** When this account sent first; the one record `account/first-use`. */
const FirstUse = z.object({ at: z.string() })

export type Usage = ReturnType<typeof createUsage>

/** Counts what goes out against what an account may send, across restarts. */
export function createUsage(parts: { store: Store; clock: Clock; alarms: Alarms; limits: Limits }) {
  const { store, clock, alarms, limits } = parts
  const days = store.collection('outbox-usage', DayRecord)
  const account = store.collection('outbox-account', FirstUse)
  let firstUse: Temporal.Instant | undefined
  let day: Day = { date: '', sent: 0, recent: [] }

  const today = () => inShanghai(clock.now()).toPlainDate().toString()

  /** The day as it stands now: a new one begins at zero, the last minute goes on over midnight. */
  function current(): Day {
    return day.date === today() ? day : { date: today(), sent: 0, recent: day.recent }
  }

  const cap = () => dayCap(limits, firstUse, clock.now())

  function warnAtCap() {
    if (day.sent < cap()) return alarms.clear('outbox-day-cap')
    const text = `今天已经发了 ${day.sent} 条，到了每日上限。剩下的过了 0 点再发，过了时效的不发。`
    alarms.raise('outbox-day-cap', text)
  }

  return {
    async load() {
      const date = today()
      const saved = await days.get(`${date.slice(0, 7)}/${date}`)
      const recent = (saved?.recent ?? []).map(at => Temporal.Instant.from(at))
      day = { date, sent: saved?.sent ?? 0, recent }
      const first = await account.get('account/first-use')
      firstUse = first && Temporal.Instant.from(first.at)
      warnAtCap()
    },
    /** Before each send: a crash in between counts one too many, never one too few. */
    async count() {
      const now = clock.now()
      const { date, sent, recent } = current()
      const next: Day = {
        date,
        sent: sent + 1,
        recent: [...recent.filter(at => now.since(at).total('seconds') < 60), now],
      }
      await days.update(`${date.slice(0, 7)}/${date}`, () => ({
        sent: next.sent,
        recent: next.recent.map(String),
      }))
      if (!firstUse) await account.update('account/first-use', saved => saved ?? { at: now.toString() })
      firstUse ??= now
      day = next
      warnAtCap()
    },
    holdMs: () => msUntilAllowed(current(), { perMinute: limits.perMinute, perDay: cap() }, clock.now()),
    today: () => ({ sent: current().sent, cap: cap() }),
  }
}
