import type { Findable } from '../../src/features/faq/finder/finder.ts'
import type { MakersWords } from '../../src/features/faq/finder/query/makers-words.ts'
import { fold } from '../../src/text/fold.ts'
import { phrasesIn } from './phrases.ts'

/** A phrase of makers and a word of the rules that come together in the wordings of a base. */
export type Pair = {
  word: string
  meaning: string
  /** Log-likelihood ratio (Dunning 1993), 0 or more: how unlikely it is that they come together by chance. */
  evidence: number
}

/** An entry as the statistic counts it: the words of its rules, and for each wording of makers its phrases. */
export type Counted = {
  rules: ReadonlySet<string>
  /** The standard question and the answer, folded. */
  text: string
  wordings: readonly { text: string; folded: string; phrases: ReadonlySet<string> }[]
}

/** A phrase in fewer wordings, or in wordings of fewer entries, is chance. */
const leastWordings = 4
const leastEntries = 2
/** A word of the rules in more entries tells none from the others. */
const mostEntries = 25
/** Least share of the wordings with the phrase whose entry says the word, and how many times what chance gives. */
const leastShare = 0.6
const leastLift = 3
/** A phrase that more entries have in their rules is a word of the rules itself. */
const mostRules = 3
/** Meanings of a phrase that are taken, strongest first. */
const mostMeanings = 3

/** Longest phrase and longest word of the rules, in words. */
const wordsOfPhrase = 3
const wordsOfRule = 3

export const countedOf = (items: readonly Findable[]): Counted[] =>
  items.map(({ question, otherQuestions, situations = [], answer }) => {
    const text = fold([question, answer].join('\n'))
    return {
      rules: phrasesIn(text, wordsOfRule),
      text,
      wordings: [...otherQuestions, ...situations].map(wording => ({
        text: wording,
        folded: fold(wording),
        phrases: phrasesIn(fold(wording), wordsOfPhrase),
      })),
    }
  })

/**
 * Grows pairs from the wordings of a base: phrases that makers use for entries that say a word, and hardly for others.
 * @param isWanted which wordings count; by default all
 * @returns strongest first, at most three meanings of a phrase; the same base gives the same pairs
 */
export function grow(entries: readonly Counted[], isWanted: (text: string) => boolean = () => true): Pair[] {
  const wordings = entries.map(entry => entry.wordings.filter(({ text }) => isWanted(text)))
  const sizes = wordings.map(list => list.length)
  const all = sum(sizes)
  const rules = [...placesOf(entries.map(({ rules }) => rules))]
    .filter(([, docs]) => docs.size >= leastEntries && docs.size <= mostEntries)
    .map(([rule, docs]) => ({ rule, docs, texts: sum([...docs.keys()].map(doc => sizes[doc] ?? 0)) }))
  const phrases = placesOf(wordings.map(list => list.flatMap(({ phrases }) => [...phrases])))
  const pairs = [...phrases].flatMap(([word, docs]) => {
    const total = sum([...docs.values()])
    if (total < leastWordings || docs.size < leastEntries) return []
    if (entries.filter(({ text }) => text.includes(word)).length > mostRules) return []
    const found = rules.flatMap(({ rule, docs: ruleDocs, texts }) => {
      const shared = [...docs].filter(([doc]) => ruleDocs.has(doc))
      const together = sum(shared.map(([, count]) => count))
      const isUsual = together / total >= Math.max(leastShare, (leastLift * texts) / all)
      if (shared.length < leastEntries || !isUsual || isWithin(word, rule)) return []
      return [{ word, meaning: rule, evidence: evidenceOf({ together, total, texts, all }) }]
    })
    return strongest(found)
  })
  return pairs.sort(
    (a, b) => b.evidence - a.evidence || (a.word < b.word ? -1 : 1) || (a.meaning < b.meaning ? -1 : 1),
  )
}

const isWithin = (word: string, rule: string) => word.includes(rule) || rule.includes(word)
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** In which of the lists each text stands, and how often. */
function placesOf(lists: readonly Iterable<string>[]): Map<string, Map<number, number>> {
  const places = new Map<string, Map<number, number>>()
  lists.forEach((list, at) => {
    for (const text of list) {
      const own = places.get(text) ?? new Map<number, number>()
      places.set(text, own.set(at, (own.get(at) ?? 0) + 1))
    }
  })
  return places
}

/**
 * The strongest meanings; of two of which one is part of the other the stronger, the
 * longer where they are the same.
 */
function strongest(pairs: readonly Pair[]): Pair[] {
  const kept: Pair[] = []
  const inOrder = [...pairs].sort(
    (a, b) =>
      b.evidence - a.evidence || b.meaning.length - a.meaning.length || (a.meaning < b.meaning ? -1 : 1),
  )
  for (const pair of inOrder) {
    if (kept.length < mostMeanings && !kept.some(({ meaning }) => isWithin(meaning, pair.meaning)))
      kept.push(pair)
  }
  return kept
}

/**
 * The evidence for each pair of a table, by whether texts contain its words; 0 where they come together less often than
 * chance gives.
 */
export function evidenceFor(
  entries: readonly Counted[],
  words: MakersWords,
  isWanted: (text: string) => boolean = () => true,
): Pair[] {
  const wordings = entries.map(entry =>
    entry.wordings.filter(({ text }) => isWanted(text)).map(({ folded }) => folded),
  )
  const sizes = wordings.map(list => list.length)
  const all = sum(sizes)
  return Object.entries(words).flatMap(([word, meanings]) => {
    const counts = wordings.map(list => list.filter(text => text.includes(word)).length)
    return meanings.map(meaning => {
      const isSaid = entries.map(({ text }) => text.includes(meaning))
      const sumSaid = (numbers: readonly number[]) => sum(numbers.filter((_, at) => isSaid[at]))
      const table = { together: sumSaid(counts), total: sum(counts), texts: sumSaid(sizes), all }
      const isMore = table.together * all > table.total * table.texts
      return { word, meaning, evidence: isMore ? evidenceOf(table) : 0 }
    })
  })
}

type Table = { together: number; total: number; texts: number; all: number }

function evidenceOf({ together, total, texts, all }: Table): number {
  const cells = [together, total - together, texts - together, all - total - texts + together]
  const margins = [total, all - total, texts, all - texts]
  const ratio = 2 * (sum(cells.map(xLogX)) + xLogX(all) - sum(margins.map(xLogX)))
  return Math.round(Math.max(0, ratio) * 10) / 10
}

const xLogX = (x: number) => (x > 0 ? x * Math.log(x) : 0)
