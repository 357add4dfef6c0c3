import { Refusal } from '../../../feature.ts'
import type { Collection } from '../../../ports/store.ts'
import { type RosterRecord, type RosterRow, rosterKey } from '../records/records.ts'

export type RosterStore = ReturnType<typeof createRosterStore>

type RosterChange = (now: RosterRecord | undefined) => RosterRecord | undefined
/** The author and time of a change, as the roster records them. */
export type RosterStamp = Pick<RosterRecord, 'changedAt' | 'changedByName'>

/**
 * The roster's one record, kept in memory as it was last read or written: ten thousand rows are asked for at every
 * sign-in, and no other process writes to the data folder.
 */
export function createRosterStore(records: Collection<RosterRecord>) {
  let cached:
    | { rows: readonly RosterRow[]; byId: ReadonlyMap<string, RosterRow>; isImported: boolean }
    | undefined

  function keep(book: RosterRecord | undefined) {
    const rows = book?.rows ?? []
    cached = { rows, byId: new Map(rows.map(row => [row.id, row])), isImported: book?.before !== undefined }
    return cached
  }

  const read = async () => cached ?? keep(await records.get(rosterKey))
  const save = async (change: RosterChange) => keep(await records.update(rosterKey, change)).rows

  return {
    rows: async () => (await read()).rows,
    byId: async () => (await read()).byId,
    /** Whether the last change was an import, which can be taken back. */
    isImported: async () => (await read()).isImported,
    /**
     * One atomic change; no import can be taken back after it.
     * @throws what `change` throws: nothing is changed then
     */
    change: (change: RosterChange) =>
      save(now => {
        const next = change(now)
        return next === now ? now : withoutBefore(next)
      }),
    /** A change that can be taken back until the next one. @throws what `change` throws: nothing is changed then */
    import: (change: RosterChange) =>
      save(now => {
        const next = change(now)
        return next === undefined || next === now ? next : { ...next, before: now?.rows ?? [] }
      }),
    /**
     * Takes the last import back.
     * @returns the rows that are gone
     * @throws {@link Refusal} where the roster has changed since
     */
    async takeBack(stamp: RosterStamp): Promise<readonly RosterRow[]> {
      let after: readonly RosterRow[] = []
      const before = await save(now => {
        if (!now?.before) throw new Refusal('导入以后名单又改过，不能整个撤销了，请一位一位地改。')
        after = now.rows
        return { rows: now.before, ...stamp }
      })
      const kept = new Set(before.map(({ id }) => id))
      return after.filter(({ id }) => !kept.has(id))
    },
  }
}

function withoutBefore(book: RosterRecord | undefined): RosterRecord | undefined {
  if (!book) return undefined
  const { before: _, ...kept } = book
  return kept
}
