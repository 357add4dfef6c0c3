import { foldCharacters } from '../../text/characters.ts'
import { isRow, withLabel } from '../text.ts'
import { levels, markerOf } from './markers.ts'
import type { DocumentLine } from './types.ts'

/** Joins 「第三条」 or 「一、」 in a line of its own, as a heading or a box of a page has it, to its text below. */
export function withLabelsJoined(lines: readonly DocumentLine[]): DocumentLine[] {
  const joined: DocumentLine[] = []
  for (const line of lines) {
    const last = joined.at(-1)
    if (last && isLabelAlone(last.text) && goesOn(last.text, line.text))
      joined[joined.length - 1] = { ...last, text: withLabel(last.text.trim(), line.text) }
    else joined.push(line)
  }
  return joined
}

function isLabelAlone(text: string): boolean {
  const marker = markerOf(text)
  return marker !== undefined && marker.level < levels.circled && marker.length >= foldCharacters(text).length
}

/** In characters. */
const longestHeading = 30

/** A heading goes on with its words, an article with its sentence. */
function goesOn(label: string, text: string): boolean {
  const level = markerOf(label)?.level ?? 0
  const isHeading = text.length <= longestHeading && !/[。；;]/u.test(text)
  return text.trim() !== '' && !isRow(text) && !markerOf(text) && (level >= levels.article || isHeading)
}
