/** Characters that must not begin or end a line (GB/T 15834 and 中文排版需求). */
const notFirst = /[，。、；：？！）」』】〕》〉”’…—%,.;:?!)\]}·]/u
const notLast = /[（「『【〔《〈“‘([{￥$]/u

/** Widths in em of Noto Sans SC other than 1 (its `hmtx` table, rounded up). */
const narrow: readonly [RegExp, number][] = [
  [/[ijl.,:;'|!]/u, 0.3],
  [/[ ftrI()[\]{}"/\\-]/u, 0.4],
  [/[mwMW@%]/u, 0.95],
  [/[A-HJ-LN-VX-Z&]/u, 0.68],
  [/[\u0021-\u007e]/u, 0.57],
  [/[“”‘’…—·]/u, 1],
]

/** The width of a character, in em. */
export function characterWidthOf(character: string): number {
  return narrow.find(([pattern]) => pattern.test(character))?.[1] ?? 1
}

/**
 * Breaks a text into lines of at most `em` em. Words and numbers stay whole unless longer than a line; closing
 * punctuation never begins a line and opening punctuation never ends one.
 */
export function wrapLines(text: string, em: number): string[] {
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

const widthOfText = (text: string) =>
  [...text].reduce((sum, character) => sum + characterWidthOf(character), 0)

/** Unbreakable units: runs of Latin letters and digits, and a character with its punctuation. */
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
  let width = 0
  for (const character of token) {
    const its = characterWidthOf(character)
    if (piece !== '' && width + its > em) {
      pieces.push(piece)
      piece = ''
      width = 0
    }
    piece += character
    width += its
  }
  return piece === '' ? pieces : [...pieces, piece]
}
