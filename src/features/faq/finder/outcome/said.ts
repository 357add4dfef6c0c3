import { askingWordsIn } from '../../../../text/intents.ts'
import { type EntryTexts, entryTextsOf } from '../library/entry-texts.ts'
import type { Findable } from '../library/library.ts'
import type { HeardQuery } from '../query/query.ts'

/** All wordings of an entry and its answer, folded. */
export const saidBy = (item: Findable): string => entryTextsOf(item).said

/** Pairs, and units, beyond these tell no more. */
const mostPairs = 5
/** A pair that the wordings have this often is usual there. */
const usualTimes = 4
/** Weight of rarely said pairs beyond which they tell no more. */
const mostRare = 3

/** Two neighbouring units of the asking clause, beside names; those that only ask weigh nothing. */
type Pair = {
  /** How telling it is, 0 to 1. */
  weight: number
  /** The entry never says it. */
  isUnsaid: boolean
  /** Only situations of the entry say it. */
  isOfSituations: boolean
  /** How usual it is in the wordings of the entry, 0 to 1. */
  usual: number
  isNearAsking: boolean
}

/**
 * How much the asking clause says beside names and asking words that the entry never does: 「代理」 of
 * 「高企找哪家代理」. A story around it may say what it likes.
 */
export function unsaidSignals(query: HeardQuery, item: Findable) {
  const { units, mentions, isInAskingClause } = query
  const isNamed = (at: number) => mentions.some(({ from, to }) => at >= from && at < to)
  const isBeside = (at: number) => isInAskingClause[at] === true && !isNamed(at)
  const pairs = pairsOf(query, isBeside, entryTextsOf(item))
  const sumOf = (weightOf: (pair: Pair) => number) => pairs.reduce((sum, pair) => sum + weightOf(pair), 0)
  const all = sumOf(({ weight }) => weight)
  const rare = sumOf(({ weight, usual }) => (weight > 0 ? weight * (1 - usual) : 0))
  const unsaid = pairs.filter(({ isUnsaid }) => isUnsaid)
  const ofSituations = pairs.filter(pair => pair.isOfSituations)
  const asked = pairs.filter(({ isNearAsking }) => isNearAsking)
  return {
    unsaidShare: shareOf(unsaid, all),
    ofSituationsShare: shareOf(ofSituations, all),
    askedUnsaidShare: shareOf(
      asked.filter(({ isUnsaid }) => isUnsaid),
      asked.reduce((sum, { weight }) => sum + weight, 0),
    ),
    mostAskedUnsaid: mostTelling(unsaid.filter(({ isNearAsking }) => isNearAsking)),
    rarelySaidShare: all > 0 ? rare / all : 0,
    rarelySaid: Math.min(1, rare / mostRare),
    mostTellingUnsaid: mostTelling(unsaid),
    unsaidPairs: Math.min(1, unsaid.length / mostPairs),
    longestUnsaid: Math.min(1, longestRun(pairs) / mostPairs),
    unitsBesideNames: Math.log(1 + units.filter((_, at) => isBeside(at)).length) / mostPairs,
  }
}

/** For each unit the pair that it makes with the one before it. */
function pairsOf(
  { units, telling }: HeardQuery,
  isBeside: (at: number) => boolean,
  { said, withoutSituations, wordings }: EntryTexts,
): Pair[] {
  const isAsking = askingWordsIn(units)
  const isNear = nearAsking(isAsking)
  return units.map((unit, at) => {
    const isPair = at > 0 && isBeside(at) && isBeside(at - 1) && !(isAsking[at] && isAsking[at - 1])
    const pair = `${units[at - 1]}${unit}`
    const weight = isPair ? (telling[at] ?? 0) : 0
    return {
      weight,
      isUnsaid: isPair && !said.includes(pair),
      isOfSituations: isPair && said.includes(pair) && !withoutSituations.includes(pair),
      usual: weight > 0 ? timesIn(wordings, pair) / usualTimes : 0,
      isNearAsking: isNear[at] === true || isNear[at - 1] === true,
    }
  })
}

const shareOf = (pairs: readonly Pair[], all: number) =>
  all > 0 ? pairs.reduce((sum, { weight }) => sum + weight, 0) / all : 0

const mostTelling = (pairs: readonly Pair[]) => Math.max(0, ...pairs.map(({ weight }) => weight))

function longestRun(pairs: readonly Pair[]): number {
  let [run, longest] = [0, 0]
  for (const { isUnsaid } of pairs) {
    run = isUnsaid ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

/** How many units before and behind a word that asks are asked by it. */
const reach = 3

/** For each unit whether a word that asks is within reach; all where none asks. */
export function nearAsking(isAsking: readonly boolean[]): boolean[] {
  const isSomeAsking = isAsking.includes(true)
  return isAsking.map(
    (_, at) => !isSomeAsking || isAsking.slice(Math.max(0, at - reach), at + reach + 1).includes(true),
  )
}

/** How often a part stands in a text, up to {@link usualTimes}. */
function timesIn(text: string, part: string): number {
  let times = 0
  for (let at = text.indexOf(part); at >= 0 && times < usualTimes; at = text.indexOf(part, at + 1)) times++
  return times
}
