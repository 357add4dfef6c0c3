import { type FieldAnswer, isRange, type Profile, type Range } from './answers.ts'
import type { ConditionTest, DayRule } from './conditions.ts'
import { type DayNumber, dayNumber, firstOfMonth, latestDayPlus, monthStart, yearOf } from './days.ts'
import type { ProfileField } from './fields.ts'

/** True or false only where every value that the answers allow agrees, else unknown. */
export type Truth = true | false | undefined

/** Where a test changes along one field: below `at`, and from `at` on. */
type Cut = number

/** A test made ready for one day. */
export type CompiledTest = {
  /** Every field that it reads. */
  fields: ReadonlySet<string>
  evaluate(profile: Profile): Truth
  /** Values of a field between which nothing changes, given what is known of the others. */
  cuts(field: string, profile: Profile): Cut[]
  /** The tests inside an `all` or `any`, and how their truths join. */
  parts?: readonly CompiledTest[]
  join?(truths: readonly Truth[]): Truth
}

export type CompileContext = {
  fields: ReadonlyMap<string, ProfileField>
  /** The day of the verdict. */
  on: DayNumber
  /** The test that stands for a whole track. */
  testOf(track: string): ConditionTest
}

/** Numbers are told apart down to this: a hundredth of a yuan in 万元. */
const smallest = 1e-6

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
  if ('isDay' in test) return leaf([test.field], profile => answered(profile, test.field, isRange))
  if ('day' in test) return compileDay(test, context.on)
  return compileLimit(test)
}

export function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false
  return truths.includes(undefined) ? undefined : true
}

function any(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true
  return truths.includes(undefined) ? undefined : false
}

const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth)

function combine(tests: readonly ConditionTest[], join: typeof all, context: CompileContext): CompiledTest {
  return joined(
    tests.map(test => compileTest(test, context)),
    join,
  )
}

/** Several tests as one. */
export function joined(parts: readonly CompiledTest[], join: typeof all): CompiledTest {
  return {
    fields: new Set(parts.flatMap(part => [...part.fields])),
    evaluate: profile => join(parts.map(part => part.evaluate(profile))),
    cuts: (field, profile) =>
      parts.flatMap(part => (part.fields.has(field) ? part.cuts(field, profile) : [])),
    parts,
    join,
  }
}

function negate(test: CompiledTest): CompiledTest {
  return { fields: test.fields, cuts: test.cuts, evaluate: profile => not(test.evaluate(profile)) }
}

function leaf(fields: readonly string[], evaluate: (profile: Profile) => Truth): CompiledTest {
  return { fields: new Set(fields), evaluate, cuts: () => [] }
}

function answered(profile: Profile, field: string, test: (answer: FieldAnswer) => Truth): Truth {
  const answer = profile.get(field)
  return answer === undefined ? undefined : test(answer)
}

const is = (answer: FieldAnswer | undefined, wanted: boolean): Truth =>
  typeof answer === 'boolean' ? answer === wanted : undefined

function compileIn(test: { field: string; in: string[] }): CompiledTest {
  return leaf([test.field], profile =>
    answered(profile, test.field, answer =>
      (Array.isArray(answer) ? answer : [answer]).some(option => test.in.includes(option)),
    ),
  )
}

type Limit = {
  atLeast?: number | undefined
  atMost?: number | undefined
  above?: number | undefined
  below?: number | undefined
}

/** A range against a limit. `atLeast` and `atMost` include it, `above` and `below` do not. */
function meets(range: Range, { atLeast, atMost, above, below }: Limit): Truth {
  if (atLeast !== undefined) return not(isBelow(range, atLeast))
  if (below !== undefined) return isBelow(range, below)
  if (above !== undefined) return isAbove(range, above)
  return not(isAbove(range, atMost ?? 0))
}

function isBelow({ min, max, isMaxIncluded }: Range, limit: number): Truth {
  if (min >= limit) return false
  return max < limit || (max === limit && !isMaxIncluded) ? true : undefined
}

function isAbove({ min, max, isMaxIncluded }: Range, limit: number): Truth {
  if (min > limit) return true
  return max <= limit || (!isMaxIncluded && max <= limit + smallest) ? false : undefined
}

