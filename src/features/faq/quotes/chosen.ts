import type { QuotablePassage } from '../../../ports/passages.ts'
import { type Extent, extentOf, isClause, lengthOf } from './extent.ts'

/** Share of the question by which two clauses must say more than one, to be quoted together. */
const saysMore = 0.1

type Choice = {
  /** All passages of the document. */
  all: readonly QuotablePassage[]
  /** Characters that may be quoted. */
  limit: number
  /** How much of the question stands in a text, 0 to 1. */
  coverage(text: string): number
}

/**
 * Chooses the clause that says most of a question, the shorter one where two say as much, and a second one where both
 * together say clearly more.
 * @param near passages that were found for the question
 */
export function chosenExtents(near: readonly QuotablePassage[], { all, limit, coverage }: Choice): Extent[] {
  const worth = (extents: readonly Extent[]) => coverage(extentTextOf(extents))
  const byPath = new Map(
    near.filter(isClause).map(passage => {
      const extent = extentOf(all, passage, limit)
      return [extent.path.join('/'), extent] as const
    }),
  )
  const extents = [...byPath.values()].toSorted((a, b) => lengthOf(a.passages) - lengthOf(b.passages))
  const first = bestOf(extents, extent => worth([extent]))
  if (!first) return []
  const pairs = extents
    .filter(other => first.left + other.left === 0 && isApart(first, other))
    .map(other => [first, other].toSorted((a, b) => placeOf(all, a) - placeOf(all, b)))
    .filter(pair => lengthOf(pair.flatMap(({ passages }) => passages)) <= limit)
  const pair = bestOf(pairs, worth)
  return pair && worth(pair) >= worth([first]) + saysMore ? pair : [first]
}

export const extentTextOf = (extents: readonly Extent[]): string =>
  extents.flatMap(({ passages }) => passages.map(({ text }) => text)).join('\n')

const isApart = (one: Extent, other: Extent) =>
  one.passages.every(passage => !other.passages.includes(passage))
const placeOf = (all: readonly QuotablePassage[], { passages: [first] }: Extent) =>
  first === undefined ? 0 : all.indexOf(first)

/** The first of the best. */
function bestOf<T>(all: readonly T[], worth: (one: T) => number): T | undefined {
  const worths = all.map(worth)
  return all[worths.indexOf(Math.max(...worths))]
}
