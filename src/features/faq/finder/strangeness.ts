import { isFunctionCode } from '../../../text/intents.ts'
import type { Library } from './library.ts'
import type { HeardQuery, Query } from './query.ts'
import type { SoundIndex } from './query-terms.ts'

/** Tells how much of a question the base has never heard of: 「花呗」 in a base about policy. */
export function heardBy(query: Query, library: Library, sounds: SoundIndex): HeardQuery {
  const { codes } = query
  const tells = Array.from(codes, code => !isFunctionCode(code))
  const isHome = homeUnits(query)
  const inSound = query.sounds.length === codes.length
  const units: boolean[] = []
  const pairs: boolean[] = []
  codes.forEach((code, i) => {
    if (!tells[i] || isHome[i]) return
    units.push(isKnown(library, code, 0))
    if (i === 0 || !tells[i - 1] || isHome[i - 1]) return
    const soundsKnown = inSound && sounds.isHeard(query.sounds[i - 1] as number, query.sounds[i] as number)
    pairs.push(soundsKnown || isKnown(library, codes[i - 1] as number, code))
  })
  return { ...query, strangeUnits: shareOfFalse(units), strangePairs: shareOfFalse(pairs) }
}

function isKnown({ vocabulary, questions, answers }: Library, first: number, second: number): boolean {
  if (first === 0) return false
  const term = vocabulary.term(first, second)
  return term >= 0 && (questions.documentsWith(term) > 0 || answers.documentsWith(term) > 0)
}

const shareOfFalse = (list: readonly boolean[]) =>
  list.filter(each => !each).length / Math.max(1, list.length)

/** Which units name the place where we are. */
export function homeUnits({ units, homePlaces }: Query): boolean[] {
  const found = units.map(() => false)
  for (const place of homePlaces) {
    for (let at = 0; at + place.length <= units.length; at++) {
      if (units.slice(at, at + place.length).join('') === place) found.fill(true, at, at + place.length)
    }
  }
  return found
}
