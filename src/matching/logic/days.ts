import { isRange, type Profile } from '../answers.ts'
import type { DayRule } from '../conditions.ts'
import {
  calendarYearOf,
  type DayNumber,
  dayNumber,
  firstOfMonth,
  latestDayPlus,
  monthStart,
} from '../days.ts'
import { type CompiledTest, leaf, testAnswer } from './compiled-test.ts'
import { meetsLimit } from './limits.ts'
import { all } from './truth.ts'

/** Two days of one calendar year. */
export function compileSameYear([a, b]: readonly [string, string]): CompiledTest {
  const years = (profile: Profile, field: string) => {
    const range = profile.get(field)
    return isRange(range) ? { from: calendarYearOf(range.min), to: calendarYearOf(range.max) } : undefined
  }
  return {
    ...leaf([a, b], profile => {
      const one = years(profile, a)
      const two = years(profile, b)
      if (!one || !two) return undefined
      if (one.to < two.from || two.to < one.from) return false
      return one.from === one.to && two.from === two.to && one.from === two.from ? true : undefined
    }),
    cuts: (field, profile) => {
      const other = years(profile, field === a ? b : a)
      const from = Number.isFinite(other?.from) ? (other?.from ?? 0) : 2020
      const to = Number.isFinite(other?.to) ? (other?.to ?? 0) : from
      return [firstOfMonth(from, 1), firstOfMonth(to + 1, 1)]
    },
  }
}

/** A day against a rule as of the day of the verdict. */
export function compileDay(
  test: { field: string; day: DayRule; none?: boolean | undefined },
  on: DayNumber,
): CompiledTest {
  const { from, until } = spanOf(test.day, on)
  return {
    ...leaf([test.field], profile =>
      testAnswer(profile, test.field, answer =>
        isRange(answer)
          ? all([meetsLimit(answer, { atLeast: from }), meetsLimit(answer, { atMost: until })])
          : test.none === true,
      ),
    ),
    cuts: () => [from, until + 1].filter(Number.isFinite),
  }
}

/** The days that meet a rule, both ends included. */
function spanOf(rule: DayRule, on: DayNumber): { from: DayNumber; until: DayNumber } {
  const upTo = (until: DayNumber) => ({ from: Number.NEGATIVE_INFINITY, until })
  if ('atLeastDaysAgo' in rule) return upTo(on - rule.atLeastDaysAgo)
  if ('atLeastMonthsAgo' in rule) return upTo(latestDayPlus(on, rule.atLeastMonthsAgo))
  if ('beforeYearsAgo' in rule) return upTo(firstOfMonth(calendarYearOf(on) - rule.beforeYearsAgo, 1) - 1)
  if ('beforeDay' in rule) return upTo(dayNumber(rule.beforeDay) - 1)
  if ('untilToday' in rule) return upTo(on)
  if ('followingMonth' in rule) return upTo(monthStart(on) - 1)
  if ('monthBeforeYears' in rule) return upTo(latestDayPlus(on, 12 * rule.monthBeforeYears - 1))
  if ('validYears' in rule) return { from: latestDayPlus(on - 1, 12 * rule.validYears) + 1, until: on }
  return { from: monthStart(on, 1 - rule.withinMonths), until: Number.POSITIVE_INFINITY }
}
