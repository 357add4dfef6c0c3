let forwardedMs = 0

/** Moves the clock of {@link shiftClock} ahead, so that the next thing is due without a wait. */
export function forwardClock(ms: number) {
  forwardedMs += ms
}

/**
 * Moves what this process takes for the time of day by `CLOCK_SHIFT_MS`, so that a slot of the schedule can be
 * near; it goes on at its own pace. Both ways to ask are moved, since packages compare what they give.
 */
export function shiftClock() {
  const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0)
  const MachineDate = Date
  const now = () => MachineDate.now() + shiftMs + forwardedMs
  globalThis.Date = class extends MachineDate {
    constructor(...given: [] | [value: number | string | Date]) {
      if (given.length === 0) super(now())
      else super(...(given as [number]))
    }
    static override now = now
  } as DateConstructor
}
