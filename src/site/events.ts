import { Temporal } from 'temporal-polyfill'
import { dayInShanghai, inShanghai, timeZone } from '../text/dates/time.ts'
import type { SiteContent, SiteEvent } from './content.ts'

/** Days whose events are shown. */
export const eventDays = 60

/** The deadlines of the items that are shown. */
export function deadlinesOf(
  { items, signUps }: Pick<SiteContent, 'items' | 'signUps'>,
  now: Temporal.Instant,
): SiteEvent[] {
  const today = inShanghai(now).toPlainDate()
  const last = today.add({ days: eventDays })
  const days = items.flatMap(({ deadline, title }) => {
    const day = deadline === undefined ? undefined : Temporal.PlainDate.from(deadline)
    if (!day || Temporal.PlainDate.compare(day, today) < 0 || Temporal.PlainDate.compare(day, last) > 0)
      return []
    const at = day.toZonedDateTime(timeZone).toInstant()
    return [eventAt(at, { kind: '截止', title, isAllDay: true })]
  })
  const closings = signUps.flatMap(({ closesAtMs, title, number }) =>
    closesAtMs === undefined
      ? []
      : [
          eventAt(Temporal.Instant.fromEpochMilliseconds(closesAtMs), {
            kind: '截止',
            title: title === '' ? `${number} 号报名表` : `报名「${title}」`,
            isAllDay: false,
          }),
        ],
  )
  return [...days, ...closings]
}

export const eventAt = (
  at: Temporal.Instant,
  { kind, title, isAllDay }: { kind: string; title: string; isAllDay: boolean },
): SiteEvent => ({
  day: dayInShanghai(at),
  time: isAllDay ? '' : inShanghai(at).toPlainTime().toString().slice(0, 5),
  ...{ kind, title, atMs: at.epochMilliseconds },
})
