import type { Collection } from '../../../ports/store.ts'
import { type RosterBook, type RosterRow, rosterKey } from '../records/records.ts'

export type RosterStore = ReturnType<typeof createBook>

/**
 * The roster's one record, kept in memory as it was last read or written: ten thousand rows are asked for at every
 * sign-in, and no other process writes to the data folder.
 */
export function createBook(records: Collection<RosterBook>) {
  let standing: { rows: readonly RosterRow[]; byId: ReadonlyMap<string, RosterRow> } | undefined

  function keep(book: RosterBook | undefined) {
    const rows = book?.rows ?? []
    standing = { rows, byId: new Map(rows.map(row => [row.id, row])) }
    return standing
  }

  const read = async () => standing ?? keep(await records.get(rosterKey))

  return {
    rows: async () => (await read()).rows,
    byId: async () => (await read()).byId,
    /** One atomic change. @throws what `change` throws: nothing is changed then */
    async change(change: (now: RosterBook | undefined) => RosterBook | undefined) {
      return keep(await records.update(rosterKey, change)).rows
    },
  }
}
