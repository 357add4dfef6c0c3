import { setImmediate as othersTurn } from 'node:timers/promises'
import { type AliasBook, createFinder, type Findable, type Finder } from '../../finder/finder.ts'
import type { MakersWords } from '../../finder/query/makers-words.ts'
import type { KnowledgeFiles } from '../../knowledge/knowledge.ts'
import type { Situations, Strangers } from '../../knowledge/situations.ts'
import { findableOf, ownDistrict, textsOf } from '../../live-entries.ts'
import type { EntryRecord } from '../../records.ts'
import { type Base, baseOf } from '../changes/pieces.ts'

/** A finder that follows the base: the next question sees an edit, and all of a large import or nothing of it. */
export type LiveFinder = Pick<Finder, 'find' | 'size'> & { sync(base: Base): Promise<void> }

/** More changes than these are made to a new index, which then takes the old one's place. */
const mostInPlace = 100
/** Entries that are indexed before other work gets a turn. */
const atATime = 50

/** The words of makers: for programmes, for entries, and for topics that no entry covers. */
export type FinderWords = {
  aliases: AliasBook
  situations: Situations
  strangers: Strangers
  makersWords: MakersWords
}

/** A finder over the files as they stand, for an editor that is opened later; takes a second. */
export const indexKnowledge = (files: KnowledgeFiles): Promise<LiveFinder> =>
  createLiveFinder(baseOf(files.sources.map(({ value }) => value)), files)

/** Creates a finder over the base; `sync` calls must not overlap. */
export async function createLiveFinder(base: Base, words: FinderWords): Promise<LiveFinder> {
  let known = liveIn(base, words)
  let finder = await finderOf(base, words)

  async function sync(next: Base): Promise<void> {
    const wanted = liveIn(next, words)
    const gone = [...known.keys()].filter(id => !wanted.has(id))
    // An unchanged entry is the same object.
    const changed = [...wanted].filter(([id, { record }]) => known.get(id)?.record !== record)
    if (gone.length + changed.length > mostInPlace) finder = await finderOf(next, words)
    else {
      for (const id of gone) finder.remove(id)
      for (const [, { findable }] of changed) finder.put(findable())
    }
    known = wanted
  }

  return { find: (question, topic) => finder.find(question, topic), size: () => finder.size(), sync }
}

/** A finder over what is live in a base, built while others have their turn. */
export async function finderOf(base: Base, words: FinderWords): Promise<Finder> {
  const { aliases, strangers, makersWords } = words
  const finder = createFinder([], { aliases, home: ownDistrict, strangers: textsOf(strangers), makersWords })
  let count = 0
  for (const { findable } of liveIn(base, words).values()) {
    finder.put(findable())
    if (++count % atATime === 0) await othersTurn()
  }
  return finder
}

type Live = { record: EntryRecord; findable(): Findable }

function liveIn(base: Base, { situations }: FinderWords): Map<string, Live> {
  const live = new Map<string, Live>()
  for (const { programme, entries } of base.values())
    for (const record of entries)
      if (record.status === 'live')
        live.set(record.id, { record, findable: () => findableOf({ ...record, programme }, situations) })
  return live
}
