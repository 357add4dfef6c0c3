/**
 * `alive`: the line itself said something. `taken`: the gateway took a ding and said no more, which proves the
 * road there and not that messages come back.
 */
export type Sign = 'alive' | 'dong' | 'taken'

/** `steady`, or what the silence amounts to; `mute`: lives, but never answers dings. */
export type Beat = 'steady' | 'mute' | 'dead'

type PulseOptions = {
  dingMs: number
  /** Without any sign for so long, a line is dead. */
  silenceMs: number
  /** Whether this line answered a ding before: only then does it mean much that it does not. */
  hasDonged: boolean
  /** Whether a ding that was taken is a sign of life: for a gateway that never answers, it is the only one. */
  trustsTaken: boolean
  nowMs: number
}

/** One ding may get lost on a good line, and one may be still on its way while our own process was held up. */
const dingsToDie = 2

/**
 * Whether a line lives, from the signs that it gives; whether it is logged in says nothing about that.
 * Decides on the times that it is given, in ms.
 */
export function createPulse({ dingMs, silenceMs, hasDonged, trustsTaken, nowMs }: PulseOptions) {
  let knowsDong = hasDonged
  let lastSignMs = nowMs
  let lastBeatMs = nowMs
  let heardSinceBeat = true
  let unanswered = 0
  let taken = 0

  return {
    hasDonged: () => knowsDong,
    /** @returns whether the line had missed a ding before this sign: what it said meanwhile may be lost. */
    sign(sign: Sign, atMs: number): boolean {
      if (sign === 'dong') knowsDong = true
      if (sign === 'taken') {
        taken += 1
        if (knowsDong || !trustsTaken) return false
      }
      const hadMissed = knowsDong && unanswered > 0
      lastSignMs = atMs
      heardSinceBeat = true
      unanswered = 0
      return hadMissed
    },
    /** To be called before each ding. */
    beat(atMs: number): Beat {
      // When our own process was held up or the machine slept, the silence is not the line's.
      const isLate = atMs - lastBeatMs > 1.5 * dingMs
      lastBeatMs = atMs
      if (!heardSinceBeat && !isLate) unanswered += 1
      heardSinceBeat = false
      if (unanswered >= dingsToDie && atMs - lastSignMs > silenceMs) return 'dead'
      return !knowsDong && trustsTaken && taken >= dingsToDie ? 'mute' : 'steady'
    },
  }
}
