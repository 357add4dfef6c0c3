import { fold } from '../../../text/fold.ts'
import { unitsOf } from '../../../text/tokens.ts'
import { type Detail, type Entry, unsureWords } from '../records.ts'
import { detailsFor, wishOf } from '../wishes.ts'

/** How an answer begins, and which of the lines below come first. */
export type FirstWords = { lines: string[]; about: Detail['about'] | undefined }

/** Share of the usual first line's pairs of characters from which it counts as said already. */
const saidFrom = 0.6

/**
 * The verdict or the line that answers just this question, then the usual one where it says something else. A line with
 * words goes before one that is only for a wish: 「能网上办」 answers the question whether it can be done online, no other.
 */
export function firstWordsFor(
  { short, firstLines = [] }: Entry,
  question: string,
  verdict?: string,
): FirstWords {
  const folded = fold(question)
  const wish = wishOf(folded)
  const fitting = firstLines.filter(line => line.for === undefined || line.for === wish)
  const line =
    fitting.find(({ words }) => words?.some(word => isAsked(folded, fold(word)))) ??
    fitting.find(({ words }) => words === undefined)
  const first = verdict ?? (line && `${line.text}${line.unsure ? unsureWords : ''}`)
  const lines = first === undefined ? [short] : [first, ...(isSaidIn(short, first) ? [] : [short])]
  return { lines, about: wish && detailsFor[wish] }
}

/** A word that is a number is asked as that number, and not in 「花了120万」. */
function isAsked(folded: string, word: string): boolean {
  if (!/^\d+$/u.test(word)) return folded.includes(word)
  return new RegExp(`(?<![\\d.])${word}(?![\\d.]*[\\d万亿元块人个])`, 'u').test(folded)
}

function isSaidIn(short: string, line: string): boolean {
  const [pairs, said] = [pairsOf(short), new Set(pairsOf(line))]
  return pairs.filter(pair => said.has(pair)).length >= saidFrom * pairs.length
}

function pairsOf(text: string): string[] {
  const units = unitsOf(fold(text)).filter(unit => /[\p{L}\p{N}]/u.test(unit))
  return units.slice(1).map((unit, at) => `${units[at]}${unit}`)
}
