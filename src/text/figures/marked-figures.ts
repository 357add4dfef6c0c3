import { figuresIn, flatten } from './figures.ts'

/** A piece of a text as it stands there. */
export type TextPiece = { text: string; isFigure: boolean }

/** Parts a text into its figures and what stands between them; the pieces joined are the text. */
export function markFigures(text: string): TextPiece[] {
  const chars = [...text]
  const places = placesOf(chars)
  const pieces: TextPiece[] = []
  let done = 0
  for (const { at, said, kind } of figuresIn(text)) {
    // A clause's own number, or that of another.
    if (kind === 'article') continue
    const from = places.findIndex(place => place >= at)
    const to = places.findIndex(place => place >= at + said.length)
    const end = to < 0 ? chars.length : to
    if (from < done || end <= from) continue
    pieces.push(piece(chars, done, from, false), piece(chars, from, end, true))
    done = end
  }
  pieces.push(piece(chars, done, chars.length, false))
  return pieces.filter(one => one.text !== '')
}

const piece = (chars: readonly string[], from: number, to: number, isFigure: boolean): TextPiece => ({
  text: chars.slice(from, to).join(''),
  isFigure,
})

/** Where each character stands in the flattened text; one that is left out there, where the next one stands. */
function placesOf(chars: readonly string[]): number[] {
  const flat = flatten(chars.join(''))
  let at = 0
  return chars.map(char => {
    const plain = flatten(char)
    const isLeftOut = /^\s*$/u.test(plain) && !flat.startsWith(plain || char, at)
    const place = at
    if (!isLeftOut) at += plain.length
    return place
  })
}
