/** A session that is lost this soon after its beginning was taken, or the platform is in trouble. */
const soonMs = 60_000
const lossesToStop = 3

/**
 * Tells whether another program uses the same bot. QQ ends neither connection and says nothing: it gives each event to
 * one of the two, or takes the session of the one that connected first.
 */
export function createTakeOverWatch(nowMs: () => number = () => performance.now()) {
  let upSinceMs: number | undefined
  let losses = 0
  let startsLeft: number | undefined
  let ownStarts = 0

  return {
    up() {
      upSinceMs = nowMs()
    },
    /** The session is not valid any more. @returns whether the two take it from each other, so that one has to stop */
    lost(): boolean {
      const isSoon = upSinceMs !== undefined && nowMs() - upSinceMs < soonMs
      losses = isSoon ? losses + 1 : 0
      if (losses < lossesToStop) return false
      losses = 0
      return true
    },
    /**
     * Before each connection of ours.
     * @param left how many more sessions the platform lets the bot start today
     * @returns whether more were started since the last look than we did
     */
    isShared(left: number | undefined): boolean {
      if (left === undefined) return false
      const others = startsLeft === undefined ? 0 : startsLeft - left - ownStarts
      startsLeft = left
      ownStarts = 1
      return others > 0
    },
  }
}
