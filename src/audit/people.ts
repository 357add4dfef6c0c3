import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { keyHash } from '../lib/hash.ts'
import { recentlyUsed } from '../lib/recently-used.ts'
import type { Store } from '../ports/store.ts'

/** The owner of a pseudonym; key `people/hash of the id`. */
const Known = z.object({ id: z.string(), name: z.string(), pseudonym: z.string() })
export type KnownPerson = z.infer<typeof Known>

/** Member ids under which a person was kept before; key `ids/member id`. */
const FormerIds = z.object({ ids: z.array(z.string()) })

export const newPseudonym = (): string => `p-${randomBytes(5).toString('hex')}`
const keyOf = (id: string) => `people/${keyHash(id)}`

export type AuditPeople = ReturnType<typeof createAuditPeople>

/** Pseudonyms of people in the audit log. They are random, so that an erased one leads back to no person. */
export function createAuditPeople(store: Store) {
  const people = store.collection('audit-people', Known)
  const former = store.collection('audit-former-ids', FormerIds)
  const known = recentlyUsed<KnownPerson>(5000)

  return {
    async pseudonymOf({ id, name }: { id: string; name: string }): Promise<string> {
      const cached = known.get(id)
      if (cached?.name === name) return cached.pseudonym
      const drawn = newPseudonym()
      const kept = await people.update(keyOf(id), now => ({ id, name, pseudonym: now?.pseudonym ?? drawn }))
      if (kept) known.set(id, kept)
      return kept?.pseudonym ?? drawn
    },
    all: async (): Promise<KnownPerson[]> => (await people.list('people/')).map(({ value }) => value),
    async noteMoves(moves: ReadonlyMap<string, string>): Promise<void> {
      for (const [from, into] of moves)
        await former.update(`ids/${into}`, now => ({ ids: [...new Set([...(now?.ids ?? []), from])] }))
    },
    /** Ids under which this member was kept before, and before that. */
    async formerIdsOf(memberId: string): Promise<string[]> {
      const ids = (await former.get(`ids/${memberId}`))?.ids ?? []
      const earlier = await Promise.all(ids.filter(id => id !== memberId).map(id => former.get(`ids/${id}`)))
      return [...new Set([...ids, ...earlier.flatMap(one => one?.ids ?? [])])]
    },
    async forget(ids: readonly string[]): Promise<void> {
      for (const id of ids) {
        known.delete(id)
        await people.update(keyOf(id), () => undefined)
        await former.update(`ids/${id}`, () => undefined)
      }
    },
  }
}
