/**
 * `alive`: the line itself said something. `acknowledged`: the gateway accepted a ding without answering it, which
 * proves that calls reach it and not that messages come back.
 */
export type LivenessSignal = 'alive' | 'dong' | 'acknowledged'

/** `steady`: signs of life; `mute`: accepts dings but never answers; `dead`: silent for too long. */
export type Health = 'steady' | 'mute' | 'dead'

type HeartbeatOptions = {
  dingMs: number
  /** Without a sign of life for this long, ms, a line counts as dead. */
  silenceMs: number
  /** Whether this line answered a ding before; only then does an unanswered one count. */
  hasAnsweredDing: boolean
  /** Whether an acknowledged ding is a sign of life, the only one of a gateway that never answers. */
  acceptsDingAck: boolean
  nowMs: number
}

/** One ding may get lost on a good line, and another may be under way while this process was held up. */
const dingsToClose = 2

/**
 * Judges whether a connection is alive by its signals; a login proves nothing. Pure in time: all times are
 * arguments, in ms.
 */
export function createHeartbeatMonitor({
  dingMs,
  silenceMs,
  hasAnsweredDing,
  acceptsDingAck,
  nowMs,
}: HeartbeatOptions) {
  let canAnswerDing = hasAnsweredDing
  let lastSignalMs = nowMs
  let lastCheckMs = nowMs
  let hasSignalSinceCheck = true
  let unanswered = 0
  let acknowledged = 0

  return {
    hasAnsweredDing: () => canAnswerDing,
    /** @returns whether the line had missed a ding before this sign: what it said meanwhile may be lost. */
    record(signal: LivenessSignal, atMs: number): boolean {
      if (signal === 'dong') canAnswerDing = true
      if (signal === 'acknowledged') {
        acknowledged += 1
        if (canAnswerDing || !acceptsDingAck) return false
      }
      const hadMissed = canAnswerDing && unanswered > 0
      lastSignalMs = atMs
      hasSignalSinceCheck = true
      unanswered = 0
      return hadMissed
    },
    /** To be called before each ding. */
    check(atMs: number): Health {
      // A late check means that this process was held up: the silence is not the line's.
      const isLate = atMs - lastCheckMs > 1.5 * dingMs
      lastCheckMs = atMs
      if (!hasSignalSinceCheck && !isLate) unanswered += 1
      hasSignalSinceCheck = false
      if (unanswered >= dingsToClose && atMs - lastSignalMs > silenceMs) return 'dead'
      return !canAnswerDing && acceptsDingAck && acknowledged >= dingsToClose ? 'mute' : 'steady'
    },
  }
}
