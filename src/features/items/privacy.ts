import type { PersonalData, Somebody } from '../../ports/personal-data.ts'
import type { Catalogue } from './catalogue.ts'
import type { ItemRecords, KeptItem } from './records.ts'

const nobody = { id: 'nobody', name: '一位成员' }

/** What items keep about people: who sent one in, and who decided on it. What was told stays, under no name. */
export function itemPrivacy(records: ItemRecords, catalogue: Catalogue): PersonalData {
  async function changeAll(change: (item: KeptItem) => KeptItem): Promise<void> {
    for (const item of await records.all())
      if (change(item) !== item) await catalogue.change(item.number, change)
  }

  return {
    async kept({ chatIds }) {
      const own = await catalogue.kept(({ submitterId }) => chatIds.includes(submitterId ?? ''))
      return own.length === 0
        ? []
        : [`投稿 ${own.length} 条：${own.map(({ title }) => `「${title}」`).join('')}`]
    },
    forget: somebody => changeAll(item => withoutPerson(item, somebody)),
    // Items know people by the chat ids that they wrote from, which stay theirs.
    merge: async () => {},
  }
}

/** The same item where it names nobody of theirs. */
function withoutPerson(item: KeptItem, { memberId, chatIds }: Somebody): KeptItem {
  const isTheirs = ({ id }: { id: string }) => id === memberId || chatIds.includes(id)
  const { submitter, history } = item
  const sentIn = submitter !== undefined && isTheirs(submitter)
  if (!sentIn && !history.some(({ by }) => isTheirs(by))) return item
  return {
    ...item,
    from: sentIn && item.from === submitter.name ? nobody.name : item.from,
    submitter: sentIn ? undefined : submitter,
    history: history.map(entry => (isTheirs(entry.by) ? { ...entry, by: nobody } : entry)),
  }
}
