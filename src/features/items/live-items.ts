import { stat } from 'node:fs/promises'
import { Temporal } from 'temporal-polyfill'
import type { Item, Items, QuotedValue } from '../../ports/items.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import { readersOf } from './catalogue/readers.ts'
import type { KeptItem } from './catalogue/records.ts'
import { itemOfSeed } from './seed.ts'
import { readSeed } from './seed-file.ts'

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
    // Items of the hand-checked file name no programme.
    async onProgramme(programmeId) {
      const own = await catalogue.kept(
        ({ state, programmeIds }) => state === 'approved' && programmeIds.includes(programmeId),
      )
      return own.map(itemOf)
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

/** A file system may give the same time to two edits that are closer than this. */
const sameTimeMs = 1000

/**
 * The items of the file as it stands at each call. It is read and parsed only where its stamp changed or is younger
 * than {@link sameTimeMs}: pages ask for the items at each visit, and parsing takes longer than all else.
 */
function seedItemsIn(file: string): () => Promise<readonly Item[]> {
  let parsed: { stamp: string; items: readonly Item[] } | undefined
  return async () => {
    const stamp = await stampOf(file)
    if (stamp !== undefined && stamp === parsed?.stamp) return parsed.items
    const items = (await readSeed(file)).map(itemOfSeed)
    parsed = stamp === undefined ? undefined : { stamp, items }
    return items
  }
}

/** Changes with every edit; undefined where the last edit is too young to tell, or the file cannot be read. */
async function stampOf(file: string): Promise<string | undefined> {
  const found = await stat(file, { bigint: true }).catch(() => undefined)
  if (!found || Date.now() - Number(found.mtimeMs) < sameTimeMs) return undefined
  return `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`
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
    unconfirmedDays: unconfirmedDaysOf(kept),
    isSetLocally: kept.isSetLocally,
    effectiveFrom: findingOf(kept.effectiveFrom),
    effectiveUntil: findingOf(kept.effectiveUntil),
    programmeIds: kept.programmeIds,
    topics: kept.topics,
    text: kept.text,
    lines: kept.lines,
    state: kept.state === 'approved' ? 'approved' : 'withdrawn',
    approvedAt: Temporal.Instant.from(kept.approvedAt ?? kept.foundAt),
    readers: readersOf(kept),
  }
}

/**
 * While no person has chosen the deadline, every day from publication on may be taken for it, such as that for papers;
 * only a day whose role a person has set may be told.
 */
function unconfirmedDaysOf({ deadlineChoices, dates, publishedOn }: KeptItem): Temporal.PlainDate[] {
  if (deadlineChoices.length === 0) return []
  const open = dates.filter(({ value, correctedBy }) => value >= publishedOn && correctedBy === undefined)
  const values = new Set([...deadlineChoices, ...open].map(({ value }) => value))
  return [...values].map(value => Temporal.PlainDate.from(value))
}

function findingOf(found: KeptItem['deadline']): QuotedValue<Temporal.PlainDate> | undefined {
  return found && { value: Temporal.PlainDate.from(found.value), sentence: found.sentence }
}
