import { Temporal } from 'temporal-polyfill'
import { calendarSpan } from '../../text/dates/tokens/calendar-spans.ts'

type Span = { from: Temporal.PlainDate; to: Temporal.PlainDate }

/** Whether a folded question means the latest push alone, whenever that was: 「上次推了啥」. */
export const isOfLatest = (folded: string) => /上一?[次回]|最近一次|最新(?:一次|的?推送)/u.test(folded)

/** The days that a question about the past means, both included; the last seven where it names none. */
export function spanOf(folded: string, today: Temporal.PlainDate): Span {
  if (isOfLatest(folded)) return { from: today.subtract({ years: 1 }), to: today }
  if (/今天|刚才|刚刚|早上|上午/u.test(folded)) return { from: today, to: today }
  if (/前天/u.test(folded)) return { from: today.subtract({ days: 2 }), to: today.subtract({ days: 2 }) }
  if (/昨天/u.test(folded)) return { from: today.subtract({ days: 1 }), to: today.subtract({ days: 1 }) }
  const span = calendarSpan(folded, today)
  if (!span || Temporal.PlainDate.compare(span.from, today) > 0)
    return { from: today.subtract({ days: 6 }), to: today }
  return Temporal.PlainDate.compare(span.to, today) < 0 ? span : { ...span, to: today }
}
