import { type Figure, figuresIn, flatten } from '../../text/figures.ts'

/** A stretch of text between commas and stops, with what it is compared by. */
export type Clause = {
  text: string
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
      clauses.push({ text: part[0], sentence: sentence[0], figures: inside, marks: marksOf(part[0], inside) })
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

function marksOf(text: string, figures: Figure[]): Set<string> {
  const words = pairsOf(text.replace(new RegExp(negation, 'gu'), ''))
  for (const { kind, value } of figures) words.add(`${kind} ${value}`)
  return words
}
