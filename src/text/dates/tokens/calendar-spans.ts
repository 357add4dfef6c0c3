import type { Temporal } from 'temporal-polyfill'

type Span = { from: Temporal.PlainDate; to: Temporal.PlainDate }

const named = /(?<which>[上这這本下])[个個]?(?<unit>周|週|星期|礼拜|禮拜|月)/u

/** The whole week or month that a folded text names, from Monday or the first on: 「上周」, 「这个月」, 「下个月」. */
export function calendarSpan(folded: string, today: Temporal.PlainDate): Span | undefined {
  const { which = '', unit } = named.exec(folded)?.groups ?? {}
  if (unit === undefined) return undefined
  const ahead = { 上: -1, 下: 1 }[which] ?? 0
  if (unit === '月') {
    const from = today.with({ day: 1 }).add({ months: ahead })
    return { from, to: from.with({ day: from.daysInMonth }) }
  }
  const from = today.subtract({ days: today.dayOfWeek - 1 }).add({ days: 7 * ahead })
  return { from, to: from.add({ days: 6 }) }
}
