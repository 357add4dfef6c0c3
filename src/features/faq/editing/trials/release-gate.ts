import type { Meaning } from '../../model/meaning.ts'
import { createSearch, type SearchEntries } from '../../search.ts'
import type { Base } from '../changes/pieces.ts'
import type { GateResult } from '../changes/records.ts'
import { type FinderWords, finderOf } from './live-finder.ts'
import { compareRuns, type TrialQuestion, tryAll } from './trial.ts'

type Parts = {
  /** Searches the entries that are live now. */
  search: SearchEntries
  questions: readonly TrialQuestion[]
  words: FinderWords
  meaning: Meaning | undefined
}

/** Results for one state of the knowledge: of that state, and of the changes that wait for review, by number. */
type Results = { base: Base; before: ReturnType<typeof tryAll>; after: Map<number, Promise<GateResult>> }

/** Compares the answers to the shipped questions with and without a change; results are kept until the base changes. */
export function createReleaseGate({ search, questions, words, meaning }: Parts) {
  let results: Results | undefined

  async function compare(before: Results['before'], next: Base): Promise<GateResult> {
    const searchNext = createSearch(await finderOf(next, words), meaning)
    return compareRuns(await before, await tryAll(searchNext, questions))
  }

  /**
   * @param now the base as it is
   * @param next the base with the change of this number
   */
  return (number: number, { now, next }: { now: Base; next: Base }): Promise<GateResult> => {
    if (results?.base !== now) results = { base: now, before: tryAll(search, questions), after: new Map() }
    const { before, after } = results
    const found = after.get(number) ?? compare(before, next)
    after.set(number, found)
    return found
  }
}
