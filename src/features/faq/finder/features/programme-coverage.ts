import { askingWordsIn, isFunctionCode, smallTalkIn } from '../../../../text/intents.ts'
import type { Library } from '../library/library.ts'
import type { HeardQuery, Query } from '../query/query.ts'
import { hasPair } from './likeness.ts'

/** How much of what a question is about is spoken of in what we say of a programme. */
export type Spoken = {
  /** Share of its telling pairs of units, by how telling they are, 0 to 1; 1 where it has none. */
  share: number
  /** The most telling pair of which nothing is said there, 0 to 1. */
  mostTellingUnspoken: number
  /** The longest run of such pairs of which nothing is said there: 「住房公积金」 has four. */
  longestUnspoken: number
  /** The share of the asking clause beside the programme's name and asking words, 0 to 1; 1 where nothing is left. */
  shareBesideName: number
}

/**
 * Looks for the question's pairs in all that is said of a programme. A base about policy has 「护」 of 保护 and 「照」
 * of 执照; no programme has 「护照」. A pair that is never written may be mistyped: there it is enough that the programme
 * has one that sounds the same.
 */
export function createProgrammeCoverage(query: HeardQuery, library: Library) {
  const { codes, mentions, ambiguities, isUnwritten, telling, isInAskingClause } = query
  const known = new Map<string, Spoken>()
  const before = (at: number) => codes[at - 1] as number
  const isAsking = askingWordsIn(query.units)

  function listenTo(programme: string): Spoken {
    const own = [
      ...mentions.filter(mention => mention.programme === programme),
      ...ambiguities.filter(({ meanings }) => meanings.some(meaning => meaning.programme === programme)),
    ]
    const isNamed = (at: number) => own.some(({ from, to }) => at >= from && at < to)
    const isSaid = (at: number) => {
      const pair = [before(at), codes[at] as number] as const
      return (
        library.saysPair(programme, ...pair) ||
        (isUnwritten[at] === true && library.hasPairLike(programme, ...pair))
      )
    }
    const isInName = (at: number) => own.some(({ from, to }) => at > from && at < to)
    const isBeside = (at: number) =>
      [at - 1, at].every(each => isInAskingClause[each] === true && !isNamed(each) && isAsking[each] !== true)
    return {
      ...listen(query, telling, at => isInName(at) || isSaid(at)),
      shareBesideName: listen(
        query,
        telling.map((weight, at) => (isBeside(at) ? weight : 0)),
        isSaid,
      ).share,
    }
  }

  const listenToWords = (own: readonly Uint32Array[]): Spoken => ({
    ...listen(query, telling, at => own.some(words => hasPair(words, before(at), codes[at] as number))),
    shareBesideName: 1,
  })

  return {
    /** @param own the candidate's own words, which are looked into where it belongs to no programme. */
    spokenBy(programme: string | undefined, own: readonly Uint32Array[]): Spoken {
      if (programme === undefined) return listenToWords(own)
      const spoken = known.get(programme) ?? listenTo(programme)
      known.set(programme, spoken)
      return spoken
    },
  }
}

export type ProgrammeCoverage = ReturnType<typeof createProgrammeCoverage>

/**
 * @param telling of each unit how telling the pair is that it makes with the one before it
 * @param isSpoken whether that pair is spoken of
 */
function listen(
  { codes, tells }: HeardQuery,
  telling: Float64Array,
  isSpoken: (at: number) => boolean,
): Omit<Spoken, 'shareBesideName'> {
  let [all, spoken, run, longestUnspoken, mostTellingUnspoken] = [0, 0, 0, 0, 0]
  for (let at = 1; at < codes.length; at++) {
    const isTelling = tells[at] === true && tells[at - 1] === true
    const weight = isTelling ? (telling[at] as number) : 0
    const isHere = isTelling && isSpoken(at)
    all += weight
    if (isHere) spoken += weight
    else mostTellingUnspoken = Math.max(mostTellingUnspoken, weight)
    run = isTelling && !isHere ? run + 1 : 0
    longestUnspoken = Math.max(longestUnspoken, run)
  }
  return { share: all > 0 ? spoken / all : 1, mostTellingUnspoken, longestUnspoken }
}

/**
 * Which units tell what a question is about: not what only shapes it, nor small talk, nor the place where we
 * are, nor the maker's own figures.
 */
export function tellingUnits({ codes, units, isFigure }: Query, isHome: readonly boolean[]): boolean[] {
  const isSmallTalk = smallTalkIn(units)
  return Array.from(
    codes,
    (code, i) => !isFunctionCode(code) && !isSmallTalk[i] && !isHome[i] && !isFigure[i],
  )
}
