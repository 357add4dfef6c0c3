import { Temporal } from 'temporal-polyfill'
import type { Collection } from '../ports/store.ts'
import type { ProcessedMessage } from '../processed-messages.ts'

/** Records in a segment. A shard is written as a whole: 500 records take 3 ms, 20,000 take 50 ms (measured). */
const perSegment = 500
/** 20,000 messages; more within the days that are kept is a flood. */
const mostSegments = 40

/** A claimed message, by the hash of its id. */
export type ClaimedMessage = {
  id: string
  print: string
  receivedMs: number
  textPrint?: string | undefined
  /** Undefined where the platform gave no time that can be. */
  sentMs?: number | undefined
}
type Segment = { claimed: Map<string, ClaimedMessage>; latestMs: number }

/**
 * Claimed messages in segments, the shards of the collection. One segment is filled at a time and removed as a whole;
 * its number is used again, so that the number of files stays bounded.
 */
export function createSegments(seen: Collection<ProcessedMessage>) {
  const segments = new Map<number, Segment>()
  let current: number | undefined

  function addTo(number: number, one: ClaimedMessage) {
    const segment = segments.get(number) ?? { claimed: new Map(), latestMs: one.receivedMs }
    segment.claimed.set(one.id, one)
    segment.latestMs = Math.max(segment.latestMs, one.receivedMs)
    segments.set(number, segment)
  }

  const hasRoom = (number: number) => (segments.get(number)?.claimed.size ?? 0) < perSegment

  /** After a restart the one that was being filled, so that many restarts do not make many segments. */
  function choose(): number {
    if (current !== undefined && hasRoom(current)) return current
    let number = 1
    while (!hasRoom(number)) number += 1
    return number
  }

  async function remove(number: number): Promise<ClaimedMessage[]> {
    const claimed = [...(segments.get(number)?.claimed.values() ?? [])]
    await Promise.all(claimed.map(({ id }) => seen.update(keyOf(number, id), () => undefined)))
    segments.delete(number)
    return claimed
  }

  return {
    /** @returns all that is stored, oldest first */
    async load(): Promise<ClaimedMessage[]> {
      for (const { key, value } of await seen.list('')) {
        const [number = '', id = ''] = key.split('/')
        const receivedMs = Temporal.Instant.from(value.receivedAt).epochMilliseconds
        const { print, textPrint, sentMs } = value
        addTo(Number(number), { id, print, textPrint, sentMs, receivedMs })
      }
      const all = [...segments.values()].flatMap(({ claimed }) => [...claimed.values()])
      return all.sort((a, b) => a.receivedMs - b.receivedMs)
    },

    async add(one: ClaimedMessage): Promise<void> {
      current = choose()
      addTo(current, one)
      const receivedAt = new Date(one.receivedMs).toISOString()
      const { print, textPrint, sentMs } = one
      await seen.update(keyOf(current, one.id), () => ({
        print,
        receivedAt,
        ...(textPrint === undefined ? {} : { textPrint }),
        ...(sentMs === undefined ? {} : { sentMs }),
      }))
    },

    /** @returns what was removed: the segments in which nothing was received since, and those that are too many */
    async expire(before: Temporal.Instant): Promise<ClaimedMessage[]> {
      const byAge = [...segments].sort(([, a], [, b]) => a.latestMs - b.latestMs)
      const tooMany = byAge.length - mostSegments
      const old = byAge.filter(
        ([number, { latestMs }], index) =>
          number !== current && (index < tooMany || latestMs < before.epochMilliseconds),
      )
      return (await Promise.all(old.map(([number]) => remove(number)))).flat()
    },
  }
}

const keyOf = (number: number, id: string) => `${number}/${id}`
