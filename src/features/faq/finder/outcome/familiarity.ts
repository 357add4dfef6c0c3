import { weights } from '#finder-weights'
import { fold } from '../../../../text/fold.ts'
import type { Findable } from '../library/library.ts'
import type { HeardQuery } from '../query/query.ts'

/** Terms by what they weigh for a question's being one that some entry answers, in log odds; commas between them. */
export type FamiliarityWeights = Readonly<Record<string, string>>

/** A unit or two, and the number of the unit at which it ends. */
type Term = { text: string; at: number; isPair: boolean }

/**
 * How much the words of a question beside the names in it are like what is asked of entries, and not like what none
 * answers: 「找哪家代理好」 of 「高企找哪家代理好」. Log odds; 0 where nothing is known of its words. An entry's own words
 * never speak against it; a question in its words alone is wholly familiar.
 */
export function familiarityOf({ units, mentions, isAsked }: HeardQuery, item: Findable): number {
  const isBeside = (at: number) =>
    isAsked[at] === true && !mentions.some(({ from, to }) => at >= from && at < to)
  const said = saidBy(item)
  const isSaid = (at: number) => at > 0 && said.includes(`${units[at - 1]}${units[at]}`)
  const terms = termsOf(units, isBeside).map(term => ({
    weight: weightOf(term.text),
    isOwn: isTermSaid(term, isSaid),
  }))
  if (terms.length > 0 && terms.every(({ isOwn }) => isOwn)) return Number.POSITIVE_INFINITY
  return terms.reduce((sum, { weight, isOwn }) => (weight < 0 && isOwn ? sum : sum + weight), 0)
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

let known: ReadonlyMap<string, number> | undefined

function weightOf(term: string): number {
  const groups: FamiliarityWeights = weights.familiarity
  known ??= new Map(
    Object.entries(groups).flatMap(([weight, terms]) => terms.split(',').map(each => [each, Number(weight)])),
  )
  return known.get(term) ?? 0
}

const texts = new WeakMap<Findable, string>()

/** All wordings of an entry, folded; read once. */
function saidBy(item: Findable): string {
  const before = texts.get(item)
  if (before !== undefined) return before
  const said = fold([item.question, ...item.otherQuestions, ...(item.situations ?? [])].join('\n'))
  texts.set(item, said)
  return said
}
