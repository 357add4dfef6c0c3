import { isDeepStrictEqual } from 'node:util'
import { Refusal } from '../../../feature.ts'
import { type CommunityRecords, memberKey, type RosterBook, type RosterRow } from '../records/records.ts'

type Import = { before: readonly RosterRow[]; after: readonly RosterRow[] }
type UndoParts = {
  book: {
    rows(): Promise<readonly RosterRow[]>
    change(change: (now: RosterBook | undefined) => RosterBook | undefined): Promise<unknown>
  }
  members: CommunityRecords['members']
  /** The author and time of a change, as the roster records them. */
  stamp(byName: string): { changedAt: string; changedByName: string }
}

/**
 * Takes back the last import. In memory only, and only while the roster stands as the import left it: what was
 * erased or changed since must not come back.
 */
export function createImportUndo({ book, members, stamp }: UndoParts) {
  let last: Import | undefined

  return {
    note: (done: Import): void => {
      last = done
    },
    isPossible: async (): Promise<boolean> =>
      last !== undefined && isDeepStrictEqual(await book.rows(), last.after),
    /** @throws {@link Refusal} where the roster has changed since, or the program was restarted */
    async undo(byName: string): Promise<void> {
      const { before = [], after } = last ?? {}
      const stamped = stamp(byName)
      await book.change(now => {
        if (!after || !isDeepStrictEqual(now?.rows, after))
          throw new Refusal('导入以后名单又改过，或者程序重启过，不能整个撤销了，请一位一位地改。')
        return { rows: [...before], ...stamped }
      })
      last = undefined
      const kept = new Set(before.map(({ id }) => id))
      const gone = (after ?? []).filter(({ id }) => !kept.has(id))
      // People may be linked to them by now: their name stays, as of one who is taken off the roster.
      const createdAt = stamped.changedAt
      for (const { id, name } of gone)
        await members.update(memberKey(id), now => ({ createdAt, ...now, id, name }))
    },
  }
}
