import { createFinder, type Findable, type Finder } from './finder/finder.ts'
import type { Knowledge } from './knowledge/knowledge.ts'
import type { Situations, Strangers } from './knowledge/situations.ts'
import type { Entry, Programme } from './records.ts'
import type { Threshold } from './verdicts/thresholds.ts'

/** Live entries at this moment. Ask anew each time: they change with every edit. */
export type LiveEntries = {
  /** A live entry; undefined for one that is unknown, a draft or withdrawn. */
  entry(id: string): Entry | undefined
  programme(id: string): Programme | undefined
  /** The figures of an entry against which a maker's own are put. */
  thresholds(id: string): readonly Threshold[]
}

/** The live entries of a base that does not change. */
export function liveEntriesOf({
  entries,
  programmes,
  thresholds,
}: Pick<Knowledge, 'entries' | 'programmes' | 'thresholds'>): LiveEntries {
  const entriesById = new Map(entries.map(entry => [entry.id, entry]))
  const programmesById = new Map(programmes.map(programme => [programme.id, programme]))
  return {
    entry: id => entriesById.get(id),
    programme: id => programmesById.get(id),
    thresholds: id => thresholds.get(id) ?? [],
  }
}

type FoundBy = Pick<Entry, 'id' | 'question' | 'otherQuestions' | 'short' | 'programme' | 'region'> & {
  details: readonly { text: string }[]
}

/** The finder's view of an entry and of makers' wordings for it. */
export function findableOf(entry: FoundBy, situations: Situations): Findable {
  return {
    id: entry.id,
    question: entry.question,
    otherQuestions: entry.otherQuestions,
    situations: situations.get(entry.id),
    answer: [entry.short, ...entry.details.map(detail => detail.text)].join('\n'),
    programme: entry.programme,
    region: entry.region === '国家' ? undefined : entry.region,
  }
}

/** Where the knowledge holds; what is asked of other cities is none of ours. */
export const ownDistrict = '台江'

/** Texts that no entry answers. */
export const textsOf = ({ topics, situations }: Strangers): string[] => [...topics, ...situations]

/** A finder over all that is live. */
export function finderOver({ entries, aliases, situations, strangers, makersWords }: Knowledge): Finder {
  const items = entries.map(entry => findableOf(entry, situations))
  return createFinder(items, { aliases, home: ownDistrict, strangers: textsOf(strangers), makersWords })
}
