import { plainName } from './annexed.ts'
import { listedName } from './contents.ts'
import { dayAlone } from './dates.ts'
import { titleEnd } from './head/title.ts'
import { markerOf } from './markers.ts'
import { numberIn } from './number-line.ts'
import { joinedTitle, officePublishing } from './offices.ts'
import type { DocumentLine, Passage } from './types.ts'

/** A document among others in one file. */
export type GatheredDocument = {
  title: string
  /** Number of its first line. */
  at: number
  /** The contents name it. */
  isListed: boolean
}

const mostTitleLines = 4

/**
 * Where the documents of a collection may begin: at titles that its contents name, and at those with a document number
 * below them. One alone is what a notice issues or forwards, and none of a collection. Titles that a clause lists, that
 * stand below 「附件」, or behind which the clauses in front count on, begin none.
 * @param contents numbers of the lines of the table of contents
 * @returns in their order; empty for a file of one document
 */
export function gatheredIn(
  lines: readonly DocumentLine[],
  contents: ReadonlySet<number>,
): GatheredDocument[] {
  const texts = lines.map(({ text }) => text.trim())
  const listed = new Set(
    [...contents].map(at => listedName(texts[at] ?? '')).filter(name => titleEnd.test(name)),
  )
  const found: Titled[] = []
  for (let at = 0; at < texts.length; at += 1) {
    if (contents.has(at)) continue
    const length = titleLength(texts, at, listed)
    if (length === 0) continue
    const title = texts.slice(at, at + length)
    const end = at + length + (numberIn(texts[at + length] ?? '') === undefined ? 0 : 1)
    found.push({ at, end, title: joinedTitle(title), isListed: listed.has(plainName(title.join(''))) })
    at = end - 1
  }
  const begun = withoutNamed(found, texts)
  return begun.length > 1 ? begun : []
}

type Titled = GatheredDocument & {
  /** Number of the first line behind it and its document number. */
  end: number
}

/** Leaves out titles that a document only names. */
function withoutNamed(found: readonly Titled[], texts: readonly string[]): GatheredDocument[] {
  const countsOn = countingOn(texts)
  let isList = false
  return found.filter(({ at, end }, place) => {
    const above = texts[at - 1] ?? ''
    isList = opensList.test(above) || (isList && found[place - 1]?.end === at)
    const isEmpty = end === (found[place + 1]?.at ?? texts.length)
    return !isList && !isEmpty && !attached.test(above) && !countsOn(at)
  })
}

const opensList = /[：:，,、；;]$/u
const attached = /^附\s*[件录]\s*[\d一二三四五六七八九十]{0,3}(?:-\d{1,2})?\s*[:：]?$/u

/** Tells whether the first clause behind a line is the next of those in front of it. */
function countingOn(texts: readonly string[]): (at: number) => boolean {
  const markers = texts.map(markerOf)
  const next: number[] = []
  for (let at = texts.length - 1; at >= 0; at -= 1)
    next[at] = markers[at] ? at : (next[at + 1] ?? texts.length)
  const isNext = new Set<number>()
  const last = new Map<string, number>()
  for (const [at, marker] of markers.entries()) {
    if (!marker) continue
    if (marker.value > 1 && last.get(marker.format) === marker.value - 1) isNext.add(at)
    last.set(marker.format, marker.value)
  }
  return at => isNext.has(next[at] ?? texts.length)
}

/** Lines of the title that begins here; 0 for none. */
function titleLength(texts: readonly string[], at: number, listed: ReadonlySet<string>): number {
  for (let count = 1; count <= mostTitleLines; count += 1) {
    const lines = texts.slice(at, at + count)
    if (lines.length < count || !lines.every(isTitleLine)) return 0
    const title = lines.join('')
    const hasNumber = numberIn(texts[at + count] ?? '') !== undefined && titleEnd.test(title)
    if (hasNumber || listed.has(plainName(title))) return count
  }
  return 0
}

/** In characters. */
const longestTitleLine = 300

const isTitleLine = (text: string) =>
  text !== '' &&
  text.length <= longestTitleLine &&
  !/[。；：:;|]|^附\s*[件录]/u.test(text) &&
  !markerOf(text) &&
  numberIn(text) === undefined &&
  dayAlone(text) === undefined &&
  officePublishing(text).length === 0

/** Several documents in a row, or those that a notice forwards: clauses of one number stand there twice. */
export function gapsOfOthers([first]: readonly GatheredDocument[], passages: readonly Passage[]): string[] {
  const isMixed = passages.some(({ path }) => /（第.{1,3}处）$/u.test(path.at(-1) ?? ''))
  return first && isMixed
    ? [
        `《${first.title}》像是另一份文件，和前面的连着读了，条号有重复。请核对每一条属于哪一份，最好一份一份传。`,
      ]
    : []
}

/** A person checks the borders of the documents. */
export const gapsOfGathered = (gathered: readonly GatheredDocument[]): string[] =>
  gathered.length === 0
    ? []
    : [
        `这里面像是收着 ${gathered.length} 份文件，从《${gathered[0]?.title}》起，按标题分开读的，施行日期和有效期按每一份自己写的读。请核对每一条属于哪一份，最好一份一份传。`,
      ]
