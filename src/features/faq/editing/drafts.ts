import { randomInt } from 'node:crypto'
import { Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Editor } from '../../../ports/knowledge-edits.ts'
import { draftKey, type EditRecords, type EntryDraft } from './changes/records.ts'
import type { Fields } from './forms.ts'

/** More than these nobody goes on with. */
const mostDrafts = 200
/** What a form may hold in all, in characters; an entry is far shorter. */
const longestForm = 60_000

export type Drafts = ReturnType<typeof createDrafts>

/** Entries that somebody is writing. Anybody who may edit can go on with one. */
export function createDrafts({ drafts }: Pick<EditRecords, 'drafts'>, clock: Clock) {
  async function list(): Promise<EntryDraft[]> {
    return (await drafts.list('drafts/')).map(({ value }) => value).sort((a, b) => b.at.localeCompare(a.at))
  }

  return {
    list,
    find: (id: string) => drafts.get(draftKey(id)),
    /** Keeps what the form holds, under this id or a new one. @returns the id */
    async save(fields: Fields, by: Editor, id = ''): Promise<string> {
      const length = Object.values(fields).reduce((sum, text) => sum + text.length, 0)
      if (length > longestForm) throw new Refusal('这一条太长了，请删短一些再存。')
      if (!(id && (await drafts.get(draftKey(id)))) && (await list()).length >= mostDrafts)
        throw new Refusal(`已经有 ${mostDrafts} 份草稿，请先写完或删掉一些。`)
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
    async remove(id: string): Promise<void> {
      await drafts.update(draftKey(id), () => undefined)
    },
  }
}
