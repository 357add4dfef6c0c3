import { linesWithoutFurniture } from './layout/furniture.ts'
import { createContinuationTest } from './line-breaks.ts'
import { type DocumentPage, onePage, rowOf } from './text.ts'

/** Reads plain text: a line is a paragraph, and a line that goes on after a full one is joined to it. */
export function readText(text: string): DocumentPage[] {
  const lines = linesWithoutFurniture(text)
    .filter(line => !frame.test(line))
    .map(readFramed)
  const goesOn = createContinuationTest(lines)
  const paragraphs: string[] = []
  for (const [at, line] of lines.entries()) {
    if (goesOn(lines[at - 1] ?? '', line)) paragraphs.push(`${paragraphs.pop() ?? ''}${line.trim()}`)
    else paragraphs.push(line)
  }
  return onePage(paragraphs)
}

/** The lines between the rows of a table that is drawn with characters. */
const frame = /^\s*[┌┐└┘├┤┬┴┼─━═╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]{2,}[┌┐└┘├┤┬┴┼─━═╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋\s]*$/u

/** 「│一档│10万元│」 as a row. */
function readFramed(line: string): string {
  const row = /^\s*[│┃║](.*)[│┃║]\s*$/u.exec(line)?.[1]
  return row === undefined ? line : rowOf(row.split(/[│┃║]/u))
}
