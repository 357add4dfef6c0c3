import { isRow } from '../../text.ts'
import { beginsArticle, levels, type Marker, markerOf } from '../markers.ts'
import { hasRunInHeading, isQuestion, isShortHeading } from '../paragraph-kinds.ts'
import type { DocumentLine } from '../types.ts'
import { plainNumberOf, plainTopicOf } from './decimal.ts'
import { splitInline } from './inline.ts'
import { namedMarkerOf } from './named.ts'
import { type NumberedLine, nest } from './nesting.ts'
import type { Surroundings } from './sequence.ts'

/** A number in its document. */
export type ClauseNumber = Marker & {
  /** Its place among the numbers of its part. */
  at: number
  /** The places of the numbers below which it stands, the nearest first. */
  holders: readonly number[]
}

/** A paragraph, or a piece of one in which several clauses follow each other. */
export type ClausePiece = { line: DocumentLine; around: Surroundings; number: ClauseNumber | undefined }

type Unplaced = Omit<ClausePiece, 'number'> & { marker: Marker | undefined }
export type Counting = {
  isDecimal: boolean
  /** See {@link hasPlainTopics}. */
  hasPlainTopics: boolean
  /** See {@link countingWords}. */
  words: ReadonlySet<string>
}

/** Cuts the lines of one part into clauses, and finds the number of each and where it stands. */
export function numberedPieces(
  lines: readonly { line: DocumentLine; around: Surroundings }[],
  counting: Counting,
): ClausePiece[] {
  const pieces = withMarkers(lines, counting)
  const numbered = pieces.flatMap((piece, at) => (piece.marker ? [lineOf(pieces, at, piece.marker)] : []))
  const nested = nest(numbered)
  let count = 0
  return pieces.map(({ marker, ...piece }) => {
    if (!marker) return { ...piece, number: undefined }
    const at = count
    count += 1
    return { ...piece, number: { ...marker, at, holders: holdersOf(nested, at) } }
  })
}

function holdersOf(nested: ReturnType<typeof nest>, at: number): number[] {
  const found: number[] = []
  for (let each = nested[at]?.parent; each !== undefined; each = nested[each]?.parent) found.push(each)
  return found
}

function lineOf(pieces: readonly Unplaced[], at: number, marker: Marker): NumberedLine {
  const [words = ''] = (pieces[at]?.line.text ?? '').split(' | ')
  const above = pieces[at - 1]
  const isBelowText = above !== undefined && above.marker === undefined
  return {
    marker,
    opensList: opensList(words),
    isHeading: isShortHeading(words) || hasRunInHeading(words) || isQuestion(words),
    isBare: isShortHeading(words),
    above: !isBelowText ? 'number' : opensList(above.line.text) ? 'opening' : 'text',
  }
}

const opensList = (text: string) => /[：:]\s*$/u.test(text)

function withMarkers(
  lines: readonly { line: DocumentLine; around: Surroundings }[],
  { isDecimal, hasPlainTopics, words }: Counting,
): Unplaced[] {
  let article = 0
  let plainNumber = 0
  function markerIn(text: string): Marker | undefined {
    const found = markerOf(text)
    const plain = isDecimal && !found ? plainNumberOf(text, true) : undefined
    if (plain?.value === plainNumber + 1) {
      plainNumber = plain.value
      return plain
    }
    const topic = hasPlainTopics && !found ? plainTopicOf(text) : undefined
    if (found?.level !== levels.article) return found ?? topic ?? namedMarkerOf(text, words)
    if (!beginsArticle(text, found, article)) return undefined
    article = found.value
    return found
  }
  return lines.flatMap(({ line, around }): Unplaced[] => {
    if (isRow(line.text))
      return [{ line, around, marker: around.isClauseRow ? markerIn(line.text) : undefined }]
    // Articles that a clause quotes are not those of this document; items become items of the quoting clause.
    if (around.isQuoted && (markerOf(line.text)?.level ?? 0) <= levels.topic)
      return [{ line, around, marker: undefined }]
    return splitInline(line.text).map(text => ({ line: { ...line, text }, around, marker: markerIn(text) }))
  })
}
