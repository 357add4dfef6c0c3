import { linkKey } from '../../../text/pages/links.ts'
import { sketchLikeness, unpackSketch } from '../../../text/sketches/sketch.ts'
import type { ItemDraft, ItemRecords, KeptItem } from './records.ts'
import { createRepeatIndex } from './repeat-index.ts'

/** The index entry of an item, so that lists and searches read only the records that they show. */
export type CatalogueEntry = Pick<
  KeptItem,
  | 'number'
  | 'state'
  | 'stream'
  | 'title'
  | 'documentNumber'
  | 'publishedOn'
  | 'foundAt'
  | 'origin'
  | 'programmeIds'
> & { deadline: string | undefined; approvedAt: string | undefined; submitterId: string | undefined }

/** The outcome for a draft: kept as a new item, or recognised as an existing one. */
export type Admitted = { item: KeptItem; isNew: boolean }

export type Catalogue = Awaited<ReturnType<typeof openCatalogue>>

/** All items: the records in the store, and in memory where each stands and what it is like. */
export async function openCatalogue(records: ItemRecords) {
  const entries = new Map<number, CatalogueEntry>()
  const repeatIndex = createRepeatIndex()
  let last = 0

  /** Whether every record is in memory; until then nothing is added, which may be one of the others. */
  let isWhole = false
  await complete().catch(async () => load(await records.all({ leavesOutUnreadable: true })))

  /** @throws where some items cannot be read */
  async function complete(): Promise<void> {
    if (isWhole) return
    load(await records.all())
    isWhole = true
  }

  function load(items: readonly KeptItem[]): void {
    for (const item of items) {
      if (entries.has(item.number)) continue
      repeatIndex.add(item.number, item)
      remember(item)
      last = Math.max(last, item.number)
    }
  }

  function remember(item: KeptItem) {
    entries.set(item.number, entryOf(item))
    for (const { link } of item.alsoAt) repeatIndex.addLink(item.number, link)
  }

  /** In memory at once, so that the next caller finds it; removed again where it cannot be kept. */
  async function keep(item: KeptItem): Promise<Admitted> {
    repeatIndex.add(item.number, item)
    remember(item)
    try {
      return { item: (await records.update(item.number, () => item)) ?? item, isNew: true }
    } catch (cause) {
      entries.delete(item.number)
      repeatIndex.forget(item.number)
      throw cause
    }
  }

  async function noteRepost(number: number, draft: ItemDraft): Promise<Admitted[]> {
    const item = await addPlace(number, draft)
    return item ? [{ item, isNew: false }] : []
  }

  async function addPlace(number: number, place: Pick<ItemDraft, 'from' | 'link'>) {
    const changed = await records.update(number, now => withPlace(now, place))
    if (changed) remember(changed)
    return changed
  }

  return {
    get: records.get,
    /** Every entry, oldest first. */
    entries: () => [...entries.values()],
    /** The whole items of these entries, oldest first. */
    async kept(isWanted: (entry: CatalogueEntry) => boolean): Promise<KeptItem[]> {
      const found = [...entries.values()].filter(isWanted)
      if (found.length === 0) return []
      const items = await Promise.all(found.map(({ number }) => records.get(number)))
      return items.filter(item => item !== undefined)
    },
    hasLink: repeatIndex.hasLink,
    /**
     * Keeps what is new, and notes on what there is already where else it was published. What is decided, is decided
     * before anything is waited for: two sources that bring one notice at the same time make one item.
     * @throws when something could not be kept; it will be found again
     */
    async admit(drafts: readonly ItemDraft[]): Promise<Admitted[]> {
      if (!isWhole) await complete()
      const kept = drafts.map(draft => {
        const { same, perhaps } = repeatIndex.earlierOf(draft)
        if (same !== undefined) return noteRepost(same, draft)
        return keep({ ...draft, number: ++last, revision: 1, resembles: perhaps }).then(one => [one])
      })
      const settled = await Promise.allSettled(kept)
      const failed = settled.find(({ status }) => status === 'rejected')
      if (failed?.status === 'rejected') throw failed.reason
      return settled.flatMap(one => (one.status === 'fulfilled' ? one.value : []))
    },
    /** Whether two items have texts that are alike, 0 to 1; undefined where one has none. */
    likeness(one: KeptItem, other: KeptItem): number | undefined {
      const [a, b] = [unpackSketch(one.sketch), unpackSketch(other.sketch)]
      return a && b && sketchLikeness(a, b)
    },
    /** @throws what `change` throws: nothing is changed then */
    async change(number: number, change: (now: KeptItem) => KeptItem): Promise<KeptItem | undefined> {
      if (!entries.has(number)) return undefined
      const changed = await records.update(number, now => now && change(now))
      if (changed) {
        remember(changed)
        repeatIndex.rename(number, changed)
      }
      return changed
    },
  }
}

/** Notes where else an item was published; the same place is noted once. */
function withPlace(
  now: KeptItem | undefined,
  { from, link }: Pick<ItemDraft, 'from' | 'link'>,
): KeptItem | undefined {
  if (!now || !link) return now
  const known = [now, ...now.alsoAt].flatMap(place => (place.link ? [linkKey(place.link)] : []))
  return known.includes(linkKey(link)) ? now : { ...now, alsoAt: [...now.alsoAt, { from, link }] }
}

function entryOf(item: KeptItem): CatalogueEntry {
  const { number, state, stream, title, documentNumber, publishedOn, foundAt, origin, programmeIds } = item
  return {
    ...{ number, state, stream, title, documentNumber, publishedOn, foundAt, origin, programmeIds },
    deadline: item.deadline?.value,
    approvedAt: item.approvedAt,
    submitterId: item.submitter?.id,
  }
}
