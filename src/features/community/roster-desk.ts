import { Refusal } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import { type CommunityRecords, memberKey, newMemberId } from './records.ts'
import type { Book } from './roster-book.ts'
import { type ReadFile, readRosterFile } from './roster-file.ts'
import { linkMembers, type Plan, planImport } from './roster-rules.ts'

/** A dry run that nobody confirmed in this time is to be looked at again. */
const dryRunMinutes = 30

export type DryRun = Plan & Pick<ReadFile, 'ignoredColumns' | 'unkeptColumns'> & { fileName: string }
export type RosterDesk = ReturnType<typeof createRosterDesk>

/** The roster: dry runs, imports, and who of those that chat is on it. */
export function createRosterDesk(
  { members }: Pick<CommunityRecords, 'members'>,
  { book, clock }: { book: Book; clock: Clock },
) {
  /** In memory: after a restart the file is simply chosen again. One a person, so that it stays small. */
  const waiting = new Map<string, { file: ReadFile; atMs: number }>()

  const { rows } = book

  /** Links in the book, then puts the roster's names to the members; done again it changes nothing. */
  async function linkAll(people: readonly { id: string; aliases: readonly string[] }[]): Promise<void> {
    const linked = await book.change(now => now && { ...now, rows: linkMembers(now.rows, people) })
    const named = new Map(linked.filter(row => row.isLinked).map(row => [row.id, row.name]))
    for (const { id } of people) {
      const name = named.get(id)
      if (name !== undefined) await putName(id, name)
    }
  }

  async function putName(id: string, name: string): Promise<void> {
    const known = await members.get(memberKey(id))
    if (!known || (known.isOnRoster && known.name === name)) return
    await members.update(memberKey(id), now => now && { ...now, name, isOnRoster: true })
  }

  return {
    rows,

    /** @returns the name on the roster, when this alias says who it is */
    async link(memberId: string, alias: string): Promise<string | undefined> {
      const person = { id: memberId, aliases: [alias] }
      if (!linkMembers(await rows(), [person]).some(row => row.id === memberId)) return undefined
      await linkAll([person])
      return (await rows()).find(row => row.id === memberId)?.name
    },

    /** What importing this file would do; nothing is changed. @throws {@link Refusal} for a file that cannot be read */
    async dryRun(personId: string, file: { name: string; bytes: Uint8Array }): Promise<DryRun> {
      waiting.delete(personId)
      const read = await readRosterFile(file.bytes)
      const plan = planImport(await rows(), read.rows, newMemberId)
      if (plan.wrong === 0) waiting.set(personId, { file: read, atMs: clock.now().epochMilliseconds })
      const { ignoredColumns, unkeptColumns } = read
      return { ...plan, ignoredColumns, unkeptColumns, fileName: file.name }
    },

    /**
     * Imports what this person last looked at, wholly or not at all.
     * @throws {@link Refusal} when that was too long ago, or the roster has changed so that it does not fit any more
     */
    async confirm(person: { id: string; name: string }): Promise<Plan> {
      const seen = waiting.get(person.id)
      waiting.delete(person.id)
      const at = clock.now()
      if (!seen || at.epochMilliseconds - seen.atMs > dryRunMinutes * 60_000) {
        throw new Refusal('预览已经过期，请重新选一次文件。')
      }
      let plan: Plan | undefined
      await book.change(now => {
        plan = planImport(now?.rows ?? [], seen.file.rows, newMemberId)
        if (plan.wrong > 0) throw new Refusal('名单刚刚被别人改过，和这个文件对不上了，请重新选一次文件。')
        if (now && plan.lines.every(({ kind }) => kind === 'same')) return now
        return { rows: plan.rows, changedAt: at.toString(), changedByName: person.name }
      })
      if (!plan) throw new Error('an import was saved without a plan')
      const known = (await members.list('')).map(({ value }) => value)
      await linkAll(
        known.map(({ id, namesSeen }) => {
          const inGroups = namesSeen.filter(seenName => seenName.groupId !== undefined)
          return { id, aliases: inGroups.slice(-1).map(({ name }) => name) }
        }),
      )
      return plan
    },
  }
}
