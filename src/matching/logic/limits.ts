import type { Range } from '../answers.ts'
import { not, type Truth } from './truth.ts'

/** Numbers are told apart down to this: a hundredth of a yuan in 万元. */
export const smallestDifference = 1e-6

export type Limit = {
  atLeast?: number | undefined
  atMost?: number | undefined
  above?: number | undefined
  below?: number | undefined
}

/** A range against a limit. `atLeast` and `atMost` include it, `above` and `below` do not. */
export function meetsLimit(range: Range, { atLeast, atMost, above, below }: Limit): Truth {
  if (atLeast !== undefined) return not(isBelow(range, atLeast))
  if (below !== undefined) return isBelow(range, below)
  if (above !== undefined) return isAbove(range, above)
  return not(isAbove(range, atMost ?? 0))
}

export function isBelow({ min, max, isMaxIncluded }: Range, limit: number): Truth {
  if (min >= limit) return false
  return max < limit || (max === limit && !isMaxIncluded) ? true : undefined
}

export function isAbove({ min, max, isMaxIncluded }: Range, limit: number): Truth {
  if (min > limit) return true
  return max <= limit || (!isMaxIncluded && max <= limit + smallestDifference) ? false : undefined
}

/** The value at which the test of a limit changes. */
export function cutOf({ atLeast, atMost, above, below }: Limit): number {
  const included = atLeast ?? below
  return included ?? (above ?? atMost ?? 0) + smallestDifference
}
