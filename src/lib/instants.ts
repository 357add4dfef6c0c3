import { Temporal } from 'temporal-polyfill'

/** @param instants at least one */
export const earliest = (instants: readonly Temporal.Instant[]): Temporal.Instant =>
  instants.reduce((a, b) => (Temporal.Instant.compare(a, b) <= 0 ? a : b))

/** 「2026-11」, by UTC. */
export const utcMonthOf = (at: Temporal.Instant): string => at.toString().slice(0, 7)

/**
 * The calendar months (UTC) from one instant to another, oldest first: 31 days of
 * early March reach back to January.
 */
export function utcMonthsBetween(from: Temporal.Instant, to: Temporal.Instant): string[] {
  const months: string[] = []
  let month = Temporal.PlainYearMonth.from(utcMonthOf(from))
  for (; month.toString() <= utcMonthOf(to); month = month.add({ months: 1 })) months.push(month.toString())
  return months
}
