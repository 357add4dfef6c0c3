import type { ItemRecords, KeptItem } from './records.ts'

/** What is remembered of every item, so that lists and searches read only the records that they show. */
export type Entry = Pick<
  KeptItem,
  'number' | 'state' | 'stream' | 'title' | 'link' | 'documentNumber' | 'publishedOn' | 'foundAt' | 'origin'
> & { deadline: string | undefined; approvedAt: string | undefined; sourceId: string | undefined }

export type Draft = Omit<KeptItem, 'number' | 'revision'>

export type Catalogue = Awaited<ReturnType<typeof openCatalogue>>

/** All items: the records in the store, and in memory where each stands. */
export async function openCatalogue(records: ItemRecords) {
  const entries = new Map<number, Entry>()
  for await (const hundred of records.hundreds()) for (const item of hundred) remember(item)

  function remember(item: KeptItem) {
    entries.set(item.number, entryOf(item))
  }

  return {
    get: records.get,
    /** Every entry, oldest first. */
    entries: () => [...entries.values()],
    /** The whole items of these entries, oldest first. */
    async kept(isWanted: (entry: Entry) => boolean): Promise<KeptItem[]> {
      const found = [...entries.values()].filter(isWanted)
      return (await Promise.all(found.map(({ number }) => records.get(number)))).filter(
        item => item !== undefined,
      )
    },
    /** Keeps new items, and gives them their numbers. */
    async add(drafts: readonly Draft[]): Promise<KeptItem[]> {
      if (drafts.length === 0) return []
      const first = await records.take(drafts.length)
      const items = drafts.map((draft, i): KeptItem => ({ ...draft, number: first + i, revision: 1 }))
      await Promise.all(items.map(item => records.update(item.number, () => item)))
      for (const item of items) remember(item)
      return items
    },
    /** @throws what `change` throws: nothing is changed then */
    async change(number: number, change: (now: KeptItem) => KeptItem): Promise<KeptItem | undefined> {
      if (!entries.has(number)) return undefined
      const changed = await records.update(number, now => now && change(now))
      if (changed) remember(changed)
      return changed
    },
  }
}

function entryOf(item: KeptItem): Entry {
  const { number, state, stream, title, link, documentNumber, publishedOn, foundAt, origin } = item
  return {
    ...{ number, state, stream, title, link, documentNumber, publishedOn, foundAt, origin },
    deadline: item.deadline?.value,
    approvedAt: item.approvedAt,
    sourceId: item.sourceId,
  }
}
