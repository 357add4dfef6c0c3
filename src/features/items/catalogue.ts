import { linkKey } from '../../text/links.ts'
import { sketchLikeness, unpackSketch } from '../../text/sketch.ts'
import { createNearness } from './nearness.ts'
import type { ItemRecords, KeptItem } from './records.ts'

/** What is remembered of every item, so that lists and searches read only the records that they show. */
export type Entry = Pick<
  KeptItem,
  'number' | 'state' | 'stream' | 'title' | 'documentNumber' | 'publishedOn' | 'foundAt' | 'origin'
> & { deadline: string | undefined; approvedAt: string | undefined; submitterId: string | undefined }

export type Draft = Omit<KeptItem, 'number' | 'revision'>
/** What became of a draft: kept as a new item, or found to be one that there is already. */
export type Admitted = { item: KeptItem; isNew: boolean }

export type Catalogue = Awaited<ReturnType<typeof openCatalogue>>

/** All items: the records in the store, and in memory where each stands and what it is like. */
export async function openCatalogue(records: ItemRecords) {
  const entries = new Map<number, Entry>()
  const near = createNearness()
  let admitting: Promise<unknown> = Promise.resolve()

  for await (const hundred of records.hundreds()) {
    for (const item of hundred) {
      near.add(item.number, item)
      remember(item)
    }
  }

  function remember(item: KeptItem) {
    entries.set(item.number, entryOf(item))
    for (const { link } of item.alsoAt) near.addLink(item.number, link)
  }

  async function admitAll(drafts: readonly Draft[]): Promise<Admitted[]> {
    const admitted: Admitted[] = []
    const fresh: KeptItem[] = []
    const first = await records.take(drafts.length)
    for (const [i, draft] of drafts.entries()) {
      const { same, perhaps } = near.earlierOf(draft)
      if (same !== undefined) {
        const own = fresh.findIndex(({ number }) => number === same)
        const item = own < 0 ? await addPlace(same, draft) : withPlace(fresh[own], draft)
        if (item && own >= 0) fresh[own] = item
        if (item) admitted.push({ item, isNew: false })
        continue
      }
      const item: KeptItem = { ...draft, number: first + i, revision: 1, resembles: perhaps }
      near.add(item.number, item)
      remember(item)
      fresh.push(item)
      admitted.push({ item, isNew: true })
    }
    const kept = await Promise.allSettled(fresh.map(item => records.update(item.number, () => item)))
    const failed = kept.find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') {
      for (const { number } of fresh) {
        entries.delete(number)
        near.forget(number)
      }
      throw failed.reason
    }
    return admitted
  }

  async function addPlace(number: number, place: Pick<Draft, 'from' | 'link'>) {
    const changed = await records.update(number, now => withPlace(now, place))
    if (changed) remember(changed)
    return changed
  }

  return {
    get: records.get,
    /** Every entry, oldest first. */
    entries: () => [...entries.values()],
    /** The whole items of these entries, oldest first. */
    async kept(isWanted: (entry: Entry) => boolean): Promise<KeptItem[]> {
      const found = [...entries.values()].filter(isWanted)
      const items = await Promise.all(found.map(({ number }) => records.get(number)))
      return items.filter(item => item !== undefined)
    },
    hasLink: near.hasLink,
    /**
     * Keeps what is new, and notes on what there is already where else it was published. One call at a time, so that
     * two sources that bring one notice make one item.
     */
    admit(drafts: readonly Draft[]): Promise<Admitted[]> {
      const run = () => (drafts.length === 0 ? Promise.resolve([]) : admitAll(drafts))
      const result = admitting.then(run, run)
      admitting = result
      return result
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
        near.rename(number, changed)
      }
      return changed
    },
  }
}

/** Notes where else an item was published; the same place is noted once. */
function withPlace(
  now: KeptItem | undefined,
  { from, link }: Pick<Draft, 'from' | 'link'>,
): KeptItem | undefined {
  if (!now || !link) return now
  const known = [now, ...now.alsoAt].flatMap(place => (place.link ? [linkKey(place.link)] : []))
  return known.includes(linkKey(link)) ? now : { ...now, alsoAt: [...now.alsoAt, { from, link }] }
}

function entryOf(item: KeptItem): Entry {
  const { number, state, stream, title, documentNumber, publishedOn, foundAt, origin } = item
  return {
    ...{ number, state, stream, title, documentNumber, publishedOn, foundAt, origin },
    deadline: item.deadline?.value,
    approvedAt: item.approvedAt,
    submitterId: item.submitter?.id,
  }
}
