import { FieldRefusal, OutdatedFormRefusal, Refusal } from '../../../feature.ts'
import { versionOf } from '../../../lib/hash.ts'
import type { Clock } from '../../../ports/clock.ts'
import { type CommunityRecords, memberKey, newMemberId, type RosterRow } from '../records/records.ts'
import type { RosterStamp, RosterStore } from './book.ts'
import { fieldNames, fields, type RosterField } from './file/columns.ts'
import { readRosterFile } from './file/file.ts'
import type { ReadFile } from './file/people-in-file.ts'
import { planRosterImport, problemOfField, type RosterPlan } from './file/plan.ts'

/** Minutes after which an unconfirmed dry run has to be made again. */
const dryRunMinutes = 30

export type RosterDryRun = RosterPlan & Omit<ReadFile, 'rows'> & { fileName: string }
export type RosterActions = ReturnType<typeof createRosterActions>

type Parts = {
  book: RosterStore
  members: CommunityRecords['members']
  clock: Clock
  /** Whether party membership may be kept. */
  keepsParty: boolean
  /** Looks for the new and changed ones among those who chat. @returns how many were found */
  matchAll(): Promise<number>
}

/** The roster: dry runs, imports, and changes of one member. */
export function createRosterActions({ book, members, clock, keepsParty, matchAll }: Parts) {
  /** In memory: after a restart the file is simply chosen again. One a person, so that it stays small. */
  const waiting = new Map<string, { file: ReadFile; atMs: number }>()
  const stamp = (byName: string): RosterStamp => ({
    changedAt: clock.now().toString(),
    changedByName: byName,
  })

  return {
    rows: book.rows,
    keepsParty,
    row: async (id: string): Promise<RosterRow | undefined> => (await book.byId()).get(id),

    /** Result of importing this file, without changes. @throws {@link Refusal} for a file that cannot be read */
    async dryRun(personId: string, file: { name: string; bytes: Uint8Array }): Promise<RosterDryRun> {
      waiting.delete(personId)
      const read = await readRosterFile(file.bytes, keepsParty)
      const plan = await planRosterImport(await book.rows(), read.rows, newMemberId)
      if (plan.wrong === 0) waiting.set(personId, { file: read, atMs: clock.now().epochMilliseconds })
      const { rows: _rows, ...told } = read
      return { ...told, ...plan, fileName: file.name }
    },

    /**
     * Imports what this person last looked at, wholly or not at all.
     * @throws {@link Refusal} when that was too long ago, or the roster has changed so that it does not fit any more
     */
    async confirm(person: { id: string; name: string }): Promise<RosterPlan & { matched: number }> {
      const seen = waiting.get(person.id)
      waiting.delete(person.id)
      if (!seen || clock.now().epochMilliseconds - seen.atMs > dryRunMinutes * 60_000) {
        throw new Refusal('预览已经过期，请重新选一次文件。')
      }
      const before = await book.rows()
      const plan = await planRosterImport(before, seen.file.rows, newMemberId)
      await book.import(now => {
        if (plan.wrong > 0 || !isSameRoster(now?.rows ?? [], before))
          throw new Refusal('名单刚刚被别人改过，和这个文件对不上了，请重新选一次文件。')
        if (now && plan.lines.every(({ kind }) => kind === 'same' || kind === 'skipped')) return now
        return { rows: plan.rows, ...stamp(person.name) }
      })
      return { ...plan, matched: await matchAll() }
    },

    canTakeBackImport: book.isImported,

    /** @throws {@link Refusal} where the roster has changed since */
    async takeBackImport(byName: string): Promise<void> {
      const stamped = stamp(byName)
      // People may be linked to them by now: their name stays, as of one who is taken off the roster.
      for (const { id, name } of await book.takeBack(stamped))
        await members.update(memberKey(id), now => ({ createdAt: stamped.changedAt, ...now, id, name }))
    },

    /**
     * Puts one member as written on the roster, under their id; a new person where there is none.
     * @param seen {@link rowVersion} of the row that the form showed; empty where none was shown
     * @throws {@link Refusal} where a field cannot stand, or the member has gone or was changed meanwhile
     */
    async put(
      id: string | undefined,
      written: Record<RosterField, string>,
      { byName, seen = '' }: { byName: string; seen?: string },
    ): Promise<string> {
      for (const field of fields) {
        const problem = problemOfField(field, written[field])
        if (problem) throw new FieldRefusal(field, `${problem}。`)
      }
      const memberId = id ?? newMemberId()
      await book.change(now => {
        const rows = now?.rows ?? []
        const known = rows.find(row => row.id === memberId)
        if (id !== undefined && !known) throw new Refusal('这位成员已经不在名单上了。')
        const party = keepsParty ? written.party : (known?.party ?? '')
        const next = { ...written, party, id: memberId }
        if (known && seen !== '' && seen !== rowVersion(known)) throw changedMeanwhile(known, next)
        return {
          rows: known ? rows.map(row => (row.id === memberId ? next : row)) : [...rows, next],
          ...stamp(byName),
        }
      })
      await matchAll()
      return memberId
    },

    /** Takes a person off the roster; what they did stays, under their name. Nothing happens for who is not on it. */
    async remove(id: string, byName: string): Promise<void> {
      const row = (await book.byId()).get(id)
      if (!row) return
      const createdAt = clock.now().toString()
      await members.update(memberKey(id), now => ({ createdAt, ...now, id, name: row.name }))
      await book.change(now => now && { rows: now.rows.filter(other => other.id !== id), ...stamp(byName) })
    },

    /** Lets go of what the settings do not allow to be kept any more. */
    async dropParty(): Promise<void> {
      if (keepsParty || !(await book.rows()).some(({ party }) => party !== '')) return
      await book.change(now => now && { ...now, rows: now.rows.map(row => ({ ...row, party: '' })) })
    },
  }
}

const isSameRoster = (rows: readonly RosterRow[], before: readonly RosterRow[]) =>
  rows.length === before.length &&
  rows.every((row, at) => (['id', ...fields] as const).every(field => row[field] === before[at]?.[field]))

/** Tells whether the row has changed since a form showed it. */
export const rowVersion = (row: RosterRow): string => versionOf(fields.map(field => row[field]))

/** The form holds every field: saved unseen, it would take back what another organizer has changed. */
function changedMeanwhile(now: RosterRow, wanted: RosterRow): OutdatedFormRefusal {
  const others = fields
    .filter(field => now[field] !== wanted[field])
    .map(field => `${fieldNames[field]}现在是${now[field] === '' ? '空的' : `「${now[field]}」`}`)
  const told = others.length > 0 ? `和你填的不一样的：${others.join('，')}。` : ''
  return new OutdatedFormRefusal(
    `这位成员的资料刚被别人改过。${told}下面是你填的，核对一下再保存，就按你填的改。`,
    rowVersion(now),
  )
}
