import { weights } from '#finder-weights'
import { askingWordsIn } from '../../../../text/intents.ts'
import type { Findable } from '../library/library.ts'
import type { HeardQuery } from '../query/query.ts'
import { nearAsking, saidBy } from './said.ts'

/** Terms by what they weigh for a question's being one that some entry answers, in log odds; commas between them. */
export type FamiliarityWeights = Readonly<Record<string, string>>

/** The weight of a term in log odds; 0 for one that is not known. */
export type TermWeights = (term: string) => number

/** A unit or two, and the number of the unit at which it ends. */
type Term = { text: string; at: number; isPair: boolean }

/** Log odds beyond these tell no more. */
const most = 8
const cappedOdds = (odds: number) => Math.max(-1, Math.min(1, odds / most))

/**
 * How much the words of a question beside the names in it are like what is asked of entries, and not like what none
 * answers: 「找哪家代理好」 of 「高企找哪家代理好」. Words that the entry itself has are counted apart.
 */
export function familiaritySignals(
  { units, mentions, isInAskingClause }: HeardQuery,
  item: Findable,
  weightOf: TermWeights,
) {
  const isBeside = (at: number) =>
    isInAskingClause[at] === true && !mentions.some(({ from, to }) => at >= from && at < to)
  const said = saidBy(item)
  const isNear = nearAsking(askingWordsIn(units))
  const isSaid = (at: number) => at > 0 && said.includes(`${units[at - 1]}${units[at]}`)
  const terms = termsOf(units, isBeside).map(term => ({
    weight: weightOf(term.text),
    isAsked: isNear[term.at] === true,
    isOwn: isTermSaid(term, isSaid),
  }))
  const sumOf = (holds: (term: (typeof terms)[number]) => boolean) =>
    cappedOdds(terms.reduce((sum, term) => (holds(term) ? sum + term.weight : sum), 0))
  return {
    familiar: sumOf(({ weight }) => weight > 0),
    strange: sumOf(({ weight, isOwn }) => weight < 0 && !isOwn),
    askedStrange: sumOf(({ weight, isOwn, isAsked }) => weight < 0 && !isOwn && isAsked),
    askedFamiliar: sumOf(({ weight, isAsked }) => weight > 0 && isAsked),
    strangeButSaid: sumOf(({ weight, isOwn }) => weight < 0 && isOwn),
    strangest: cappedOdds(Math.min(0, ...terms.map(({ weight }) => weight))),
    unknownTerms: terms.filter(({ weight }) => weight === 0).length / Math.max(1, terms.length),
  }
}

const isTermSaid = ({ at, isPair }: Term, isSaid: (at: number) => boolean) =>
  isSaid(at) || (!isPair && isSaid(at + 1))

/** Units of a text and pairs of them, once each; figures are all one. */
export function termsOf(units: readonly string[], isTaken: (at: number) => boolean): Term[] {
  const words = units.map((unit, at) => (isTaken(at) ? unit.replace(/^\d.*/u, '0') : undefined))
  const terms = words.flatMap((word, at): Term[] => {
    const before = words[at - 1]
    if (word === undefined) return []
    const one: Term = { text: word, at, isPair: false }
    return before === undefined ? [one] : [one, { text: `${before} ${word}`, at, isPair: true }]
  })
  return [...new Map(terms.map(term => [term.text, term])).values()]
}

/** The weights of a table, looked up by term. */
export function termWeightsOf(table: FamiliarityWeights): TermWeights {
  const known = new Map(
    Object.entries(table).flatMap(([weight, terms]) => terms.split(',').map(each => [each, Number(weight)])),
  )
  return term => known.get(term) ?? 0
}

let learnt: TermWeights | undefined

/** The weights that were learnt; read at the first question, since a browser has them only then. */
export const learntTermWeights: TermWeights = term => {
  learnt ??= termWeightsOf(weights.familiarity)
  return learnt(term)
}
