import type { Block } from './sample.ts'

/** A piece of text at its place; lengths in units of the body's character size, y downwards. */
export type Piece = { text: string; x: number; y: number; size: number }

const perLine = 28
const perPage = 22
const leading = 1.8
const top = 7
const bodyX = 4.6
const closing = /[，。；：、）》”！？〕]/u

const widthOf = (text: string) => [...text].reduce((sum, sign) => sum + (/[ -~]/u.test(sign) ? 0.5 : 1), 0)

/** Sets a document as GB/T 9704 has it: 22 lines of 28 characters, number of the page at the foot. */
export function typeset(blocks: readonly Block[]): Piece[][] {
  const lines = blocks.flatMap(linesOf)
  const pages: Piece[][] = []
  for (const [at, line] of lines.entries()) {
    const page = Math.floor(at / perPage)
    pages[page] ??= [{ text: `— ${page + 1} —`, x: bodyX + perLine / 2 - 1.5, y: 49.5, size: 0.9 }]
    for (const piece of line) pages[page].push({ ...piece, y: top + (at % perPage) * leading })
  }
  return pages
}

function linesOf({ kind, text }: Block): Omit<Piece, 'y'>[][] {
  if (kind === 'row')
    return [text.split(' | ').map((cell, at) => ({ text: cell.trim(), x: bodyX + at * 9.5, size: 1 }))]
  if (kind === 'mark' || kind === 'title' || kind === 'annex')
    return [[centred(text, kind === 'mark' ? 1.7 : 1.35)]]
  if (kind === 'no' || (kind === 'h' && /章|节/u.test(text.slice(0, 5)))) return [[centred(text, 1)]]
  if (kind === 'sign' || kind === 'date') return [[{ text, x: bodyX + perLine - widthOf(text) - 2, size: 1 }]]
  return broken(text, kind === 'to' || kind === 'start' || kind === 'copy' ? 0 : 2).map((piece, at) => [
    {
      text: piece,
      x: bodyX + (at === 0 && kind !== 'to' && kind !== 'start' && kind !== 'copy' ? 2 : 0),
      size: 1,
    },
  ])
}

const centred = (text: string, size: number) => ({
  text,
  x: bodyX + (perLine - widthOf(text) * size) / 2,
  size,
})

/** Lines of 28 characters; a closing mark never begins one. */
function broken(text: string, indent: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const sign of text) {
    const most = perLine - (lines.length === 0 ? indent : 0)
    if (widthOf(line + sign) > most && !closing.test(sign)) {
      lines.push(line)
      line = ''
    }
    line += sign
  }
  return [...lines, line]
}
