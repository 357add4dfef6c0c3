import { plainName } from './annexed.ts'
import { listedName } from './contents.ts'
import { dayAlone } from './dates.ts'
import { titleEnd } from './head/title.ts'
import { markerOf } from './markers.ts'
import { numberIn } from './number-line.ts'
import { joinedTitle, officePublishing } from './offices.ts'
import type { DocumentLine } from './types.ts'

/** A document among others in one file. */
export type GatheredDocument = { title: string; at: number }

const mostTitleLines = 4

/**
 * Where the documents of a collection begin: at titles that its contents name, and at those with a document number below
 * them. One alone is what a notice issues or forwards, and none of a collection.
 * @param lines below the head
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
  const found: GatheredDocument[] = []
  let end = 0
  for (let at = 0; at < texts.length; at += 1) {
    if (at < end || contents.has(at)) continue
    const count = titleLength(texts, at, listed)
    if (count === 0) continue
    found.push({ at, title: joinedTitle(texts.slice(at, at + count)) })
    end = at + count
  }
  return found.length > 1 ? found : []
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

const isTitleLine = (text: string) =>
  text !== '' &&
  !/[。；：:;|]/u.test(text) &&
  !markerOf(text) &&
  numberIn(text) === undefined &&
  dayAlone(text) === undefined &&
  officePublishing(text).length === 0
