import { foldCharacters } from '../../../text/characters.ts'
import { numberOf } from '../../../text/figures/numerals.ts'
import { levels, type Marker } from '../markers.ts'

const numeral = '[零〇一二三四五六七八九十百]'
/** A word of up to four characters, its number, and what parts it from the text. Captions of tables are none. */
const named = new RegExp(
  `^\\s*(?!第|附|[表图式])((?:(?!${numeral})[\\p{Script=Han}A-Za-z]){1,4})\\s*(${numeral}{1,4}|\\d{1,3})(\\s*[:、.]\\s*|\\s+|$)`,
  'u',
)

type Counted = { word: string; value: number; label: string; length: number; isSpaced: boolean }

function countedIn(text: string): Counted | undefined {
  const found = named.exec(foldCharacters(text))
  if (!found) return undefined
  const [whole, word = '', count = '', end = ''] = found
  return {
    word,
    value: numberOf(count) ?? Number.NaN,
    label: `${word}${count}`,
    length: whole.length,
    isSpaced: /^\s/u.test(end),
  }
}

/**
 * The words by which a document counts clauses of its own, such as 「议题一」「问1」「专栏2」: those that count on from one
 * through the whole document. Where each follows the same number of another word, as 「A1」 does 「Q1」, it answers that.
 */
export function countingWords(texts: readonly string[]): Set<string> {
  const all = texts.map(countedIn)
  const byWord = Map.groupBy(
    all.flatMap((counted, at) => (counted ? [{ ...counted, at }] : [])),
    ({ word }) => word,
  )
  const counting = [...byWord].filter(
    ([, items]) => items.length > 1 && items.every(({ value }, place) => value === place + 1),
  )
  const answers = ({ at, value, word }: Counted & { at: number }) =>
    all[at - 1]?.value === value && all[at - 1]?.word !== word
  return new Set(counting.filter(([, items]) => !items.every(answers)).map(([word]) => word))
}

/** The number of a clause that is counted by one of these words. */
export function namedMarkerOf(text: string, words: ReadonlySet<string>): Marker | undefined {
  const found = countedIn(text)
  if (!found || !words.has(found.word)) return undefined
  const { word, ...marker } = found
  return { ...marker, level: levels.named, format: `named ${word}` }
}
