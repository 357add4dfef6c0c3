import type { Clock } from '../ports/clock.ts'

/** Wrong logins within ten minutes, from one address and from all together. */
const limits = { windowMs: 10 * 60_000, perAddress: 5, inAll: 50 }

export const tooManyAttempts = '试错太多次了，请过十分钟再试。急的话，用启动机器人的屏幕上的一次性链接登录。'

export type Attempts = {
  /**
   * Counts an attempt as wrong before it is looked at, so that many at once gain nothing.
   * @returns whether it may be made.
   */
  begin(address: string): boolean
  /** It was right after all, and counts no more. */
  succeed(address: string): void
}

/** Counts logins in memory: a restart forgives, since it also takes longer than a guess. */
export function createAttempts(clock: Clock): Attempts {
  let counted: { address: string; atMs: number }[] = []
  return {
    begin(address) {
      const nowMs = clock.now().epochMilliseconds
      counted = counted.filter(({ atMs }) => atMs > nowMs - limits.windowMs)
      const fromHere = counted.filter(attempt => attempt.address === address).length
      if (counted.length >= limits.inAll || fromHere >= limits.perAddress) return false
      counted.push({ address, atMs: nowMs })
      return true
    },
    succeed(address) {
      const mine = counted.findLastIndex(attempt => attempt.address === address)
      counted = counted.filter((_, index) => index !== mine)
    },
  }
}
