import { markFigures, type TextPiece } from '../../../text/figures/marked-figures.ts'
import { ownNumber } from './own-number.ts'
import type { LibraryPassage } from './records.ts'

type Words = Pick<LibraryPassage, 'text' | 'path'>

/** A passage parted into its figures and what stands between them; the number of the clause is no figure of it. */
export function figurePieces(passage: Words): TextPiece[] {
  const own = ownNumber(passage)
  const words = markFigures(passage.text.slice(own.length))
  return [...(own === '' ? [] : [{ text: own, isFigure: false }]), ...words]
}

/** The figures of a passage as they stand there. */
export const figuresOf = (passage: Words): string[] =>
  figurePieces(passage).flatMap(({ text, isFigure }) => (isFigure ? [text] : []))
