import type { Death } from './connection.ts'

/** A line that never answered a ding is taken for one that cannot after so many deaths of silence. */
const mutedAfterDeaths = 3

/**
 * How much silence a line is allowed, from how its connections ended. One that answered a ding once can answer,
 * and has to. One that never did may be a gateway that knows no dong: rebuilding that every few seconds for ever
 * helps nobody, so it is given ever more time, and in the end is believed when it only takes dings.
 */
export function createPatience({ silenceMs, mostMs }: { silenceMs: number; mostMs: number }) {
  let hasDonged = false
  let silentDeaths = 0

  return {
    hasDonged: () => hasDonged,
    trustsTaken: () => !hasDonged && silentDeaths >= mutedAfterDeaths,
    silenceMs: () =>
      hasDonged ? silenceMs : Math.min(silenceMs * 2 ** silentDeaths, Math.max(mostMs, silenceMs)),
    learn({ how, hasDonged: answered }: Death) {
      hasDonged ||= answered
      if (how === 'silent') silentDeaths += 1
    },
  }
}
