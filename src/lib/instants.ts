import { Temporal } from 'temporal-polyfill'

/** @param instants at least one */
export const earliest = (instants: readonly Temporal.Instant[]): Temporal.Instant =>
  instants.reduce((a, b) => (Temporal.Instant.compare(a, b) <= 0 ? a : b))

/** 「2026-11」, by UTC. */
export const monthOf = (at: Temporal.Instant): string => at.toString().slice(0, 7)

/** The calendar month before that of `at`, by UTC. */
export const previousMonthOf = (at: Temporal.Instant): string =>
  Temporal.PlainYearMonth.from(monthOf(at)).subtract({ months: 1 }).toString()
