import { parseClauses } from './clauses.ts'
import { commitmentFaults } from './commitments.ts'
import { contraryFaults, exceptionFaults, unknownFaults } from './contraries.ts'
import { crossingFaults } from './crossings.ts'
import { figureFaults } from './figures.ts'
import { frameFaults } from './frames.ts'
import { negationFaults } from './negations.ts'
import { subjectFaults } from './subjects.ts'
import { type NormalizedNames, wordFaults } from './words.ts'

/** An entry as it is said to makers, with its standard question. */
export type GuardSource = { question: string; text: string }

type Claim = {
  /** Text to be sent, frames included. */
  said: string
  /** The entries that it is said to rest on; at least one. */
  cited: readonly GuardSource[]
  /** Clauses of documents that the entries rest on: what they say is borne out too. Default: none. */
  passages?: readonly GuardSource[]
  /** The maker's question: its words may be repeated, its figures may not. */
  question: string
  /** Every name of every programme that we know. */
  names: NormalizedNames
}

/**
 * Everything in a text that the entries it rests on do not bear out: figures, dates, documents, links, names,
 * a dropped or added 不, a limit turned, an end date or a reservation left out, statements out of nowhere.
 * The check goes by form alone and errs towards finding fault, since the entry's own words can always be told instead.
 * @returns reasons in English for the log; empty when nothing was found
 */
export function faultsOf({ said, cited, passages = [], question, names }: Claim): string[] {
  const mine = parseClauses(said)
  const sources = [...cited, ...passages]
  const source = parseClauses(sources.map(({ text }) => text).join('\n'))
  const withQuestions = parseClauses(sources.map(entry => `${entry.question}\n${entry.text}`).join('\n'))
  return [
    ...figureFaults(mine, source),
    ...negationFaults(mine, source),
    ...subjectFaults(mine, source),
    ...contraryFaults(mine, source),
    ...exceptionFaults(mine, source),
    ...crossingFaults(mine, source),
    ...unknownFaults(mine, source),
    ...commitmentFaults(mine, withQuestions),
    ...frameFaults(
      said,
      cited.map(({ text }) => text),
    ),
    ...wordFaults({ said: mine, source: withQuestions, question, names }),
  ]
}
