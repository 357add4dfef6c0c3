import { isRow } from '../../text.ts'
import { levels, type Marker, markerOf } from '../markers.ts'
import { namedMarkerOf } from './named.ts'

/** Facts about a paragraph that only its neighbours show. */
export type Surroundings = {
  /** Words of a clause that an amending decision quotes: their numbers are those of the other document. */
  isQuoted: boolean
  /** The first paragraph behind a list: it goes on with what the list is of. */
  endsList: boolean
  /** A paragraph behind the last clause that is of the whole document. */
  isOfWhole: boolean
  /** A row of a table whose rows are clauses, as in a text beside its translation. */
  isClauseRow: boolean
}

export const noSurroundings: Surroundings = {
  isQuoted: false,
  endsList: false,
  isOfWhole: false,
  isClauseRow: false,
}

const longestHeading = 40

/** A line without a stop at its end, or a question above its answer. */
export const isHeading = (text: string): boolean =>
  text.length <= longestHeading && !/[。；;：:！!][”’」]?\s*$/u.test(text)

/** Tells for each line of a document's body what its neighbours say of it. */
export function surroundingsIn(texts: readonly string[], words: ReadonlySet<string>): Surroundings[] {
  const markers = texts.map(text => markerOf(text) ?? outermost(namedMarkerOf(text, words)))
  const quoted = quotedIn(texts, markers)
  const clauseRows = clauseRowsIn(texts, markers)
  const ofWhole = new Set([...behindTopicsIn(texts, markers, quoted), ...endIn(texts, markers)])
  return texts.map((text, at) => ({
    isQuoted: quoted.has(at),
    endsList: !markers[at] && !isRow(text) && !quoted.has(at) && endsList(texts, markers, at),
    isOfWhole: ofWhole.has(at),
    isClauseRow: clauseRows.has(at),
  }))
}

/**
 * Paragraphs behind the last of the topics that a text consists of, each a sentence
 * with no more than a list below it.
 */
function behindTopicsIn(
  texts: readonly string[],
  markers: Markers,
  quoted: ReadonlySet<number>,
): Set<number> {
  const level = Math.min(
    ...markers.flatMap((marker, at) => (marker && !quoted.has(at) ? [marker.level] : [])),
  )
  const topics = markers.flatMap((marker, at) => (marker?.level === level && !quoted.has(at) ? [at] : []))
  const [first = 0, last = 0] = [topics[0], topics.at(-1)]
  const isPlain = (at: number) => !markers[at] && !quoted.has(at) && !isRow(texts[at] ?? '')
  const countOn = topics.every((at, place) => markers[at]?.value === place + 1)
  const areSentences = topics.every(at => !isHeading(texts[at] ?? ''))
  const areClosed = texts.every((_, at) => at < first || at > last || !isPlain(at))
  if (level < levels.topic || topics.length < 3 || !countOn || !areSentences || !areClosed) return new Set()
  return new Set(texts.flatMap((_, at) => (at > last && isPlain(at) ? [at] : [])))
}

/** 「说明：……」 with what stands below it, and a call at the very end, unless a table stands right above. */
function endIn(texts: readonly string[], markers: Markers): number[] {
  const last = markers.findLastIndex(marker => marker !== undefined)
  const end = texts.findLastIndex(text => text !== '')
  const start = texts.findIndex(
    (text, at) =>
      at > last && (note.test(text) || (at === end && call.test(text))) && !isRow(texts[at - 1] ?? ''),
  )
  return start < 0 ? [] : texts.flatMap((_, at) => (at >= start ? [at] : []))
}
const note = /^(?:说\s*明|注\s*释?|备\s*注|附\s*注)\s*[:：]/u
const call = /^.{4,40}[！!]$/u

/** Rows of tables in which at least two articles count on, each with its words in the first cell. */
function clauseRowsIn(texts: readonly string[], markers: Markers): Set<number> {
  const found = new Set<number>()
  let table: number[] = []
  for (let at = 0; at <= texts.length; at += 1) {
    if (isRow(texts[at] ?? '')) {
      table.push(at)
      continue
    }
    const clauses = table.filter(row => isClauseCell(texts[row] ?? '', markers[row]))
    const articles = clauses.flatMap(row => {
      const marker = markers[row]
      return marker?.level === levels.article ? [marker.value] : []
    })
    const countOn =
      articles.length > 1 && articles.every((value, place) => value === (articles[0] ?? 0) + place)
    if (countOn) for (const row of clauses) found.add(row)
    table = []
  }
  return found
}

/** More than a number, which would cite a clause. */
function isClauseCell(text: string, marker: Marker | undefined): boolean {
  const [first = ''] = text.split(' | ')
  return marker !== undefined && first.slice(marker.length).trim().length > 1
}

const outermost = (marker: ReturnType<typeof namedMarkerOf>) => marker && { ...marker, level: 0 }

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
    const closing = texts.slice(at + 1, at + mostQuoted).findIndex(below => closesQuotation.test(below))
    const end = at + 1 + closing
    if (closing < 0 || goesOn(texts, markers, { at, end })) continue
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
