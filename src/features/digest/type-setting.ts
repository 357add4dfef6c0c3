/** Signs that must not begin a line, and signs that must not end one (GB/T 15834 and 中文排版需求). */
const notFirst = /[，。、；：？！）」』】〕》〉”’…—%,.;:?!)\]}·]/u
const notLast = /[（「『【〔《〈“‘([{￥$]/u

/** Widths in em of Noto Sans SC, as far as it is not one em (its `hmtx` table, rounded up). */
const narrow: readonly [RegExp, number][] = [
  [/[ijl.,:;'|!]/u, 0.3],
  [/[ ftrI()[\]{}"/\\-]/u, 0.4],
  [/[mwMW@%]/u, 0.95],
  [/[A-HJ-LN-VX-Z&]/u, 0.68],
  [/[\u0021-\u007e]/u, 0.57],
  [/[“”‘’…—·]/u, 1],
]

/** How wide a character is set, in em. */
export function widthOf(character: string): number {
  return narrow.find(([pattern]) => pattern.test(character))?.[1] ?? 1
}

/**
 * A text in lines of at most so many em. Words and numbers stay whole, no closing sign begins a line and no opening
 * one ends it; a word longer than a line, a link mostly, is broken.
 */
export function wrap(text: string, em: number): string[] {
  const lines: string[] = []
  let line = ''
  let width = 0
  for (const token of tokensOf(text)) {
    for (const piece of piecesOf(token, em)) {
      const its = widthOfText(piece)
      if (line !== '' && width + its > em) {
        lines.push(line.trimEnd())
        line = ''
        width = 0
      }
      if (line === '' && piece.trim() === '' && lines.length > 0) continue
      line += piece
      width += its
    }
  }
  return line.trim() === '' && lines.length > 0 ? lines : [...lines, line.trimEnd()]
}

const widthOfText = (text: string) => [...text].reduce((sum, character) => sum + widthOf(character), 0)

/** What is not divided: runs of Latin letters and digits, and a character with the signs that cling to it. */
function tokensOf(text: string): string[] {
  const units = text.match(/[A-Za-z0-9][A-Za-z0-9.,:/?&=_#%+~-]*[A-Za-z0-9/%]|[A-Za-z0-9]|\s+|./gsu) ?? []
  const tokens: string[] = []
  let isOpen = false
  for (const unit of units) {
    const clings = tokens.length > 0 && (isOpen || (notFirst.test(unit.charAt(0)) && unit.trim() !== ''))
    if (clings) tokens[tokens.length - 1] += unit
    else tokens.push(unit)
    isOpen = notLast.test(unit.charAt(unit.length - 1))
  }
  return tokens
}

function piecesOf(token: string, em: number): string[] {
  if (widthOfText(token) <= em) return [token]
  const pieces: string[] = []
  let piece = ''
  for (const character of token) {
    if (widthOfText(piece + character) > em) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return piece === '' ? pieces : [...pieces, piece]
}
