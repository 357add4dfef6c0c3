import type { Clock } from '../ports/clock.ts'

/** Wrong tries within ten minutes that are free, from one source and from all together; then one at a time. */
const limits = { windowMs: 10 * 60_000, perSource: 5, inAll: 50, sourceGapMs: 30_000, allGapMs: 6_000 }

export const tooManyAttempts =
  '试错太多次了，请过十分钟再试，或者半分钟后再试一次。急的话，用一次性链接登录：链接不受影响。'

export type Attempts = {
  /**
   * Counts an attempt as wrong before it is looked at, so that many at once gain nothing. Beyond the free ones one is let
   * through every half minute: a stranger behind the same proxy slows others down and never locks them out.
   * @param source a browser that logged in before, else the address
   */
  begin(source: string): boolean
  /** It was right after all, and counts no more. */
  succeed(source: string): void
}

/** Login attempts, in memory; reset on restart. */
export function createAttempts(clock: Clock): Attempts {
  let counted: { source: string; atMs: number }[] = []
  return {
    begin(source) {
      const nowMs = clock.now().epochMilliseconds
      counted = counted.filter(({ atMs }) => atMs > nowMs - limits.windowMs)
      const fromHere = counted.filter(attempt => attempt.source === source)
      const mayTry = (attempts: typeof counted, free: number, gapMs: number) =>
        attempts.length < free || nowMs - (attempts.at(-1)?.atMs ?? 0) >= gapMs
      if (!mayTry(counted, limits.inAll, limits.allGapMs)) return false
      if (!mayTry(fromHere, limits.perSource, limits.sourceGapMs)) return false
      counted.push({ source, atMs: nowMs })
      return true
    },
    succeed(source) {
      const mine = counted.findLastIndex(attempt => attempt.source === source)
      counted = counted.filter((_, index) => index !== mine)
    },
  }
}
