import { Temporal } from 'temporal-polyfill'
import type { Item, Items, QuotedValue } from '../../ports/items.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import type { KeptItem } from './catalogue/records.ts'
import { itemOfSeed } from './seed.ts'
import { parseSeed, readSeedSource } from './seed-file.ts'

/**
 * Items that may be told: those of the hand-checked file and those that organizers approved.
 * Each call tells what the file holds at that moment and throws a Refusal where it is broken: nothing is told in part.
 */
export function createLiveItems({ catalogue, seedFile }: { catalogue: Catalogue; seedFile: string }): Items {
  const seeds = seedItemsIn(seedFile)

  return {
    async approvedBetween(stream, from, to) {
      const isWithin = (at: Temporal.Instant) =>
        Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, to) <= 0
      const own = await catalogue.kept(
        entry =>
          entry.state === 'approved' &&
          entry.stream === stream &&
          entry.approvedAt !== undefined &&
          isWithin(Temporal.Instant.from(entry.approvedAt)),
      )
      return [...(await seeds()), ...own.map(itemOf)]
        .filter(item => item.stream === stream && isWithin(item.approvedAt))
        .sort((a, b) => Temporal.Instant.compare(a.approvedAt, b.approvedAt))
    },
    async get(id) {
      if (!/^\d+$/.test(id)) return (await seeds()).find(item => item.id === id)
      const kept = await catalogue.get(Number(id))
      return kept && (kept.state === 'approved' || kept.state === 'withdrawn') ? itemOf(kept) : undefined
    },
    async withDeadline(from, to) {
      const own = await catalogue.kept(
        ({ state, deadline }) =>
          state === 'approved' &&
          deadline !== undefined &&
          deadline >= from.toString() &&
          deadline <= to.toString(),
      )
      return own.map(itemOf)
    },
  }
}

/**
 * Reads the file at each call, so that an edit counts at once, and parses it only where its text changed: every answer
 * asks for the items, and parsing takes several times as long as the rest of an answer.
 */
function seedItemsIn(file: string): () => Promise<readonly Item[]> {
  let parsed: { source: string; items: readonly Item[] } | undefined
  return async () => {
    const source = await readSeedSource(file)
    if (parsed?.source !== source) parsed = { source, items: parseSeed(source, file).map(itemOfSeed) }
    return parsed.items
  }
}

/** As those who compose see it. */
function itemOf(kept: KeptItem): Item {
  return {
    id: String(kept.number),
    revision: kept.revision,
    stream: kept.stream,
    title: kept.title,
    link: kept.link,
    from: kept.from,
    documentNumber: kept.documentNumber,
    publishedOn: Temporal.PlainDate.from(kept.publishedOn),
    deadline: findingOf(kept.deadline),
    unconfirmedDays: kept.deadlineChoices.map(({ value }) => Temporal.PlainDate.from(value)),
    isSetLocally: kept.isSetLocally,
    effectiveFrom: findingOf(kept.effectiveFrom),
    effectiveUntil: findingOf(kept.effectiveUntil),
    programmeIds: kept.programmeIds,
    topics: kept.topics,
    text: kept.text,
    lines: kept.lines,
    state: kept.state === 'approved' ? 'approved' : 'withdrawn',
    approvedAt: Temporal.Instant.from(kept.approvedAt ?? kept.foundAt),
  }
}

function findingOf(found: KeptItem['deadline']): QuotedValue<Temporal.PlainDate> | undefined {
  return found && { value: Temporal.PlainDate.from(found.value), sentence: found.sentence }
}
