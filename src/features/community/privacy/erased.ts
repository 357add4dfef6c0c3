import { Temporal } from 'temporal-polyfill'
import { Erased, erasedCollection, isOneOf, toErased } from '../../../erased.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Store } from '../../../ports/store.ts'
import type { IdentityLedger } from '../identities/ledger.ts'
import type { Erasure } from '../records/identity-records.ts'
import type { CommunityRecords } from '../records/records.ts'
import type { RosterStore } from '../roster/book.ts'

/** No backup is kept for longer: nightly ones for half a year at most. */
const keepDays = 400

export type ErasedPeople = ReturnType<typeof createErasedPeople>

type Parts = {
  store: Store
  clock: Clock
  /** Also keeps the list outside the store: with a lost store its own list would be lost. */
  noteErased(key: string, erased: Erased): Promise<void>
}

/** Erased people, known by hashes only, so that a restored backup brings none of them back. */
export function createErasedPeople({ store, clock, noteErased }: Parts) {
  const all = store.collection(erasedCollection, Erased)

  return {
    /** Before anything is erased: what a crash leaves is then erased after a restore, too. */
    async note({ memberId, chatIds, at, alias }: Erasure): Promise<void> {
      const { key, erased } = toErased(alias, { at, ids: [memberId, ...chatIds] })
      const kept = await all.update(key, now => now ?? erased)
      await noteErased(key, kept ?? erased)
    },

    /** Erases those again whom a restored backup brought back. */
    async replay(known: Known, erase: Erase): Promise<void> {
      const waiting = (await all.list('')).filter(({ value }) => !value.isDone)
      if (waiting.length === 0) return
      for (const [memberId, ids] of await idsOfAll(known)) {
        if (waiting.some(({ value }) => isOneOf(value, ids))) await erase(memberId)
      }
      for (const { key } of waiting) await all.update(key, now => now && { ...now, isDone: true })
    },

    async forgetOld(): Promise<void> {
      const limit = clock.now().subtract({ hours: 24 * keepDays })
      for (const { key, value } of await all.list(''))
        if (Temporal.Instant.compare(value.at, limit) < 0) await all.update(key, () => undefined)
    },
  }
}

type Erase = (memberId: string) => Promise<void>
type Known = { ledger: IdentityLedger; book: RosterStore; members: CommunityRecords['members'] }

/** The ids of all known people: ours, and those on chat platforms. */
async function idsOfAll({ ledger, book, members }: Known) {
  const recorded = (await members.list('')).map(({ value }) => value.id)
  const ids = new Map([...(await book.byId()).keys(), ...recorded].map(memberId => [memberId, [memberId]]))
  for (const { memberId, senderId } of await ledger.all())
    ids.set(memberId, [...(ids.get(memberId) ?? [memberId]), senderId])
  return ids
}
