import type { Figure } from '../text/figures/figures.ts'
import { type ParsedText, pairsOf } from './clauses.ts'

/** Overlap of two places, 0 to 1; the figure before weighs as much as a word of four marks. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string> = new Set()): number {
  const common = [...a].filter(mark => b.has(mark))
  return weight(common) / Math.sqrt(Math.max(1, weight(a) * weight(b)))
}

function weight(marks: Iterable<string>): number {
  let sum = 0
  for (const mark of marks) sum += mark.startsWith('#') ? 4 : 1
  return sum
}

/** Subject of a figure: by the words next to it, and by those and the words before the figure before it. */
export type Place = { near: Set<string>; wide: Set<string> }

const limitWords =
  /不得?超过|不高于|不低于|不少于|不多于|不能|最高|最多|最长|最低|最少|至少|超过|大于|低于|达到|不满|不到|不足|未满|以上|以下|以内|上限/gu
const smallWords = /[的了是在也都就才能可以要有和或、为按到至从起并且其中一个]/gu

/** The place of every figure of a text. */
export function placesIn(reading: ParsedText): Map<Figure, Place> {
  return new Map(reading.figures.map(figure => [figure, placeOf(figure, reading)]))
}

function placeOf(figure: Figure, reading: ParsedText): Place {
  const lead = leadOf(figure, reading)
  const near = new Set([...lead.marks, ...trailOf(figure, reading)])
  if (lead.after && lead.after.kind !== 'date')
    near.add(`#${lead.after.kind} ${lead.after.value} ${lead.after.bounds.join()}`)
  const wide = new Set([...near, ...(lead.after ? leadOf(lead.after, reading).marks : [])])
  return { near, wide }
}

/** `first` is what stands before the figure whose words these are: in a list, its first. */
type Lead = { marks: string[]; after: Figure | undefined; first: Figure | undefined }

/**
 * The words between the figure before and this one, within the sentence. In a list that leaves its subject out
 * (「收入5000万元以下的…；2亿元以上的…」) they are those of the figure of its kind before it.
 */
function leadOf(figure: Figure, reading: ParsedText): Lead {
  const line =
    reading.flat
      .slice(0, figure.at)
      .split(/[。！？!?\n]/u)
      .at(-1) ?? ''
  const inLine = reading.figures.filter(other => other.at < figure.at && other.at >= figure.at - line.length)
  const before = inLine.at(-1)
  const since = before ? reading.flat.slice(before.at + before.said.length, figure.at) : line
  const marks = marksIn((since.split(/[；;]/u).at(-1) ?? '').slice(-16))
  const alike = inLine.findLast(other => other.kind === figure.kind)
  const isNewItem = /[；;]/u.test(since)
  const after = isNewItem ? undefined : before
  if (marks.length > 0 || !alike) return { marks, after, first: after }
  const theirs = leadOf(alike, reading)
  return { ...theirs, after: isNewItem ? theirs.first : before }
}

function trailOf(figure: Figure, { flat, figures }: ParsedText): string[] {
  const after = figures.find(other => other.at > figure.at)
  const end = figure.at + figure.said.length
  const trail = flat.slice(end, after?.at ?? end + 6).split(/[，。！？；!?;\n、()]/u)[0] ?? ''
  return marksIn(trail.slice(0, 6)).map(mark => `→${mark}`)
}

function marksIn(text: string): string[] {
  const words = text.replace(limitWords, ' ').replace(smallWords, ' ')
  return [...(words.match(/\p{Script=Han}/gu) ?? []), ...pairsOf(words)]
}
