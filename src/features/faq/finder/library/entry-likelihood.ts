import { isFunctionCode } from '../../../../text/intents.ts'

/**
 * How likely the entries of programmes are to be asked with the words of a question: naive
 * Bayes over all their wordings.
 */
export type EntryLikelihood = {
  /** Adds texts that no entry answers. */
  countStrangers(texts: readonly Uint32Array[]): void
  /** Adds the words of a document (`change` 1), or takes them away (-1). */
  count(doc: number, texts: readonly Uint32Array[], change: 1 | -1): void
  /** For each document the log odds of the question's words against any entry's; empty where no word is known. */
  of(codes: Uint32Array): Likelihoods
}
type Likelihoods = {
  /** Log odds by document, summed over the words. */
  sums: ReadonlyMap<number, number>
  /** The highest of the sums. */
  best: number
  /** The same of what no entry answers; undefined where nothing of that kind is known. */
  ofStrangers: number | undefined
  /** How many words of the question are known. */
  words: number
}

/** Words of the whole base that are taken to stand in each document, so that a rare word decides nothing alone. */
const smoothing = 150
/** Stands in the place of a document for all that no entry answers. */
const strangers = -1

/**
 * Characters, pairs, and pairs with one character between them; figures are all one word. Integers, so
 * that adding and removing is exact.
 */
export function createEntryLikelihood(): EntryLikelihood {
  const counts = new Map<number, Postings>()
  const totals = new Map<number, number>()
  let all = 0

  function add(words: ReadonlySet<number>, doc: number, change: 1 | -1) {
    for (const word of words) {
      const postings = withChange(counts.get(word), doc, change)
      if (postings === undefined) counts.delete(word)
      else counts.set(word, postings)
    }
    addTo(totals, doc, change * words.size)
    all += change * words.size
  }

  function of(codes: Uint32Array): Likelihoods {
    const known = [...wordsOf(codes)].flatMap(word => {
      const postings = counts.get(word)
      return postings === undefined ? [] : [pairsOf(postings)]
    })
    const sums = new Map<number, number>()
    if (known.length === 0) return { sums, best: 0, ofStrangers: undefined, words: 0 }
    for (const [doc, total] of totals) sums.set(doc, known.length * Math.log(smoothing / (total + smoothing)))
    for (const docs of known) {
      let everywhere = 0
      for (const [, count] of docs) everywhere += count
      const expected = (smoothing * everywhere) / all
      for (const [doc, count] of docs) sums.set(doc, (sums.get(doc) ?? 0) + Math.log(1 + count / expected))
    }
    const ofStrangers = sums.get(strangers)
    sums.delete(strangers)
    return { sums, best: Math.max(...sums.values()), ofStrangers, words: known.length }
  }

  return {
    countStrangers(texts) {
      for (const codes of texts) add(wordsOf(codes), strangers, 1)
    },
    count(doc, texts, change) {
      for (const codes of texts) add(wordsOf(codes), doc, change)
    },
    of,
  }
}

/**
 * In how many texts of which documents a word stands, oldest document first. Document and count are packed in one
 * integer, and nearly all words stand in one document alone: maps took 45 MB for a base of usual size.
 */
type Postings = number | number[]

/** Exclusive upper limit of a packed count. */
const countRange = 2 ** 20
/** Documents count from -1, {@link strangers}; a packed 0 would be no document. */
const pack = (doc: number, count: number) => (doc + 2) * countRange + count
const docIn = (packed: number) => Math.floor(packed / countRange) - 2
const countIn = (packed: number) => packed % countRange
const unpack = (packed: number): [doc: number, count: number] => [docIn(packed), countIn(packed)]

const pairsOf = (postings: Postings): [doc: number, count: number][] =>
  typeof postings === 'number' ? [unpack(postings)] : postings.map(unpack)

/** Undefined where no text is left. */
function withChange(postings: Postings | undefined, doc: number, change: 1 | -1): Postings | undefined {
  if (postings === undefined) return change > 0 ? pack(doc, change) : undefined
  const all = typeof postings === 'number' ? [postings] : postings
  // From the end: the texts of a document are counted one after another.
  const at = all.findLastIndex(one => docIn(one) === doc)
  const count = (at < 0 ? 0 : countIn(all[at] as number)) + change
  if (count <= 0) all.splice(at, at < 0 ? 0 : 1)
  else if (at < 0) all.push(pack(doc, count))
  else all[at] = pack(doc, count)
  return all.length > 1 ? all : all[0]
}

function addTo(counts: Map<number, number>, key: number, change: number) {
  const now = (counts.get(key) ?? 0) + change
  if (now > 0) counts.set(key, now)
  else counts.delete(key)
}

const shift = 2 ** 26

/** The different words of a text, as numbers; unknown units make none. */
function wordsOf(codes: Uint32Array): Set<number> {
  const words = new Set<number>()
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] as number
    if (code === 0) continue
    if (!isFunctionCode(code)) words.add(code)
    const before = codes[at - 1] ?? 0
    const second = codes[at - 2] ?? 0
    if (before > 0) words.add(before * shift + code)
    if (second > 0) words.add(-(second * shift + code))
  }
  return words
}
