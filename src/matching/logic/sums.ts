import { isRange, type Profile, type Range } from '../answers.ts'
import { type CompiledTest, leaf } from './compiled-test.ts'
import { cutOf, isAbove, isBelow, type Limit, meetsLimit, smallestDifference } from './limits.ts'
import type { Truth } from './truth.ts'

/** A sum of fields against a limit. */
export function compileSum({
  plus,
  minus,
  ...limit
}: Limit & { plus: string[]; minus: string[] }): CompiledTest {
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
      return sum && meetsLimit(sum, limit)
    }),
    cuts: (field, profile) => {
      const others = total(profile, field)
      const cut = cutOf(limit)
      const ends = others
        ? [others.min, others.max].filter(Number.isFinite)
        : [0, 2 * cut, 10 * Math.abs(cut) + 10]
      return ends.map(end => sign(field) * (cut - end)).flatMap(value => [value, value + smallestDifference])
    },
  }
}

function add(a: Range, b: Range, sign: number): Range {
  return sign > 0
    ? { min: a.min + b.min, max: a.max + b.max, isMaxIncluded: a.isMaxIncluded && b.isMaxIncluded }
    : { min: a.min - b.max, max: a.max - b.min, isMaxIncluded: a.isMaxIncluded }
}

type Table = { field: string; by: string; steps: readonly { upTo?: number | undefined; atLeast: number }[] }

/** A field against a limit that rises with another field. */
export function compileTable({ field, by, steps }: Table): CompiledTest {
  const evaluate = (profile: Profile): Truth => {
    const value = profile.get(field)
    if (!isRange(value)) return undefined
    const size = profile.get(by)
    const open = isRange(size)
      ? size
      : { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, isMaxIncluded: false }
    const possible = steps.filter((step, at) => overlaps(open, steps[at - 1]?.upTo, step.upTo))
    return agree(possible.map(({ atLeast }) => meetsLimit(value, { atLeast })))
  }
  return {
    ...leaf([field, by], evaluate),
    cuts: name =>
      name === field
        ? steps.map(({ atLeast }) => atLeast)
        : steps.flatMap(({ upTo }) => (upTo === undefined ? [] : [upTo + smallestDifference])),
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

/** Points by scales, the best scale of each part counting. */
export function compileScore({
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
