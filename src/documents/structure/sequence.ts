import { isRow } from '../text.ts'
import { levels, type Marker, markerOf } from './markers.ts'

/** Facts about a paragraph that only its neighbours show. */
export type Surroundings = {
  /** Words of a clause that an amending decision quotes: their numbers are those of the other document. */
  isQuoted: boolean
  /** The first paragraph behind a list: it goes on with what the list is of. */
  endsList: boolean
}

export const noSurroundings: Surroundings = { isQuoted: false, endsList: false }

const longestHeading = 40

/** A line without a stop at its end, or a question above its answer. */
export const isHeading = (text: string): boolean =>
  text.length <= longestHeading && !/[。；;：:！!]\s*$/u.test(text)

/** Tells for each line of a document's body what its neighbours say of it. */
export function surroundingsIn(texts: readonly string[]): Surroundings[] {
  const markers = texts.map(markerOf)
  const quoted = quotedIn(texts, markers)
  return texts.map((text, at) => ({
    isQuoted: quoted.has(at),
    endsList: !markers[at] && !isRow(text) && !quoted.has(at) && endsList(texts, markers, at),
  }))
}

type Markers = readonly (Marker | undefined)[]

/** Behind items from the first to the last, each of one paragraph that is no heading. */
function endsList(texts: readonly string[], markers: Markers, at: number): boolean {
  const last = markers[at - 1]
  if (!last || last.value < 2 || last.level <= levels.article) return false
  const first = at - last.value
  const items = markers.slice(Math.max(0, first), at)
  const isWhole = items.every((item, place) => item?.format === last.format && item.value === place + 1)
  if (!isWhole || items.length !== last.value) return false
  if (texts.slice(first, at).some(text => isHeading(text) || /[？?]\s*$/u.test(text))) return false
  const next = markers.slice(at).find(marker => marker && marker.level <= last.level)
  return next?.format !== last.format || next.value !== last.value + 1
}

/** 「二、将第八条修改为：」, with the words in quotation marks below it. */
const amends = /修改为|修订为|改为|作为第|增加/u
const closesQuotation = /”[。；]?\s*$/u
/** Paragraphs from the amending one to the end of its quotation. */
const mostQuoted = 40

function quotedIn(texts: readonly string[], markers: Markers): Set<number> {
  const found = new Set<number>()
  for (const [at, text] of texts.entries()) {
    if (!markers[at] || !amends.test(text) || found.has(at)) continue
    const isOpen = text.lastIndexOf('“') > text.lastIndexOf('”')
    if (!isOpen && !(/[：:]\s*$/u.test(text) && texts[at + 1]?.startsWith('“'))) continue
    const end = texts.findIndex((below, place) => place > at && closesQuotation.test(below))
    if (end < 0 || end >= at + mostQuoted || goesOn(texts, markers, { at, end })) continue
    for (let below = at + 1; below <= end; below += 1) found.add(below)
  }
  return found
}

const changes = /^.{0,6}(?:将|删去|删除|增加|第)/u

/** Whether the decision goes on with its next number before the quotation ends, so that a closing mark is missing. */
function goesOn(
  texts: readonly string[],
  markers: Markers,
  { at, end }: { at: number; end: number },
): boolean {
  const own = markers[at]
  return texts.slice(at + 1, end + 1).some((text, place) => {
    const next = markers[at + 1 + place]
    return next?.format === own?.format && next?.value === (own?.value ?? 0) + 1 && changes.test(text)
  })
}
