import { createMutex } from '../../lib/queue.ts'

/** In its last minute a token may be renewed, and the old one still holds. */
const renewBeforeMs = 45_000

/**
 * A token that renews itself; asked for once however many wait for it.
 * @param ask gets a new one, and for how many seconds it holds
 */
export function createAccessToken(ask: () => Promise<{ value: string; seconds: number }>) {
  const runExclusive = createMutex()
  let token: { value: string; untilMs: number } | undefined

  return {
    fresh: () =>
      runExclusive(async () => {
        if (token && performance.now() < token.untilMs) return token.value
        const { value, seconds } = await ask()
        token = { value, untilMs: performance.now() + Math.max(seconds * 1000 - renewBeforeMs, 1000) }
        return value
      }),
    /** The platform refused this token: the next is asked for, unless that has happened already. */
    forget(refused: string) {
      if (token?.value === refused) token = undefined
    },
  }
}
