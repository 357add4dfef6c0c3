/**
 * Moves what this process takes for the time of day by `CLOCK_SHIFT_MS`, so that a slot of the schedule can be
 * near; it goes on at its own pace.
 */
export function shiftClock() {
  const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0)
  const machineNow = Date.now
  Date.now = () => machineNow() + shiftMs
}
