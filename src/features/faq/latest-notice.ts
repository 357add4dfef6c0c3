import { Temporal } from 'temporal-polyfill'
import type { Clock } from '../../ports/clock.ts'
import type { Item, Items } from '../../ports/items.ts'
import { inShanghai, sayDate } from '../../text/dates/time.ts'
import { concerns } from './notice-matter.ts'
import type { Entry } from './records.ts'
import { isVerifiedSince } from './validity.ts'

/** Says the newest approved notice that concerns an entry and is still open; undefined where there is none. */
export type LatestNotice = (entry: Entry) => Promise<string | undefined>
/** Approved notices from which entries may have to be changed. */
export type ApprovedItems = Pick<Items, 'withDeadline' | 'approvedBetween'>

type Parts = { items: ApprovedItems; clock: Clock; nameOfProgramme(id: string): string }

/** Last days further ahead are not looked for. */
const lookAheadDays = 400
/** A notice without a last day is told for this long after its approval. */
const toldForDays = 60
/** A notice asks for a check of its entries for this long after its approval. */
const checkedForDays = 180

/** Reads the items anew each time: one that was withdrawn or corrected a moment ago is not said. */
export function latestNoticeIn({ items, clock, nameOfProgramme }: Parts): LatestNotice {
  return async entry => {
    const at = clock.now()
    const today = inShanghai(at).toPlainDate()
    const open = await items.withDeadline(today, today.add({ days: lookAheadDays }))
    const recent = await approvedFor(toldForDays, items, at)
    // Filter by programme first: reading the days of notices on other programmes costs most.
    const newest = [...open, ...recent.filter(({ deadline }) => !deadline)]
      .filter(item => concerns(item, entry, nameOfProgramme(entry.programme)))
      .filter(item => isInForce(item, today) && (item.deadline || !isVerifiedSince(entry, dayOf(item))))
      .sort((a, b) => Temporal.Instant.compare(b.approvedAt, a.approvedAt))[0]
    return newest && sayNotice(newest)
  }
}

/** An entry with the newest notice since its last check. */
export type NoticedEntry = { entry: Entry; notice: Item }

/**
 * The entries that a notice approved in the last {@link checkedForDays} days concerns and that were not checked since.
 * An entry leaves the list when its day of checking is set to the day of the approval or later.
 */
export async function entriesToCheck(
  entries: readonly Entry[],
  { items, clock, nameOfProgramme }: Parts,
): Promise<NoticedEntry[]> {
  const newestFirst = (await approvedFor(checkedForDays, items, clock.now())).reverse()
  return entries.flatMap(entry => {
    if (entry.status !== 'live') return []
    const name = nameOfProgramme(entry.programme)
    const notice = newestFirst.find(item => concerns(item, entry, name))
    return notice && !isVerifiedSince(entry, dayOf(notice)) ? [{ entry, notice }] : []
  })
}

/** Oldest approval first. */
async function approvedFor(days: number, items: ApprovedItems, at: Temporal.Instant): Promise<Item[]> {
  const found = await items.approvedBetween('政策', at.subtract({ hours: 24 * days }), at)
  return found.filter(({ state }) => state === 'approved')
}

const dayOf = ({ approvedAt }: Item) => inShanghai(approvedAt).toPlainDate()

function isInForce({ state, effectiveUntil }: Item, today: Temporal.PlainDate): boolean {
  const isOver = effectiveUntil && Temporal.PlainDate.compare(effectiveUntil.value, today) < 0
  return state === 'approved' && !isOver
}

function sayNotice({ title, deadline, link, from }: Item): string {
  const last = deadline ? `，截止${sayDate(deadline.value)}` : ''
  return `最新通知：${title}${last}。${link ?? `来源：${from}`}\n下面说的和通知不同，以通知为准。`
}
