/**
 * Units of a folded text: each Han character by itself, each run of Latin letters or digits as one
 * word. `undefined`-free and in order; what separates them is left out.
 * @returns e.g. `['r', 'd', '加', '计', '15%']` for 「r&d加计15%」.
 */
export function unitsOf(folded: string): string[] {
  return (
    folded.match(
      /\p{Script=Han}|[\p{Script=Latin}\p{M}]+|\p{Nd}+(?:\.\p{Nd}+)?%?|[^\p{Script=Han}\p{Script=Latin}\p{M}\p{Nd}\P{L}]+/gu,
    ) ?? []
  )
}
