import { recentlyUsed } from '../lib/recently-used.ts'

/** Platforms count in seconds, and round. */
const roundingMs = 2000
const hourMs = 3_600_000
/** How late a message must arrive, at least, to be taken for a redelivery. A command does harm when it runs twice. */
export const redeliveryLateMs = { command: 3000, other: 60_000 }
const mostTexts = 20_000
const mostTimes = 20

type Timed = { textPrint?: string | undefined; sentMs?: number | undefined; receivedMs: number }

/** The times at which each text was sent, so that a message is known again when it comes with a shifted time. */
export function createRedeliveries() {
  const sentMsOf = recentlyUsed<readonly number[]>(mostTexts)

  return {
    add({ textPrint, sentMs }: Timed) {
      if (textPrint === undefined || sentMs === undefined) return
      sentMsOf.set(textPrint, [...(sentMsOf.get(textPrint) ?? []), sentMs].slice(-mostTimes))
    },
    remove({ textPrint, sentMs }: Timed) {
      if (textPrint === undefined) return
      const left = (sentMsOf.get(textPrint) ?? []).filter(each => each !== sentMs)
      if (left.length > 0) sentMsOf.set(textPrint, left)
      else sentMsOf.delete(textPrint)
    },
    /**
     * Whether the same words came before, with a time of which this one is a distortion: rounded, moved by whole
     * hours, or none. A message that arrives as it is sent is always new.
     * @param lateMs from 0
     */
    has({ textPrint, sentMs, receivedMs }: Timed, lateMs: number): boolean {
      if (textPrint === undefined) return false
      const known = sentMsOf.get(textPrint) ?? []
      if (sentMs === undefined) return known.length > 0
      return receivedMs - sentMs >= lateMs && known.some(each => isShifted(each, sentMs))
    },
  }
}

function isShifted(a: number, b: number): boolean {
  const beyondHours = Math.abs(a - b) % hourMs
  return Math.min(beyondHours, hourMs - beyondHours) <= roundingMs
}
