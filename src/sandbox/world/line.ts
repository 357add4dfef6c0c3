import type { Clock } from '../../ports/clock.ts'

/** The line between the world and the bot was cut, and nothing arrived. */
export class LineCut extends Error {
  override name = 'LineCut'
}

/** A line that can be cut; cutting it again replaces what was left of the first cut. */
export function createCuttableLine(clock: Clock, changed: () => void) {
  let cut: { end: AbortController; over: Promise<void> } | undefined

  async function whenUp() {
    while (cut) await cut.over
  }

  return {
    isUp: () => cut === undefined,
    whenUp,
    /** Never resolves: rejects when the line is back. */
    async hang(): Promise<never> {
      await whenUp()
      throw new LineCut('the line was cut')
    },
    cut(downSeconds: number) {
      const before = cut
      const end = new AbortController()
      const mine = { end, over: clock.sleep(downSeconds * 1000, end.signal).then(reconnect) }
      function reconnect() {
        if (cut !== mine) return
        cut = undefined
        changed()
      }
      cut = mine
      before?.end.abort()
      changed()
    },
  }
}
