import { type Figure, figuresIn, flatten } from '../text/figures/figures.ts'

/** A stretch of text between commas and stops, with what it is compared by. */
export type Clause = {
  text: string
  /** The same with its figures blanked out. */
  words: string
  /** The whole sentence that it stands in. */
  sentence: string
  figures: Figure[]
  /** `text` with words blanked out that hold a negating character and negate nothing. */
  bare: string
  /** `words` likewise, every stop and comma being the one character ｜ and every figure the one character □. */
  edged: string
  /** Pairs of Chinese characters and the figures; without negations, so that 「不自动续」 meets 「自动续」. */
  marks: Set<string>
}

export type ParsedText = { flat: string; figures: Figure[]; clauses: Clause[] }

/** A line that names the document; it is for looking up, and states nothing itself. */
export const sourceLine = /^(?:当时)?依据[:：]/u

/** A text taken apart once, for all the rules that look at it. */
export function parseClauses(text: string): ParsedText {
  const flat = flatten(text)
  const figures = figuresIn(flat)
  const clauses: Clause[] = []
  for (const sentence of flat.matchAll(/[^。！？!?；;\n]+/gu)) {
    for (const part of sentence[0].matchAll(/[^，,：:]+/gu)) {
      const start = sentence.index + part.index
      const inside = figures.filter(({ at }) => at >= start && at < start + part[0].length)
      const words = withoutFigures(part[0], start, inside)
      const marks = marksOf(words, inside)
      clauses.push({
        text: part[0],
        words,
        bare: withoutHarmless(part[0]),
        edged: edgedOf(words),
        sentence: sentence[0],
        figures: inside,
        marks,
      })
    }
  }
  return { flat, figures, clauses }
}

/** How much two clauses have in common, 0 to 1. */
export function clauseLikeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
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

/** 「只认」 denies all else, so it counts with them. */
export const negation = /[不没未无非别勿莫只仅]/u
const allNegations = /[不没未无非别勿莫只仅]/gu

/** Words that hold a negating character and negate nothing. */
const harmless =
  /不过(?!\d)|不仅|不但|不少(?!于)|不断|不妨|不如|不管|不论|无论|非常|未来|别的|分别|类别|级别|特别|个别|识别|性别|判别|区别|告别|不好意思|对不起|有没有|(\p{Script=Han}{1,2})不\1|无锡|别名|只要|只好|不只|不仅仅/gu

const withoutHarmless = (text: string) => text.replace(harmless, found => '□'.repeat(found.length))

/** One edge for all stops and commas, and one at either end; one character for a figure of any length. */
function edgedOf(words: string): string {
  const inner = withoutHarmless(words)
    .replace(/[、()「」]+/gu, '｜')
    .replace(/□+/gu, '□')
  return `｜${inner}｜`
}

/** A stretch of text with its figures blanked out, so that 「二十天」 and 「20日」 do not differ by their letters. */
function withoutFigures(text: string, start: number, figures: Figure[]): string {
  let rest = text
  for (const { at, said } of figures) {
    rest = rest.slice(0, at - start) + '□'.repeat(said.length) + rest.slice(at - start + said.length)
  }
  return rest
}

function marksOf(words: string, figures: Figure[]): Set<string> {
  const marks = pairsOf(words.replace(allNegations, ''))
  for (const { kind, value } of figures) marks.add(`${kind} ${value}`)
  return marks
}
