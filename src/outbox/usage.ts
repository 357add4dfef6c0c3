import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Alarms } from '../ports/alarms.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import { dayInShanghai } from '../text/dates/time.ts'
import { type Day, dayCap, isInLastMinute, type Limits, msUntilNextDay, msUntilRoom } from './limits.ts'

/** What went out on one day (Asia/Shanghai), and when in its last minute; key `YYYY-MM/YYYY-MM-DD`. */
const DayRecord = z.object({ sent: z.number().int(), recent: z.array(z.string()) })
/** When an account sent first; key `accounts/its id`. */
const FirstUse = z.object({ at: z.string() })

export type Usage = ReturnType<typeof createUsage>

type UsageParts = {
  store: Store
  clock: Clock
  alarms: Alarms
  limits: Limits
  /** The platform's id of the account that sends, empty before it is known. */
  account(): string
}

/**
 * Counts what goes out against what an account may send, across restarts. A first week is an account's, not a
 * folder's: who tried the bot in the sandbox for a month still begins gently on WeChat. Where every login gives the
 * account another id it begins anew each time, which is the safe side.
 */
export function createUsage({ store, clock, alarms, limits, account }: UsageParts) {
  const days = store.collection('outbox-usage', DayRecord)
  const accounts = store.collection('outbox-account', FirstUse)
  const firstUses = new Map<string, Temporal.Instant>()
  let day: Day = { date: '', sent: 0, recent: [] }

  const today = () => dayInShanghai(clock.now())

  /** The day as it stands now: a new one begins at zero, the last minute goes on over midnight. */
  function current(): Day {
    return day.date === today() ? day : { date: today(), sent: 0, recent: day.recent }
  }

  const keyOfAccount = () => `accounts/${encodeURIComponent(account())}`
  const cap = () => dayCap(limits, firstUses.get(keyOfAccount()), clock.now())

  async function noteUse(now: Temporal.Instant) {
    const key = keyOfAccount()
    if (firstUses.has(key)) return
    await accounts.update(key, saved => saved ?? { at: now.toString() })
    firstUses.set(key, now)
  }

  function warnAtCap() {
    if (day.sent < cap()) return alarms.clear('outbox-day-cap')
    const text = `今天已经发了 ${day.sent} 条，到了每日上限。剩下的到了第二天早上再发，过了时效的不发；急的可以在控制台「推送」页手动发。`
    alarms.raise('outbox-day-cap', text)
  }

  return {
    async load() {
      const date = today()
      const saved = await days.get(`${date.slice(0, 7)}/${date}`)
      const recent = (saved?.recent ?? []).map(at => Temporal.Instant.from(at))
      day = { date, sent: saved?.sent ?? 0, recent }
      for (const { key, value } of await accounts.list('accounts/')) {
        firstUses.set(key, Temporal.Instant.from(value.at))
      }
      warnAtCap()
    },
    /** Before each send: a crash in between counts one too many, never one too few. */
    async count() {
      const now = clock.now()
      const { date, sent, recent } = current()
      const lastMinute = [...recent.filter(at => isInLastMinute(at, now)), now]
      // A clock put back over midnight comes to a day that was counted before.
      const counted = await days.update(`${date.slice(0, 7)}/${date}`, saved => ({
        sent: Math.max(saved?.sent ?? 0, sent) + 1,
        recent: lastMinute.map(String),
      }))
      await noteUse(now)
      day = { date, sent: counted?.sent ?? sent + 1, recent: lastMinute }
      warnAtCap()
    },
    holdMs: () => ({
      minuteMs: msUntilRoom(current(), limits.perMinute, clock.now()),
      dayMs: msUntilNextDay(current(), cap(), clock.now()),
    }),
    today: () => ({ sent: current().sent, cap: cap() }),
  }
}
