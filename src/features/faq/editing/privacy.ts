import type { PersonalData } from '../../../ports/personal-data.ts'
import { withoutIdentifiers } from '../../../text/identifiers.ts'
import { createNameMask } from '../../../text/names/names.ts'
import { draftKey, type EditRecords, type EntryDraft } from './changes/records.ts'

const anonymousName = '（不记名）'

/** Personal data in drafts of entries: the author, and people named in answers that became drafts. */
export function draftPrivacy({ drafts }: Pick<EditRecords, 'drafts'>): PersonalData {
  const all = async () => (await drafts.list('drafts/')).map(({ value }) => value)

  return {
    async kept({ memberId, chatIds }) {
      const own = (await all()).filter(({ by }) => by.id === memberId || chatIds.includes(by.id))
      return own.length === 0 ? [] : [`你在写的知识草稿：${own.length} 份`]
    },
    async forget({ memberId, chatIds, names }) {
      const masked = createNameMask(names.map(name => ({ name, mask: anonymousName })))
      for (const draft of await all()) {
        const isTheirs = draft.by.id === memberId || chatIds.includes(draft.by.id)
        const by = isTheirs ? { id: 'nobody', name: anonymousName } : draft.by
        const bare = { ...draft, by, fields: withoutNames(draft.fields, masked) }
        if (JSON.stringify(bare) !== JSON.stringify(draft))
          await drafts.update(draftKey(draft.id), now => now && bare)
      }
    },
    // Drafts know people by the ids that they wrote from, which stay theirs.
    merge: async () => {},
  }
}

/** Fields that name no person stay as they are: an office's number belongs in an entry. */
function withoutNames(fields: EntryDraft['fields'], masked: (text: string) => string): EntryDraft['fields'] {
  return Object.fromEntries(
    Object.entries(fields).map(([field, text]) => {
      const bare = masked(text)
      return [field, bare === text ? text : withoutIdentifiers(bare)]
    }),
  )
}
