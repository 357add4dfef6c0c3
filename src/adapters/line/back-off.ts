/**
 * How long to wait before the next attempt: at random between one step and the next, so that many bots do not
 * come back in the same second; steps double from `firstMs`, and the wait never leaves [firstMs, lastMs].
 * @param attempt how many attempts have failed in a row before this one, from 0
 * @param random in [0, 1)
 */
export function backOffMs(
  attempt: number,
  { firstMs, lastMs, random }: { firstMs: number; lastMs: number; random: number },
): number {
  const most = Math.min(firstMs * 2 ** (attempt + 1), lastMs)
  const least = Math.min(Math.max(most / 2, firstMs), lastMs)
  return Math.round(least + random * Math.max(most - least, 0))
}
