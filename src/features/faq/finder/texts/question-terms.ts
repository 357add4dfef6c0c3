import { fold } from '../../../../text/fold.ts'
import { unitsOf } from '../../../../text/tokens.ts'
import type { QueryTerm } from '../index/inverted-index.ts'
import type { Vocabulary } from '../index/vocabulary.ts'

/** Words of asking stand in every question and tell little of what a text must say. */
const askingWords =
  /什么|怎么|怎样|如何|哪些|哪个|哪里|多少|是否|有没有|能不能|可不可以|可以|吗|呢|请问|为什么|几|谁|何时|何种|的|了|是|有|在/gu
/** Weight of asking words; measured over 0.25 to 1 on five sets of questions. */
const askingWeight = 0.4
/** Length that is read of a pasted article: its beginning asks. */
const mostCharacters = 400

/** Terms of a question: its units and pairs of them, each once with its weight, and the weight of unknown ones. */
export type QuestionTerms = { terms: QueryTerm[]; unknown: number }

/** Reads a question against the words that texts have. */
export function questionTerms(question: string, vocabulary: Vocabulary): QuestionTerms {
  const units = unitsOf(fold(question.slice(0, mostCharacters)))
  const isAsking = askingUnits(units)
  const weights = new Map<number, number>()
  let unknown = 0
  const add = (term: number, asks: boolean) => {
    const weight = asks ? askingWeight : 1
    if (term < 0) unknown += weight
    else weights.set(term, Math.max(weights.get(term) ?? 0, weight))
  }
  const codes = units.map(unit => vocabulary.unit(unit))
  const termOf = (first: number, second: number) => (first === 0 ? -1 : vocabulary.term(first, second))
  for (const [at, code] of codes.entries()) {
    const before = codes[at - 1]
    add(termOf(code, 0), isAsking[at] === true)
    if (before === undefined) continue
    const pair = code === 0 ? -1 : termOf(before, code)
    add(pair, isAsking[at] === true && isAsking[at - 1] === true)
  }
  return { terms: [...weights].map(([term, weight]) => ({ term, weight })), unknown }
}

/** For each unit whether it belongs to a word of asking. */
function askingUnits(units: readonly string[]): boolean[] {
  const owners = units.flatMap((unit, at) => Array.from({ length: unit.length }, () => at))
  const asking = new Set<number>()
  for (const { index, 0: word } of units.join('').matchAll(askingWords))
    for (let at = index; at < index + word.length; at += 1) asking.add(owners[at] ?? -1)
  return units.map((_, at) => asking.has(at))
}
