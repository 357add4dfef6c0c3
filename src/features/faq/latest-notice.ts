import { Temporal } from 'temporal-polyfill'
import type { Clock } from '../../ports/clock.ts'
import type { Item, Items } from '../../ports/items.ts'
import { inShanghai, sayDate } from '../../text/dates/time.ts'
import { concernsEntry } from './notice-matter.ts'
import type { Entry } from './records.ts'
import { isVerifiedSince } from './validity.ts'

/** Says the newest approved notice that concerns an entry and is still open; undefined where there is none. */
export type LatestNotice = (entry: Entry) => Promise<string | undefined>
/** Approved notices from which entries may have to be changed. */
export type ApprovedItems = Pick<Items, 'onProgramme'>

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
    const ofProgramme = await items.onProgramme(entry.programme)
    if (ofProgramme.length === 0) return undefined
    const at = clock.now()
    const today = inShanghai(at).toPlainDate()
    const newest = ofProgramme
      .filter(item => concernsEntry(item, entry, nameOfProgramme(entry.programme)) && isInForce(item, today))
      .filter(item =>
        item.deadline
          ? isOpen(item.deadline.value, today)
          : isRecent(item, toldForDays, at) && !isVerifiedSince(entry, dayOf(item)),
      )
      .sort(newestFirst)[0]
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
  const at = clock.now()
  const noticesOn = new Map<string, Item[]>()
  for (const programme of new Set(entries.map(entry => entry.programme))) {
    const found = await items.onProgramme(programme)
    noticesOn.set(programme, found.filter(item => isRecent(item, checkedForDays, at)).sort(newestFirst))
  }
  return entries.flatMap(entry => {
    if (entry.status !== 'live') return []
    const name = nameOfProgramme(entry.programme)
    const notice = noticesOn.get(entry.programme)?.find(item => concernsEntry(item, entry, name))
    return notice && !isVerifiedSince(entry, dayOf(notice)) ? [{ entry, notice }] : []
  })
}

const newestFirst = (a: Item, b: Item) => Temporal.Instant.compare(b.approvedAt, a.approvedAt)

/** A notice on policy that was approved in the last days. */
function isRecent({ stream, approvedAt }: Item, days: number, at: Temporal.Instant): boolean {
  const ageMs = at.epochMilliseconds - approvedAt.epochMilliseconds
  return stream === '政策' && ageMs >= 0 && ageMs <= days * 24 * 3_600_000
}

function isOpen(deadline: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  const days = today.until(deadline).days
  return days >= 0 && days <= lookAheadDays
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