function cutOf({ atLeast, atMost, above, below }: Limit): Cut {
  const included = atLeast ?? below
  return included ?? (above ?? atMost ?? 0) + smallest
}

function compileLimit({
  field,
  orOwn,
  ...limit
}: Limit & { field: string; orOwn?: boolean | undefined }): CompiledTest {
  return {
    ...leaf([field], profile =>
      answered(profile, field, answer =>
        isRange(answer) ? meets(answer, limit) : orOwn === true && answer === 'own',
      ),
    ),
    cuts: () => [cutOf(limit)],
  }
}

function compileSum({ plus, minus, ...limit }: Limit & { plus: string[]; minus: string[] }): CompiledTest {
  const fields = [...plus, ...minus]
  const sign = (field: string) => (plus.includes(field) ? 1 : -1)
  const total = (profile: Profile, left?: string): Range | undefined => {
    let sum: Range = { min: 0, max: 0, isMaxIncluded: true }
    for (const field of fields) {
      if (field === left) continue
      const range = profile.get(field)
      if (!isRange(range)) return undefined
      sum = add(sum, range, sign(field))
    }
    return sum
  }
  return {
    ...leaf(fields, profile => {
      const sum = total(profile)
      return sum && meets(sum, limit)
    }),
    cuts: (field, profile) => {
      const others = total(profile, field)
      const cut = cutOf(limit)
      const ends = others
        ? [others.min, others.max].filter(Number.isFinite)
        : [0, 2 * cut, 10 * Math.abs(cut) + 10]
      return ends.map(end => sign(field) * (cut - end)).flatMap(value => [value, value + smallest])
    },
  }
}

function add(a: Range, b: Range, sign: number): Range {
  return sign > 0
    ? { min: a.min + b.min, max: a.max + b.max, isMaxIncluded: a.isMaxIncluded && b.isMaxIncluded }
    : { min: a.min - b.max, max: a.max - b.min, isMaxIncluded: a.isMaxIncluded }
}

type Table = { field: string; by: string; steps: readonly { upTo?: number | undefined; atLeast: number }[] }

function compileTable({ field, by, steps }: Table): CompiledTest {
  const evaluate = (profile: Profile): Truth => {
    const value = profile.get(field)
    if (!isRange(value)) return undefined
    const size = profile.get(by)
    const open = isRange(size)
      ? size
      : { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, isMaxIncluded: false }
    const possible = steps.filter((step, at) => overlaps(open, steps[at - 1]?.upTo, step.upTo))
    return agree(possible.map(({ atLeast }) => meets(value, { atLeast })))
  }
  return {
    ...leaf([field, by], evaluate),
    cuts: name =>
      name === field
        ? steps.map(({ atLeast }) => atLeast)
        : steps.flatMap(({ upTo }) => (upTo === undefined ? [] : [upTo + smallest])),
  }
}

/** Whether a range has a value above `after` and up to `upTo`. */
function overlaps(range: Range, after: number | undefined, upTo: number | undefined): boolean {
  const isAfter = after === undefined || isAbove(range, after) !== false
  return isAfter && (upTo === undefined || range.min <= upTo)
}

function agree(truths: readonly Truth[]): Truth {
  const [first] = truths
  return truths.every(truth => truth === first) ? first : undefined
}

type ScoreScale = { field: string; steps: readonly [number, number][] }

function compileScore({
  atLeast,
  parts,
}: {
  atLeast: number
  parts: readonly (readonly ScoreScale[])[]
}): CompiledTest {
  const scales = parts.flat()
  const evaluate = (profile: Profile): Truth => {
    let least = 0
    let most = 0
    for (const part of parts) {
      const reach = part.map(scale => pointsOf(scale, profile))
      least += Math.max(...reach.map(({ least }) => least))
      most += Math.max(...reach.map(({ most }) => most))
    }
    if (least >= atLeast) return true
    return most < atLeast ? false : undefined
  }
  return {
    ...leaf(
      scales.map(({ field }) => field),
      evaluate,
    ),
    cuts: field => scales.flatMap(scale => (scale.field === field ? scale.steps.map(([from]) => from) : [])),
  }
}

