import type { Figure } from '../text/figures/figures.ts'
import { type ParsedText, pairsOf } from './clauses.ts'

/** Overlap of two places, 0 to 1; the figure before weighs as much as a word of four marks. */
export function placeOverlap(a: ReadonlySet<string>, b: ReadonlySet<string> = new Set()): number {
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

/** `first` is what stands before the figure whose words these are: in a list, its first. */
type Lead = { marks: string[]; after: Figure | undefined; first: Figure | undefined }

/** The place of every figure of a text. Each is looked at once: a text may consist of nothing but figures. */
export function placesIn(reading: ParsedText): Map<Figure, Place> {
  const leads = leadsIn(reading)
  const places = new Map<Figure, Place>()
  let next: Figure | undefined
  let nextFurther: Figure | undefined
  for (const figure of reading.figures.toReversed()) {
    // One place in a text may be read as several figures.
    if (next && next.at > figure.at) nextFurther = next
    next = figure
    const { marks = [], after } = leads.get(figure) ?? {}
    const near = new Set([...marks, ...trailOf(figure, nextFurther, reading)])
    if (after && after.kind !== 'date') near.add(`#${after.kind} ${after.value} ${after.bounds.join()}`)
    const wide = new Set([...near, ...((after && leads.get(after)?.marks) ?? [])])
    places.set(figure, { near, wide })
  }
  return places
}

/**
 * The words between the figure before and each one, within the sentence. In a list that leaves its subject out
 * (「收入5000万元以下的…；2亿元以上的…」) they are those of the figure of its kind before it.
 */
function leadsIn({ flat, figures }: ParsedText): Map<Figure, Lead> {
  const leads = new Map<Figure, Lead>()
  let lineFrom = 0
  let readTo = 0
  let inLine: Figure[] = []
  for (const figure of figures) {
    const gap = flat.slice(readTo, figure.at)
    const stop = gap.search(/[。！？!?\n][^。！？!?\n]*$/u)
    if (stop >= 0) {
      lineFrom = readTo + stop + 1
      inLine = []
    }
    readTo = Math.max(readTo, figure.at)
    const before = inLine.findLast(other => other.at < figure.at)
    const alike = inLine.findLast(other => other.kind === figure.kind && other.at < figure.at)
    const since = flat.slice(before ? before.at + before.said.length : lineFrom, figure.at)
    leads.set(figure, leadBehind(since, before, alike && leads.get(alike)))
    inLine.push(figure)
  }
  return leads
}

function leadBehind(since: string, before: Figure | undefined, alike: Lead | undefined): Lead {
  const marks = marksIn((since.split(/[；;]/u).at(-1) ?? '').slice(-16))
  const isNewItem = /[；;]/u.test(since)
  const after = isNewItem ? undefined : before
  if (marks.length > 0 || !alike) return { marks, after, first: after }
  return { ...alike, after: isNewItem ? alike.first : before }
}

function trailOf({ at, said }: Figure, next: Figure | undefined, { flat }: ParsedText): string[] {
  const end = at + said.length
  const trail =
    flat.slice(end, Math.min(next?.at ?? end + 6, end + 6)).split(/[，。！？；!?;\n、()]/u)[0] ?? ''
  return marksIn(trail).map(mark => `→${mark}`)
}

function marksIn(text: string): string[] {
  const words = text.replace(limitWords, ' ').replace(smallWords, ' ')
  return [...(words.match(/\p{Script=Han}/gu) ?? []), ...pairsOf(words)]
}
