import type { Clock } from '../ports/clock.ts'

/** Wrong passwords within ten minutes, from one address and from all together. */
const limits = { windowMs: 10 * 60_000, perAddress: 5, inAll: 50 }

export type Attempts = {
  /** Whether this address may try again now. */
  mayTry(address: string): boolean
  failed(address: string): void
}

/** Counts failed logins in memory: a restart forgives, since it also takes longer than a guess. */
export function createAttempts(clock: Clock): Attempts {
  let failures: { address: string; at: number }[] = []
  const recent = () => {
    const since = clock.now().epochMilliseconds - limits.windowMs
    failures = failures.filter(({ at }) => at > since)
    return failures
  }
  return {
    mayTry: address =>
      recent().length < limits.inAll &&
      recent().filter(failure => failure.address === address).length < limits.perAddress,
    failed: address => void failures.push({ address, at: clock.now().epochMilliseconds }),
  }
}
