import { markFigures, type TextPiece } from '../../../text/figures/marked-figures.ts'
import type { LibraryPassage } from './records.ts'

type Words = Pick<LibraryPassage, 'text' | 'path'>

/** A passage parted into its figures and what stands between them; the number of the clause is no figure of it. */
export function figurePieces({ text, path }: Words): TextPiece[] {
  const label = path.at(-1) ?? ''
  const own = text.startsWith(label) ? label : ''
  return [...(own === '' ? [] : [{ text: own, isFigure: false }]), ...markFigures(text.slice(own.length))]
}

/** The figures of a passage as they stand there. */
export const figuresOf = (passage: Words): string[] =>
  figurePieces(passage).flatMap(({ text, isFigure }) => (isFigure ? [text] : []))
