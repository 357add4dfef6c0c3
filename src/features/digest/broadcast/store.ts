import { Temporal } from 'temporal-polyfill'
import { loadOnce } from '../../../lib/promises.ts'
import { retiredFormat } from '../../../lib/retired-format.ts'
import { createShownMarks } from '../../../lib/shown-marks.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { Store } from '../../../ports/store.ts'
import {
  Broadcast,
  ContentView,
  Counter,
  ItemHistory,
  Picture,
  Restore,
  Slot,
  StreamPlan,
} from './records.ts'

export type BroadcastStore = ReturnType<typeof openBroadcastStore>

/** States that a schedule may still change. */
const openStates = new Set<Broadcast['state']>(['draft', 'review', 'approved', 'queued', 'rejected'])

/** Opens the collections of broadcasts and plans. Open broadcasts are also cached: one process owns the store. */
export function openBroadcastStore(store: Store) {
  const broadcasts = store.collection('digests', Broadcast, [retiredFormat('digests')])
  const plans = store.collection('digest-plans', StreamPlan)
  const slots = store.collection('digest-runs', Slot)
  const itemHistory = store.collection('digest-told', ItemHistory)
  const pictures = store.collection('digest-pictures', Picture)
  const counters = store.collection('digest-counters', Counter)
  const restores = store.collection('digest-restores', Restore)

  const lastNumber = async () => (await counters.get('counter/digest'))?.last ?? 0

  async function all(): Promise<Broadcast[]> {
    const last = shardOf(await lastNumber())
    const shards = Array.from({ length: last + 1 }, (_, shard) => broadcasts.list(`${shard}/`))
    return (await Promise.all(shards)).flat().map(({ value }) => value)
  }

  async function readOpen() {
    return new Map((await all()).filter(isOpen).map(one => [one.number, one]))
  }

  const openNow = loadOnce(readOpen)

  async function noted(broadcast: Broadcast): Promise<Broadcast> {
    const known = await openNow()
    if (isOpen(broadcast)) known.set(broadcast.number, broadcast)
    else known.delete(broadcast.number)
    return broadcast
  }

  return {
    get: (number: number) => broadcasts.get(keyOf(number)),
    async add(fresh: Omit<Broadcast, 'number' | 'revision'>): Promise<Broadcast> {
      const counted = await counters.update('counter/digest', now => ({ last: (now?.last ?? 0) + 1 }))
      const added: Broadcast = { ...fresh, number: counted?.last ?? 1, revision: 1 }
      await broadcasts.update(keyOf(added.number), () => added)
      return noted(added)
    },
    /** @returns the broadcast as `change` left it; the same revision where it changed nothing */
    async change(number: number, change: (now: Broadcast) => Broadcast): Promise<Broadcast> {
      const changed = await broadcasts.update(keyOf(number), now => {
        if (!now) throw new Error(`no broadcast ${number}`)
        const next = change(now)
        return next === now ? now : { ...next, revision: now.revision + 1 }
      })
      if (!changed) throw new Error(`no broadcast ${number}`)
      return noted(changed)
    },
    /** Broadcasts in an open state, ordered by number. */
    open: async () => [...(await openNow()).values()].sort((a, b) => a.number - b.number),
    /** All broadcasts, latest first. */
    all: async () => (await all()).sort((a, b) => b.number - a.number),
    /** At most `most` broadcasts, latest first. */
    async recent(most: number): Promise<Broadcast[]> {
      const last = await lastNumber()
      const first = shardOf(Math.max(1, last - most + 1))
      const shards = Array.from({ length: shardOf(last) - first + 1 }, (_, i) => first + i)
      const found = await Promise.all(shards.map(shard => broadcasts.list(`${shard}/`)))
      const values = found.flat().map(({ value }) => value)
      return values.sort((a, b) => b.number - a.number).slice(0, most)
    },

    plan: (id: string) => plans.get(`plans/${id}`),
    plans: async () => (await plans.list('plans/')).map(({ value }) => value),
    updatePlan: (id: string, change: (now: StreamPlan | undefined) => StreamPlan | undefined) =>
      plans.update(`plans/${id}`, change),

    slot: (slot: string) => slots.get(slotKey(slot)),
    /** Records the outcome of a run if none is recorded. @returns the stored outcome */
    recordSlot: (slot: string, value: Slot) =>
      slots.update(slotKey(slot), now => (now && now.state !== 'claimed' ? now : value)),
    /** Claims a slot without an outcome. A missed slot is claimed again: the clock had jumped ahead and came back. */
    claimSlot: (slot: string) =>
      slots.update(slotKey(slot), now => (now && now.state !== 'missed' ? now : { state: 'claimed' })),

    /** Forgets that these people skipped a run. */
    async forgetSkippers(isTheirs: (by: RecordedActor) => boolean): Promise<void> {
      for (const { key, value } of await slots.list(''))
        if (value.by && isTheirs(value.by)) await slots.update(key, now => now && { ...now, by: undefined })
    },

    noteStart: (at: Temporal.Instant) =>
      restores.update(restoreKey, now => now && { startedAt: at.toString(), ...now }),
    /**
     * When the backup was made after which a run of this time may have been sent;
     * undefined where none was restored.
     */
    async backupBefore(sendAt: Temporal.Instant): Promise<string | undefined> {
      const { madeAt, startedAt } = (await restores.get(restoreKey)) ?? {}
      const isLost = (from: string, until: string) =>
        Temporal.Instant.compare(from, sendAt) < 0 && Temporal.Instant.compare(sendAt, until) <= 0
      return madeAt && startedAt && isLost(madeAt, startedAt) ? madeAt : undefined
    },

    numbersWithItem: async (itemId: string) => (await itemHistory.get(`${itemId}/told`))?.numbers ?? [],
    async recordItems({ items, number }: Pick<Broadcast, 'items' | 'number'>) {
      const add = (now: { numbers: number[] } | undefined) => ({
        numbers: [...new Set([...(now?.numbers ?? []), number])],
      })
      await Promise.all(items.map(({ id }) => itemHistory.update(`${id}/told`, add)))
    },

    ...openViews(store, lastNumber),

    /** The bytes of a picture or file. */
    async blob(hash: string): Promise<Uint8Array | undefined> {
      const kept = await pictures.get(`${hash}/picture`)
      return kept && new Uint8Array(Buffer.from(kept.base64, 'base64'))
    },
    deleteBlob: (hash: string) => pictures.update(`${hash}/picture`, () => undefined),
    keepBlob: (hash: string, bytes: Uint8Array) =>
      pictures.update(`${hash}/picture`, now => now ?? { base64: Buffer.from(bytes).toString('base64') }),
  }
}

