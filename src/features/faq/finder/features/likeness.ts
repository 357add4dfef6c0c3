/** How much of `one` is in `other`, by weight, 0 to 1; 1 where `one` weighs nothing. */
export function coverage(one: Uint32Array, weights: Float64Array, other: Uint32Array): number {
  let all = 0
  let covered = 0
  for (let i = 0; i < one.length; i++) {
    const weight = weights[i] as number
    all += weight
    if (one[i] !== 0 && other.includes(one[i] as number)) covered += weight
  }
  return all > 0 ? covered / all : 1
}

/** How much of `one` is in at least one of two others. */
export function coveredByEither(
  one: Uint32Array,
  weights: Float64Array,
  other: Uint32Array,
  another: Uint32Array,
): number {
  let all = 0
  let covered = 0
  for (let i = 0; i < one.length; i++) {
    const code = one[i] as number
    all += weights[i] as number
    if (code !== 0 && (other.includes(code) || another.includes(code))) covered += weights[i] as number
  }
  return all > 0 ? covered / all : 1
}

/** The same for neighbouring pairs, each with the mean weight of its two units. */
export function pairCoverage(one: Uint32Array, weights: Float64Array, other: Uint32Array): number {
  let all = 0
  let covered = 0
  for (let i = 1; i < one.length; i++) {
    const weight = ((weights[i - 1] as number) + (weights[i] as number)) / 2
    all += weight
    if (hasPair(other, one[i - 1] as number, one[i] as number)) covered += weight
  }
  return all > 0 ? covered / all : coverage(one, weights, other)
}

/** Whether two units stand side by side; unknown ones never do. */
export function hasPair(codes: Uint32Array, first: number, second: number): boolean {
  if (first === 0 || second === 0) return false
  for (let at = codes.indexOf(first); at >= 0; at = codes.indexOf(first, at + 1)) {
    if (codes[at + 1] === second) return true
  }
  return false
}

/** The greatest weight in `one` that `other` has not. */
export function heaviestMissing(one: Uint32Array, weights: Float64Array, other: Uint32Array): number {
  let heaviest = 0
  for (let i = 0; i < one.length; i++) {
    if ((weights[i] as number) > heaviest && !(one[i] !== 0 && other.includes(one[i] as number)))
      heaviest = weights[i] as number
  }
  return heaviest
}

/** Length of the reused working rows, in units: comparing allocates nothing, and wordings are shorter. */
const widest = 1024
let above = new Uint8Array(widest)
let here = new Uint8Array(widest)
let runsAbove = new Uint8Array(widest)
let runsHere = new Uint8Array(widest)

/** Lengths of the longest common subsequence and of the longest common run; 0 in `one` fits nothing. */
export function commonLengths(one: Uint32Array, other: Uint32Array): { subsequence: number; run: number } {
  const width = Math.min(widest, other.length + 1)
  above.fill(0, 0, width)
  runsAbove.fill(0, 0, width)
  let run = 0
  for (let i = 0; i < one.length; i++) {
    const unit = one[i] as number
    for (let j = 1; j < width; j++) {
      const fits = unit !== 0 && unit === other[j - 1]
      const left = here[j - 1] as number
      const over = above[j] as number
      here[j] = fits ? (above[j - 1] as number) + 1 : Math.max(left, over)
      runsHere[j] = fits ? (runsAbove[j - 1] as number) + 1 : 0
      if ((runsHere[j] as number) > run) run = runsHere[j] as number
    }
    ;[above, here] = [here, above]
    ;[runsAbove, runsHere] = [runsHere, runsAbove]
  }
  return { subsequence: above[width - 1] as number, run }
}

/** Share of bits that two sets have in common, 0 to 1; ½ where neither has any. */
export function bitLikeness(one: number, other: number): number {
  const all = bits(one | other)
  return all === 0 ? 0.5 : bits(one & other) / all
}

function bits(set: number): number {
  let count = 0
  for (let rest = set; rest; rest &= rest - 1) count++
  return count
}
