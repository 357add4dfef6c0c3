import type { Temporal } from 'temporal-polyfill'

type Span = { from: Temporal.PlainDate; to: Temporal.PlainDate }

/** The days that a question about the past means, both included; the last seven where it names none. */
export function spanOf(folded: string, today: Temporal.PlainDate): Span {
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  if (/今天|刚才|刚刚|早上|上午/u.test(folded)) return { from: today, to: today }
  if (/前天/u.test(folded)) return { from: today.subtract({ days: 2 }), to: today.subtract({ days: 2 }) }
  if (/昨天/u.test(folded)) return { from: today.subtract({ days: 1 }), to: today.subtract({ days: 1 }) }
  if (/上个?(?:周|星期|礼拜)/u.test(folded))
    return { from: monday.subtract({ days: 7 }), to: monday.subtract({ days: 1 }) }
  if (/[这本]个?(?:周|星期|礼拜)/u.test(folded)) return { from: monday, to: today }
  if (/上个?月/u.test(folded)) {
    const from = today.with({ day: 1 }).subtract({ months: 1 })
    return { from, to: from.with({ day: from.daysInMonth }) }
  }
  if (/[这本]个?月/u.test(folded)) return { from: today.with({ day: 1 }), to: today }
  return { from: today.subtract({ days: 6 }), to: today }
}
