import { type Figure, figuresIn, flatten } from '../../text/figures.ts'

/** A stretch of text between commas and stops, with what it is compared by. */
export type Clause = {
  text: string
  /** The same with its figures blanked out. */
  words: string
  /** The whole sentence that it stands in. */
  sentence: string
  figures: Figure[]
  /** Pairs of Chinese characters and the figures; without negations, so that 「不自动续」 meets 「自动续」. */
  marks: Set<string>
}

export type Reading = { flat: string; figures: Figure[]; clauses: Clause[] }

/** A line that names the document; it is for looking up, and states nothing itself. */
export const sourceLine = /^(?:当时)?依据[:：]/u

/** A text taken apart once, for all the rules that look at it. */
export function readText(text: string): Reading {
  const flat = flatten(text)
  const figures = figuresIn(flat)
  const clauses: Clause[] = []
  for (const sentence of flat.matchAll(/[^。！？!?；;\n]+/gu)) {
    for (const part of sentence[0].matchAll(/[^，,：:]+/gu)) {
      const start = sentence.index + part.index
      const inside = figures.filter(({ at }) => at >= start && at < start + part[0].length)
      const words = withoutFigures(part[0], start, inside)
      const marks = marksOf(words, inside)
      clauses.push({ text: part[0], words, sentence: sentence[0], figures: inside, marks })
    }
  }
  return { flat, figures, clauses }
}

/** How much two clauses have in common, 0 to 1. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let common = 0
  for (const mark of a) if (b.has(mark)) common += 1
  return (2 * common) / (a.size + b.size)
}

/** Pairs of neighbouring Chinese characters in a text. */
export function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>()
  for (const run of text.match(/\p{Script=Han}+/gu) ?? []) {
    for (let at = 0; at + 1 < run.length; at++) pairs.add(run.slice(at, at + 2))
  }
  return pairs
}

export const negation = /[不没未无非别勿莫]/u

/** A stretch of text with its figures blanked out, so that 「二十天」 and 「20日」 do not differ by their letters. */
function withoutFigures(text: string, start: number, figures: Figure[]): string {
  let rest = text
  for (const { at, said } of figures) {
    rest = rest.slice(0, at - start) + '□'.repeat(said.length) + rest.slice(at - start + said.length)
  }
  return rest
}

function marksOf(words: string, figures: Figure[]): Set<string> {
  const marks = pairsOf(words.replace(new RegExp(negation, 'gu'), ''))
  for (const { kind, value } of figures) marks.add(`${kind} ${value}`)
  return marks
}
