/** How much of `one` is in at least one of two others, by weight, 0 to 1; 1 where `one` weighs nothing. */
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

/** Whether two units stand side by side; unknown ones never do. */
export function hasPair(codes: Uint32Array, first: number, second: number): boolean {
  if (first === 0 || second === 0) return false
  for (let at = codes.indexOf(first); at >= 0; at = codes.indexOf(first, at + 1)) {
    if (codes[at + 1] === second) return true
  }
  return false
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
