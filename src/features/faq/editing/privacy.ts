import { doerNamesOf, erasedName, forgetDoers } from '../../../lib/doer-names.ts'
import { sha256 } from '../../../lib/hash.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { PersonalData, PersonIds } from '../../../ports/personal-data.ts'
import { withoutIdentifiers } from '../../../text/identifiers.ts'
import { createNameMask } from '../../../text/names/names.ts'
import { type Change, draftKey, type EntryDraft } from './changes/records.ts'
import type { KnowledgeEditor } from './knowledge-editor.ts'

/**
 * Personal data in drafts of entries: the author, and people named in answers that became drafts. In changes: their
 * author, those who agreed and decided, and people named in the notes. Pseudonyms keep author and approver apart. In
 * tests of the base: who ran them.
 */
export function editPrivacy({
  records: { drafts, runs },
  changes,
  rewrite,
}: Pick<KnowledgeEditor, 'records' | 'changes' | 'rewrite'>): PersonalData {
  const all = async () => (await drafts.list('drafts/')).map(({ value }) => value)

  return {
    async kept(person) {
      const own = (await all()).filter(({ by }) => isTheirs(by, person))
      const acted = changes.list().filter(change => actorsOf(change).some(one => isTheirs(one, person)))
      return [
        ...(own.length > 0 ? [`你在写的知识草稿：${own.length} 份`] : []),
        ...(acted.length > 0 ? [`写过、审过的知识改动：${acted.length} 处`] : []),
      ]
    },
    async forget(person, alias) {
      const masked = createNameMask(person.names.map(name => ({ name, mask: erasedName })))
      await rewrite(change => withoutPerson(change, person, { alias, masked }))
      for (const draft of await all()) {
        const by = isTheirs(draft.by, person) ? { id: 'nobody', name: erasedName } : draft.by
        const bare = { ...draft, by, fields: withoutNames(draft.fields, masked) }
        if (JSON.stringify(bare) !== JSON.stringify(draft))
          await drafts.update(draftKey(draft.id), now => now && bare)
      }
      await forgetDoers(runs, doerNamesOf(person))
    },
    // Drafts and changes know people by the ids that they wrote from, which stay theirs.
    merge: async () => {},
  }
}

const isTheirs = ({ id }: RecordedActor, { memberId, chatIds }: PersonIds) =>
  id === memberId || chatIds.includes(id)

const actorsOf = ({ by, agreed = [], decided }: Change): RecordedActor[] => [
  by,
  ...agreed.map(one => one.by),
  ...(decided ? [decided.by] : []),
]

/** The change itself where nothing in it is theirs. */
function withoutPerson(
  change: Change,
  person: PersonIds,
  { alias, masked }: { alias: string; masked: (text: string) => string },
): Change {
  const { by, note, agreed, decided } = change
  const nobody = { id: `nobody-${sha256(`${alias} ${change.number}`).slice(0, 12)}`, name: erasedName }
  const named = (actor: RecordedActor) => (isTheirs(actor, person) ? nobody : actor)
  const bare: Change = {
    ...change,
    by: named(by),
    note: masked(note),
    ...(agreed && { agreed: agreed.map(one => ({ ...one, by: named(one.by) })) }),
    ...(decided && { decided: { ...decided, by: named(decided.by), note: masked(decided.note) } }),
  }
  return JSON.stringify(bare) === JSON.stringify(change) ? change : bare
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
