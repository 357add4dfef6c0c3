import fc from 'fast-check'
import { expect, test } from 'vitest'
import { overlapOf, type Weighed } from '../../../../src/features/faq/finder/features/overlap.ts'

/** Texts of few different units, 0 for an unknown one. */
const weighed = fc
  .array(fc.record({ code: fc.nat(5), weight: fc.constantFrom(0, 0.5, 1, 2.5, 7) }), { maxLength: 24 })
  .map(units => ({
    codes: Uint32Array.from(units, ({ code }) => code),
    weights: Float64Array.from(units, ({ weight }) => weight),
  }))

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
const share = (part: number[], whole: number[], none: number) =>
  sum(whole) > 0 ? sum(part) / sum(whole) : none

/** Each figure by its definition. */
function sideOf({ codes, weights }: Weighed, other: Weighed) {
  const all = [...weights]
  const has = (at: number) => codes[at] !== 0 && other.codes.includes(codes[at] ?? 0)
  const hasPair = (at: number) =>
    has(at) &&
    has(at - 1) &&
    other.codes.some((code, j) => code === codes[at - 1] && other.codes[j + 1] === codes[at])
  const covered = share(
    all.filter((_, at) => has(at)),
    all,
    1,
  )
  const pairs = all.slice(1).map((weight, i) => ({ at: i + 1, mean: ((all[i] ?? 0) + weight) / 2 }))
  const means = (some: typeof pairs) => some.map(({ mean }) => mean)
  return {
    covered,
    pairsCovered: share(means(pairs.filter(({ at }) => hasPair(at))), means(pairs), covered),
    heaviest: Math.max(0, ...all),
    missing: Math.max(0, ...all.filter((_, at) => !has(at))),
  }
}

function subsequenceOf(one: Uint32Array, other: Uint32Array): number {
  const known = new Map<string, number>()
  function from(i: number, j: number): number {
    if (i >= one.length || j >= other.length) return 0
    const key = `${i}/${j}`
    const best =
      known.get(key) ??
      (one[i] === other[j] && one[i] !== 0
        ? 1 + from(i + 1, j + 1)
        : Math.max(from(i + 1, j), from(i, j + 1)))
    known.set(key, best)
    return best
  }
  return from(0, 0)
}

function runOf(one: Uint32Array, other: Uint32Array): number {
  const runAt = (i: number, j: number): number =>
    i < one.length && one[i] !== 0 && one[i] === other[j] ? 1 + runAt(i + 1, j + 1) : 0
  return Math.max(0, ...[...one.keys()].flatMap(i => [...other.keys()].map(j => runAt(i, j))))
}

test('one pass gives each figure as it is defined', () => {
  fc.assert(
    fc.property(weighed, weighed, (one, other) => {
      expect(overlapOf(one, other)).toEqual({
        one: sideOf(one, other),
        other: sideOf(other, one),
        subsequence: subsequenceOf(one.codes, other.codes),
        run: runOf(one.codes, other.codes),
      })
    }),
    { numRuns: 500 },
  )
})
