/**
 * Moves what this process takes for the time of day by `CLOCK_SHIFT_MS`, so that a slot of the schedule can be
 * near; it goes on at its own pace. Both ways to ask are moved, since packages compare what they give.
 */
export function shiftClock() {
  const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0)
  const MachineDate = Date
  globalThis.Date = class extends MachineDate {
    constructor(...given: [] | [value: number | string | Date]) {
      if (given.length === 0) super(MachineDate.now() + shiftMs)
      else super(...(given as [number]))
    }
    static override now = () => MachineDate.now() + shiftMs
  } as DateConstructor
}
