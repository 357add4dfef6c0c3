import { Temporal } from 'temporal-polyfill'
import { contentMark, type PersonalData, type PersonIds } from '../../ports/personal-data.ts'
import { withoutIdentifiers } from '../../text/identifiers.ts'
import { createNameMask } from '../../text/names/names.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import { deletedTitle } from './catalogue/deleted-submission.ts'
import type { ItemRecords, KeptItem } from './catalogue/records.ts'
import { typedBy } from './catalogue/rules.ts'

const nobody = { id: 'nobody', name: '一位成员' }
const organizer = '一位组织者'

export type ItemPrivacy = PersonalData & {
  /** Forgets who sent in what was found before, and the words of what was not approved. */
  forgetBefore(at: Temporal.Instant): Promise<void>
}

/**
 * Personal data in items: the sender and the deciding organizer. A submission that was not approved is emptied;
 * an approved one stays, without a name.
 */
export function itemPrivacy(records: ItemRecords, catalogue: Catalogue): ItemPrivacy {
  async function changeAll(change: (item: KeptItem) => KeptItem): Promise<void> {
    for (const item of await records.all())
      if (change(item) !== item) await catalogue.change(item.number, change)
  }
  const submittedBy = ({ chatIds }: PersonIds) =>
    catalogue.kept(({ submitterId }) => chatIds.includes(submitterId ?? ''))

  return {
    async kept(person) {
      const own = await submittedBy(person)
      if (own.length === 0) return []
      return [
        `投稿 ${own.length} 条：${own.map(({ title }) => `「${title}」`).join('')}`,
        ...own.map(({ number, title, text }) => `${contentMark}${number} 号：${title}\n${text}`),
      ]
    },
    forget: person => changeAll(item => withoutPerson(item, person)),
    // Items know people by the chat ids that they wrote from, which stay theirs.
    merge: async () => {},
    forgetBefore: at =>
      changeAll(item =>
        item.submitter && Temporal.Instant.compare(item.foundAt, at) < 0 ? withoutSubmitter(item, []) : item,
      ),
  }
}

/** The same item where it does not name them. */
function withoutPerson(item: KeptItem, { memberId, chatIds, names }: PersonIds): KeptItem {
  const isTheirs = ({ id }: { id: string }) => id === memberId || chatIds.includes(id)
  const { submitter, history } = item
  const nameless = withoutOrganizer(item, names)
  const bare =
    submitter && isTheirs(submitter) ? withoutSubmitter(nameless, names) : withoutNames(nameless, names)
  if (!history.some(({ by }) => isTheirs(by))) return bare
  return { ...bare, history: history.map(entry => (isTheirs(entry.by) ? { ...entry, by: nobody } : entry)) }
}

/**
 * Without their name as that of the organizer who found it or put its days right; the
 * same item where it stands nowhere.
 */
function withoutOrganizer(item: KeptItem, names: readonly string[]): KeptItem {
  const typed = new Set(names.map(typedBy))
  const day = (found: KeptItem['deadline']) =>
    found && typed.has(found.sentence) ? { ...found, sentence: typedBy(organizer) } : found
  const isTheirs = (name: string | undefined) => name !== undefined && names.includes(name)
  const bare: KeptItem = {
    ...item,
    from: item.origin === 'organizer' && isTheirs(item.from) ? organizer : item.from,
    deadline: day(item.deadline),
    effectiveUntil: day(item.effectiveUntil),
    dates: item.dates.map(date => (isTheirs(date.correctedBy) ? { ...date, correctedBy: organizer } : date)),
  }
  return JSON.stringify(bare) === JSON.stringify(item) ? item : bare
}

/**
 * An item without the name of its sender; what was not approved is emptied.
 * @param names of the sender, as others may write them
 */
export function withoutSubmitter(item: KeptItem, names: readonly string[]): KeptItem {
  const { submitter, from } = item
  const bare = {
    ...item,
    from: from === submitter?.name ? nobody.name : from,
    submitter: undefined,
    history: item.history.map(entry => (entry.by.id === submitter?.id ? { ...entry, by: nobody } : entry)),
  }
  return item.state === 'approved' ? withNewWords(bare, withoutPeople(names)) : emptied(bare)
}

/** Other members' submissions name them no more; what offices published is left as it is. */
const withoutNames = (item: KeptItem, names: readonly string[]) =>
  item.origin === 'member'
    ? withNewWords(item, createNameMask(names.map(name => ({ name, mask: nobody.name }))))
    : item

function withoutPeople(names: readonly string[]): (text: string) => string {
  const masked = createNameMask(names.map(name => ({ name, mask: nobody.name })))
  return text => withoutIdentifiers(masked(text))
}

/** A new revision where a word changes, and the same item where none does. */
function withNewWords(item: KeptItem, change: (text: string) => string): KeptItem {
  const quoted = (found: KeptItem['deadline']) => found && { ...found, sentence: change(found.sentence) }
  const lines = item.lines && {
    what: change(item.lines.what),
    who: change(item.lines.who),
    when: change(item.lines.when),
  }
  const words = {
    title: change(item.title),
    text: change(item.text),
    summary: change(item.summary),
    lines,
    deadline: quoted(item.deadline),
    deadlineChoices: item.deadlineChoices.map(one => ({ ...one, sentence: change(one.sentence) })),
    dates: item.dates.map(one => ({ ...one, sentence: change(one.sentence) })),
    effectiveFrom: quoted(item.effectiveFrom),
    effectiveUntil: quoted(item.effectiveUntil),
  }
  const before = Object.fromEntries(Object.keys(words).map(key => [key, item[key as keyof KeptItem]]))
  if (JSON.stringify(words) === JSON.stringify(before)) return item
  return { ...item, ...words, revision: item.revision + 1 }
}

/** Nothing of it is left but its number and what was decided. */
const emptied = (item: KeptItem): KeptItem => ({
  ...item,
  state: item.state === 'new' ? 'dismissed' : item.state,
  title: deletedTitle,
  text: '',
  summary: '',
  sketch: '',
  doubts: [],
  amounts: [],
  alsoAt: [],
  lines: undefined,
  link: undefined,
  documentNumber: undefined,
  deadline: undefined,
  deadlineChoices: [],
  dates: [],
  effectiveFrom: undefined,
  effectiveUntil: undefined,
  resembles: undefined,
  revision: item.revision + 1,
})
