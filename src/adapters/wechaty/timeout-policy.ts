import type { Disconnection } from './connection.ts'

/** After this many silent disconnections, a gateway that never answered a ding is taken for one that cannot. */
const acceptAckAfter = 3

/**
 * Sets the silence limit of the next connection from how earlier ones ended. A gateway that answered a ding once has
 * to answer again. One that never did may not support dings: its limit doubles with each silent disconnection, and in
 * the end an acknowledged ding is accepted as a sign of life.
 */
export function createTimeoutPolicy({ silenceMs, mostMs }: { silenceMs: number; mostMs: number }) {
  let hasAnsweredDing = false
  let silentDisconnections = 0

  return {
    hasAnsweredDing: () => hasAnsweredDing,
    acceptsDingAck: () => !hasAnsweredDing && silentDisconnections >= acceptAckAfter,
    silenceMs: () =>
      hasAnsweredDing
        ? silenceMs
        : Math.min(silenceMs * 2 ** silentDisconnections, Math.max(mostMs, silenceMs)),
    learn({ how, hasAnsweredDing: answered }: Disconnection) {
      hasAnsweredDing ||= answered
      if (how === 'silent') silentDisconnections += 1
    },
  }
}