/** Opens the record of what each person has been shown of which broadcast, by seal. */
function openViews(store: Store, lastNumber: () => Promise<number>) {
  const views = store.collection('digest-looks', ContentView)
  const marks = createShownMarks({
    get: async key => (await views.get(key))?.seal,
    set: (key, seal) => views.update(key, () => ({ seal })),
  })

  return {
    /** The seal of what this person was shown last. Waits for a preview on its way, up to 30 s. */
    seenSeal: (number: number, person: string) => marks.shown(viewKey(number, person)),
    /** A preview is about to be sent. @returns to be told whether it was: only then it counts */
    showing: (number: number, person: string, seal: string) => marks.showing(viewKey(number, person), seal),
    recordView: (number: number, person: string, seal: string) =>
      views.update(viewKey(number, person), () => ({ seal })),

    /** Deletes the record of what this person has been shown. */
    async forgetViews(person: string) {
      const last = shardOf(await lastNumber())
      for (let shard = 0; shard <= last; shard++) {
        const theirs = (await views.list(`${shard}/`)).filter(({ key }) => key.endsWith(`/${person}`))
        for (const { key } of theirs) await views.update(key, () => undefined)
      }
    },
  }
}

const restoreKey = 'restore/last'
const isOpen = ({ state }: Broadcast) => openStates.has(state)
const shardOf = (number: number) => Math.floor(number / 100)
const keyOf = (number: number) => `${shardOf(number)}/${number}`
/** `plan@2026-11-27T08:30:00Z`: by month. */
const slotKey = (slot: string) => `${slot.slice(slot.indexOf('@') + 1).slice(0, 7)}/${slot}`
const viewKey = (number: number, person: string) => `${shardOf(number)}/${number}/${person}`
