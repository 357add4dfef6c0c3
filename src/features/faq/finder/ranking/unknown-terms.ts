import { isFunctionCode } from '../../../../text/intents.ts'
import { tellingUnits } from '../features/programme-coverage.ts'
import type { Library } from '../library/library.ts'
import type { HeardQuery, Query } from '../query/query.ts'
import type { SoundIndex } from '../query/query-terms.ts'

/** Measures how much of a question consists of terms that the base lacks: 「花呗」 in a base about policy. */
export function withUnknownTermRatios(query: Query, library: Library, sounds: SoundIndex): HeardQuery {
  const { codes } = query
  const tells = tellingUnits(query, homeUnits(query))
  const inSound = query.sounds.length === codes.length
  const units: boolean[] = []
  const written: boolean[] = []
  const heard: boolean[] = []
  const isUnwritten = tells.map(() => false)
  const isNamed = (at: number) =>
    query.mentions.some(({ isExact, from, to }) => isExact && at >= from && at < to)
  // A story may say what it likes; crawled bases hold letters of which all counts.
  const isOfQuestion = (at: number) => !library.isEdited() || query.isInAskingClause[at] === true
  codes.forEach((code, i) => {
    // A name is known, whether or not an entry has its words: 「115号文」.
    if (!tells[i] || isNamed(i) || !isOfQuestion(i)) return
    units.push(isKnown(library, code, 0))
    if (i === 0 || !tells[i - 1] || isNamed(i - 1) || !isOfQuestion(i - 1)) return
    const isWritten = isKnown(library, codes[i - 1] as number, code)
    isUnwritten[i] = !isWritten
    written.push(isWritten)
    heard.push(
      isWritten || (inSound && sounds.isHeard(query.sounds[i - 1] as number, query.sounds[i] as number)),
    )
  })
  /** 「家级」 of 国家级 is no mistyped 加计: the base writes it so, or it only shapes the question, 「有什么」. */
  const isWrittenAround = (from: number) =>
    isKnown(library, codes[from] as number, codes[from + 1] as number) ||
    [codes[from], codes[from + 1]].some(code => isFunctionCode(code as number))
  const isMisread = ({ isExact, from, to }: Query['mentions'][number]) =>
    !isExact && inSound && to - from === 2 && isWrittenAround(from)
  return {
    ...query,
    mentions: query.mentions.filter(mention => !isMisread(mention)),
    isOfEdited: library.isEdited(),
    tells,
    telling: tellingPairs(codes, library),
    isUnwritten,
    strangeUnits: shareOfFalse(units),
    strangePairs: shareOfFalse(heard),
    unwrittenPairs: shareOfFalse(written),
  }
}

const tellingPairs = (codes: Uint32Array, library: Library) =>
  Float64Array.from(codes, (code, at) =>
    at > 0 && library.isEdited() ? library.tellingOf(codes[at - 1] as number, code) : 0,
  )

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
