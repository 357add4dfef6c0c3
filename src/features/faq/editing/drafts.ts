import { randomInt } from 'node:crypto'
import { OutdatedFormRefusal, Refusal } from '../../../feature.ts'
import { versionOf } from '../../../lib/hash.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { Clock } from '../../../ports/clock.ts'
import { draftKey, type EditRecords, type EntryDraft } from './changes/records.ts'
import { fieldWords } from './changes/words.ts'
import type { Fields } from './forms.ts'

/** Drafts that are kept at most. */
const mostDrafts = 200
/** The longest form, in characters of all fields together. */
const longestForm = 60_000

/** A refusal quotes at most this number of characters of a field. */
const longestQuote = 60

/** A draft as a form showed it: its id, and its {@link draftVersion}; a version of '' stands for any. */
export type ShownDraft = { id: string; seen: string }

export type Drafts = ReturnType<typeof createEntryDrafts>

/** Drafts of entries; every editor may continue each of them. */
export function createEntryDrafts({ drafts }: Pick<EditRecords, 'drafts'>, clock: Clock) {
  async function list(): Promise<EntryDraft[]> {
    return (await drafts.list('drafts/')).map(({ value }) => value).sort((a, b) => b.at.localeCompare(a.at))
  }

  async function requireFreeDrafts(wanted: number): Promise<void> {
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
    /**
     * Keeps what the form holds, under this id or a new one.
     * @returns the id
     * @throws {@link OutdatedFormRefusal} where the draft is no longer as the form showed it
     */
    async save(
      fields: Fields,
      by: RecordedActor,
      { id, seen }: ShownDraft = { id: '', seen: '' },
    ): Promise<string> {
      const length = Object.values(fields).reduce((sum, text) => sum + text.length, 0)
      if (length > longestForm) throw new Refusal('这一条太长了，请删短一些再存。')
      if (!(id && (await drafts.get(draftKey(id))))) await requireFreeDrafts(1)
      const key = id || randomInt(2 ** 40).toString(36)
      const draft = {
        id: key,
        fields: { ...fields },
        by: { id: by.id, name: by.name },
        at: clock.now().toString(),
      }
      await drafts.update(draftKey(key), now => {
        requireSeen(now, { seen, fields }, 'save')
        return draft
      })
      return key
    },
    /** @throws {@link OutdatedFormRefusal} where the draft to be handed in is no longer as the form showed it */
    async requireShown({ id, seen }: ShownDraft, fields: Fields): Promise<void> {
      if (id) requireSeen(await drafts.get(draftKey(id)), { seen, fields }, 'submit')
    },
    /** Removes a draft whose fields were handed in; one that has changed since the form showed it stays. */
    async removeSubmitted({ id, seen }: ShownDraft, fields: Fields): Promise<void> {
      if (!id) return
      await drafts.update(draftKey(id), now => (now && isOutdated(now, { seen, fields }) ? now : undefined))
    },
    /** Adds to the fields of a draft, whatever they are by now. @returns whether there is such a draft */
    async add(id: string, fields: Fields, by: RecordedActor): Promise<boolean> {
      const at = clock.now().toString()
      const added = await drafts.update(
        draftKey(id),
        now => now && { ...now, fields: { ...now.fields, ...fields }, by: { id: by.id, name: by.name }, at },
      )
      return added !== undefined
    },
    /** Keeps several new drafts, or none where there is not room for all; what is there already stays as it is. */
    async saveAll(all: readonly { id: string; fields: Fields }[], by: RecordedActor): Promise<void> {
      await requireFreeDrafts(all.length)
      const at = clock.now().toString()
      for (const { id, fields } of all) {
        const draft = { id, fields: { ...fields }, by: { id: by.id, name: by.name }, at }
        await drafts.update(draftKey(id), now => now ?? draft)
      }
    },
    /** @throws {@link OutdatedFormRefusal} where a form that showed it is given, and the draft has changed since */
    async remove(id: string, form?: ShownForm): Promise<void> {
      await drafts.update(draftKey(id), now => {
        if (now && form) requireSeen(now, form, 'remove')
        return undefined
      })
    },
  }
}

/** Tells whether a draft has changed since a form showed it. */
export const draftVersion = ({ fields }: EntryDraft): string => versionOf(fields)

/** The fields that a form of a draft sends, and the version that it showed; '' stands for any. */
type ShownForm = { seen: string; fields: Fields }

/** The end of a refusal: what to do about a draft that is gone, and about one that a colleague changed. */
const endings = {
  save: {
    gone: '下面是你填的，还要的话再点一次，就另存一份。',
    changed: '下面是你填的，核对一下再存，就按你填的存。',
  },
  submit: {
    gone: '下面是你填的，还要的话再点一次，就按你填的交。',
    changed: '下面是你填的，核对一下再交，就按你填的交。',
  },
  remove: { gone: '', changed: '还要删就再点一次。' },
}

/** The form holds every field: kept unseen, it would take back what another editor has written. */
function requireSeen(now: EntryDraft | undefined, form: ShownForm, deed: keyof typeof endings): void {
  if (!isOutdated(now, form)) return
  const { gone, changed } = endings[deed]
  if (!now) throw new OutdatedFormRefusal(`这份草稿刚被交上去或者删掉了。${gone}`, '', 'draftSeen')
  const told = sayDiffering(differingFields(now, form.fields), now.fields)
  throw new OutdatedFormRefusal(
    `这份草稿刚被${now.by.name}改过。${told}${changed}`,
    draftVersion(now),
    'draftSeen',
  )
}

/** Whether a draft has changed since a form showed it, other than to what the form holds. */
function isOutdated(now: EntryDraft | undefined, { seen, fields }: ShownForm): boolean {
  if (seen === '') return false
  return !now || (draftVersion(now) !== seen && differingFields(now, fields).length > 0)
}

const differingFields = (now: EntryDraft, fields: Fields): string[] =>
  [...new Set([...Object.keys(now.fields), ...Object.keys(fields)])].filter(
    name => (now.fields[name] ?? '') !== (fields[name] ?? ''),
  )

function sayDiffering(names: readonly string[], now: Fields): string {
  const words = new Map<string, string>(Object.entries(fieldWords))
  const told = names.flatMap(name => {
    const word = words.get(name)
    const text = now[name]?.trim() ?? ''
    const quoted = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text
    return word ? [`「${word}」现在是${quoted === '' ? '空的' : `「${quoted}」`}`] : []
  })
  const isMore = told.length < names.length
  const parts = [...told, ...(isMore ? [told.length > 0 ? '别的几行也不一样' : '下面几行不一样'] : [])]
  return `和你填的不一样的：${parts.join('，')}。`
}
