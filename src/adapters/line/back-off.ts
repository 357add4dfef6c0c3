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

/** Pauses between attempts to connect, each about twice as long as the one before. */
export function createBackOff(options: { firstMs: number; lastMs: number }) {
  let failures = 0
  let isSkipped = false
  let endPause = () => {}

  return {
    /** Begins again with the shortest pause. */
    reset() {
      failures = 0
    },
    /** Resolves after the next pause, or when it is skipped. */
    async pause(): Promise<void> {
      const ms = backOffMs(failures, { ...options, random: Math.random() })
      failures += 1
      if (!isSkipped) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, ms)
          endPause = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      isSkipped = false
    },
    /** Ends the pause under way, or leaves out the next one, and begins again with the shortest. */
    skip() {
      failures = 0
      isSkipped = true
      endPause()
    },
  }
}
