import { type FieldAnswer, isRange } from '../answers.ts'
import type { ConditionTest } from '../conditions.ts'
import type { DayNumber } from '../days.ts'
import type { ProfileField } from '../fields.ts'
import { type CompiledTest, joinTests, leaf, testAnswer } from './compiled-test.ts'
import { compileDay, compileSameYear } from './days.ts'
import { cutOf, type Limit, meetsLimit } from './limits.ts'
import { compileScore, compileSum, compileTable } from './sums.ts'
import { all, any, not, type Truth } from './truth.ts'

export type CompileContext = {
  fields: ReadonlyMap<string, ProfileField>
  /** The day of the verdict. */
  on: DayNumber
  /** The test that stands for a whole track. */
  testOf(track: string): ConditionTest
}

/** Makes a test ready for one day. */
export function compileTest(test: ConditionTest, context: CompileContext): CompiledTest {
  if ('all' in test) return combine(test.all, all, context)
  if ('any' in test) return combine(test.any, any, context)
  if ('not' in test) return negate(compileTest(test.not, context))
  if ('track' in test) return compileTest(context.testOf(test.track), context)
  if ('undecided' in test) return leaf([], () => undefined)
  if ('sameYear' in test) return compileSameYear(test.sameYear)
  if ('plus' in test) return compileSum(test)
  if ('score' in test) return compileScore(test.score)
  if ('steps' in test) return compileTable(test)
  if ('is' in test) return leaf([test.field], profile => is(profile.get(test.field), test.is))
  if ('in' in test) return compileIn(test)
  if ('isDay' in test) return leaf([test.field], profile => testAnswer(profile, test.field, isRange))
  if ('day' in test) return compileDay(test, context.on)
  return compileLimit(test)
}

function combine(tests: readonly ConditionTest[], join: typeof all, context: CompileContext): CompiledTest {
  return joinTests(
    tests.map(test => compileTest(test, context)),
    join,
  )
}

function negate(test: CompiledTest): CompiledTest {
  return { fields: test.fields, cuts: test.cuts, evaluate: profile => not(test.evaluate(profile)) }
}

const is = (answer: FieldAnswer | undefined, wanted: boolean): Truth =>
  typeof answer === 'boolean' ? answer === wanted : undefined

function compileIn(test: { field: string; in: string[] }): CompiledTest {
  return leaf([test.field], profile =>
    testAnswer(profile, test.field, answer =>
      (Array.isArray(answer) ? answer : [answer]).some(option => test.in.includes(option)),
    ),
  )
}

function compileLimit({
  field,
  orOwn,
  ...limit
}: Limit & { field: string; orOwn?: boolean | undefined }): CompiledTest {
  return {
    ...leaf([field], profile =>
      testAnswer(profile, field, answer =>
        isRange(answer) ? meetsLimit(answer, limit) : orOwn === true && answer === 'own',
      ),
    ),
    cuts: () => [cutOf(limit)],
  }
}
