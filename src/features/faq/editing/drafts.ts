import { randomInt } from 'node:crypto'
import { Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Editor } from '../../../ports/knowledge-edits.ts'
import { draftKey, type EditRecords, type EntryDraft } from './changes/records.ts'
import type { Fields } from './forms.ts'

/** Drafts that are kept at most. */
const mostDrafts = 200
/** The longest form, in characters of all fields together. */
const longestForm = 60_000

export type Drafts = ReturnType<typeof createDrafts>

/** Drafts of entries; every editor may continue each of them. */
export function createDrafts({ drafts }: Pick<EditRecords, 'drafts'>, clock: Clock) {
  async function list(): Promise<EntryDraft[]> {
    return (await drafts.list('drafts/')).map(({ value }) => value).sort((a, b) => b.at.localeCompare(a.at))
  }

  async function requireRoom(wanted: number): Promise<void> {
    const left = mostDrafts - (await list()).length
    if (wanted <= left) return
    throw new Refusal(
      left <= 0
        ? `已经有 ${mostDrafts} 份草稿，请先写完或删掉一些。`
        : `草稿最多 ${mostDrafts} 份，现在还放得下 ${left} 份，这里有 ${wanted} 份。请把表分成几份导入。`,
    )
  }

  return {
    list,
    find: (id: string) => drafts.get(draftKey(id)),
    /** Keeps what the form holds, under this id or a new one. @returns the id */
    async save(fields: Fields, by: Editor, id = ''): Promise<string> {
      const length = Object.values(fields).reduce((sum, text) => sum + text.length, 0)
      if (length > longestForm) throw new Refusal('这一条太长了，请删短一些再存。')
      if (!(id && (await drafts.get(draftKey(id))))) await requireRoom(1)
      const key = id || randomInt(2 ** 40).toString(36)
      const draft = {
        id: key,
        fields: { ...fields },
        by: { id: by.id, name: by.name },
        at: clock.now().toString(),
      }
      await drafts.update(draftKey(key), () => draft)
      return key
    },
    /** Keeps several new drafts, or none where there is not room for all; what is there already stays as it is. */
    async saveAll(all: readonly { id: string; fields: Fields }[], by: Editor): Promise<void> {
      await requireRoom(all.length)
      const at = clock.now().toString()
      for (const { id, fields } of all) {
        const draft = { id, fields: { ...fields }, by: { id: by.id, name: by.name }, at }
        await drafts.update(draftKey(id), now => now ?? draft)
      }
    },
    async remove(id: string): Promise<void> {
      await drafts.update(draftKey(id), () => undefined)
    },
  }
}
