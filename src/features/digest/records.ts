import { z } from 'zod'
import type { Store } from '../../ports/store.ts'

const Actor = z.object({ id: z.string(), name: z.string() })
/** Who did it, in chat or on the console. */
export type Actor = z.infer<typeof Actor>

/**
 * One digest as it was composed: text and groups never change after that. Key `hundreds/number`.
 * `proposed`: shown to an organizer, not yet wanted. `decided`: to be sent, whatever happens to this process.
 * `posted`: handed to the outbox. `cancelled`: nothing more of it is sent.
 */
export const Digest = z.object({
  number: z.number().int(),
  state: z.enum(['proposed', 'decided', 'posted', 'cancelled']),
  /** The slot it was made for; absent when somebody sent it by hand. */
  slot: z.string().optional(),
  composedAt: z.string(),
  text: z.string(),
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
  itemIds: z.array(z.string()),
  sendableUntil: z.string(),
  /** When the first of its items is over; absent where none ever is. */
  goodUntil: z.string().optional(),
  by: Actor.optional(),
  cancelledBy: Actor.optional(),
})
export type Digest = z.infer<typeof Digest>

/** What became of a slot; key `YYYY-MM/instant`. `planned`: it is to come, or came and was not taken yet. */
const Slot = z.object({
  state: z.enum(['planned', 'taken', 'empty', 'cancelled', 'missed']),
  number: z.number().int().optional(),
  by: Actor.optional(),
})
export type Slot = z.infer<typeof Slot>

/** In which digest an item was pushed last; key `item id/pushed`. */
const Pushed = z.object({ number: z.number().int() })

const Counter = z.object({ last: z.number().int() })

export type Records = ReturnType<typeof openRecords>

/** The collections that the digest owns. */
export function openRecords(store: Store) {
  const digests = store.collection('digests', Digest)
  const slots = store.collection('digest-slots', Slot)
  const pushed = store.collection('digest-items', Pushed)
  const counters = store.collection('digest-counters', Counter)

  async function lastNumber(): Promise<number> {
    return (await counters.get('counter/digest'))?.last ?? 0
  }

  return {
    get: (number: number) => digests.get(keyOf(number)),
    slot: (slot: string) => slots.get(slotKey(slot)),
    updateSlot: (slot: string, change: (now: Slot | undefined) => Slot) =>
      slots.update(slotKey(slot), change),
    /** The slots of that month, `2026-11`, by instant. */
    async slotsOf(month: string) {
      return (await slots.list(`${month}/`)).map(({ key, value }) => ({ at: key.slice(8), ...value }))
    },
    async add(digest: Omit<Digest, 'number'>): Promise<Digest> {
      const counted = await counters.update('counter/digest', now => ({ last: (now?.last ?? 0) + 1 }))
      const added = { ...digest, number: counted?.last ?? 1 }
      await digests.update(keyOf(added.number), () => added)
      return added
    },
    async change(digest: Digest, change: Partial<Digest>): Promise<Digest> {
      const changed = { ...digest, ...change }
      await digests.update(keyOf(digest.number), () => changed)
      return changed
    },
    /** The latest `most` at most, latest first. */
    async recent(most: number): Promise<Digest[]> {
      const last = await lastNumber()
      const shards = [...new Set([shardOf(last), shardOf(Math.max(1, last - most + 1))])]
      const found = await Promise.all(shards.map(shard => digests.list(`${shard}/`)))
      const all = found.flat().map(({ value }) => value)
      return all.sort((a, b) => b.number - a.number).slice(0, most)
    },
    pushedIn: async (itemId: string) => (await pushed.get(`${itemId}/pushed`))?.number,
    async markPushed({ itemIds, number }: Digest) {
      await Promise.all(itemIds.map(id => pushed.update(`${id}/pushed`, () => ({ number }))))
    },
  }
}

const shardOf = (number: number) => Math.floor(number / 100)
const keyOf = (number: number) => `${shardOf(number)}/${number}`
const slotKey = (slot: string) => `${slot.slice(0, 7)}/${slot}`
