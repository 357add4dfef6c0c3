import type { Profile } from './answers.ts'
import type { ConditionTest, TrackCondition } from './conditions.ts'
import { dayNumber, isoDay } from './days.ts'
import { compileTest } from './logic/compile.ts'
import type { MatchingRules } from './verdicts.ts'

/** Days ahead in which conditions met by time are looked for. */
const daysAhead = 5 * 366

/**
 * The first day from `on` on which time alone meets a condition.
 * @returns ISO 8601; undefined where that does not happen within five years
 */
export function earliestDay(
  { test }: Pick<TrackCondition, 'test'>,
  profile: Profile,
  { fields, tracks }: MatchingRules,
  on: string,
): string | undefined {
  const testOf = (id: string): ConditionTest => ({
    all: tracks
      .filter(track => track.id === id)
      .flatMap(({ conditions }) => conditions.map(({ test }) => test)),
  })
  const first = dayNumber(on)
  for (let day = first; day <= first + daysAhead; day += 1) {
    if (compileTest(test, { fields, on: day, testOf }).evaluate(profile) === true) return isoDay(day)
  }
  return undefined
}