/** Steps rise with the value, so the ends of a range give the ends of its points. */
function pointsOf({ field, steps }: ScoreScale, profile: Profile): { least: number; most: number } {
  const range = profile.get(field)
  if (!isRange(range)) return { least: 0, most: Math.max(...steps.map(([, points]) => points)) }
  const reached = (limit: number, isPossible: boolean) =>
    isPossible ? isBelow(range, limit) !== true : range.min >= limit
  const points = (isPossible: boolean) => steps.find(([from]) => reached(from, isPossible))?.[1] ?? 0
  return { least: points(false), most: points(true) }
}

function compileSameYear([a, b]: readonly [string, string]): CompiledTest {
  const years = (profile: Profile, field: string) => {
    const range = profile.get(field)
    return isRange(range) ? { from: yearOf(range.min), to: yearOf(range.max) } : undefined
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

function compileDay(
  test: { field: string; day: DayRule; none?: boolean | undefined },
  on: DayNumber,
): CompiledTest {
  const { from, until } = spanOf(test.day, on)
  return {
    ...leaf([test.field], profile =>
      answered(profile, test.field, answer =>
        isRange(answer)
          ? all([meets(answer, { atLeast: from }), meets(answer, { atMost: until })])
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
  if ('beforeYearsAgo' in rule) return upTo(firstOfMonth(yearOf(on) - rule.beforeYearsAgo, 1) - 1)
  if ('beforeDay' in rule) return upTo(dayNumber(rule.beforeDay) - 1)
  if ('untilToday' in rule) return upTo(on)
  if ('followingMonth' in rule) return upTo(monthStart(on) - 1)
  if ('monthBeforeYears' in rule) return upTo(latestDayPlus(on, 12 * rule.monthBeforeYears - 1))
  if ('validYears' in rule) return { from: latestDayPlus(on - 1, 12 * rule.validYears) + 1, until: on }
  return { from: monthStart(on, 1 - rule.withinMonths), until: Number.POSITIVE_INFINITY }
}

/** Every option that decides something, as an answer. */
export function optionsOf(field: ProfileField): FieldAnswer[] {
  return Object.keys(field.options ?? {})
    .filter(option => !field.undecided.includes(option))
    .map(option => (field.many ? [option] : option))
}

/** The values of a field that stand for all others, from what is known of it. */
export function representatives(field: ProfileField, test: CompiledTest, profile: Profile): FieldAnswer[] {
  const known = profile.get(field.id)
  if (known !== undefined && !(isRange(known) && known.min !== known.max)) return [known]
  if (field.kind === 'yes-no') return [true, false]
  if (field.kind === 'choice') return optionsOf(field)
  const words: FieldAnswer[] =
    known === undefined ? [field.orNone, field.orOwn].filter(word => word !== undefined) : []
  return [...words, ...valuesOf(field, test, profile, known)]
}

function valuesOf(
  field: ProfileField,
  test: CompiledTest,
  profile: Profile,
  known: FieldAnswer | undefined,
): FieldAnswer[] {
  const range = isRange(known) ? known : domainRange(field)
  const step = field.kind === 'day' || field.whole ? 1 : smallest
  const cuts = test.cuts(field.id, profile).map(cut => (step === 1 ? Math.ceil(cut) : cut))
  const start = Number.isFinite(range.min) ? range.min : Math.min(...cuts, 0) - 1
  const values = [start, ...cuts].filter(
    value => value >= range.min && isBelow({ ...range, min: value }, value) === false && within(range, value),
  )
  return [...new Set(values)].map(value => ({ min: value, max: value, isMaxIncluded: true }))
}

const within = ({ max, isMaxIncluded }: Range, value: number) =>
  value < max || (value === max && isMaxIncluded)

/** All values that a number, share or day can have. */
export function domainRange(field: ProfileField): Range {
  if (field.kind === 'day')
    return { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, isMaxIncluded: false }
  const max = field.max ?? (field.kind === 'share' ? 100 : Number.POSITIVE_INFINITY)
  return { min: field.min ?? 0, max, isMaxIncluded: true }
}
