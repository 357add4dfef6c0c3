import { Temporal } from 'temporal-polyfill'
import type { Clock } from '../../ports/clock.ts'
import type { Item, Items } from '../../ports/items.ts'
import { inShanghai, sayDate } from '../../text/dates/time.ts'
import type { Entry } from './records.ts'

/** Says the newest approved notice on an entry's programme whose last day has not passed; undefined where there is none. */
export type LatestNotice = (entry: Pick<Entry, 'programme'>) => Promise<string | undefined>

/** Last days further ahead are not looked for. */
const lookAheadDays = 400

/** Reads the items anew each time: one that was withdrawn or corrected a moment ago is not said. */
export function latestNoticeIn(items: Pick<Items, 'withDeadline'>, clock: Clock): LatestNotice {
  return async ({ programme }) => {
    const today = inShanghai(clock.now()).toPlainDate()
    const open = await items.withDeadline(today, today.add({ days: lookAheadDays }))
    const newest = open
      .filter(({ state, programmeIds }) => state === 'approved' && programmeIds.includes(programme))
      .sort((a, b) => Temporal.Instant.compare(b.approvedAt, a.approvedAt))[0]
    return newest && sayNotice(newest)
  }
}

function sayNotice({ title, deadline, link, from }: Item): string {
  const last = deadline ? `，截止${sayDate(deadline.value)}` : ''
  return `最新通知：${title}${last}。${link ?? `来源：${from}`}\n下面说的和通知不同，以通知为准。`
}
