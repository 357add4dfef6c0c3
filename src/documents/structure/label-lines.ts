import { foldCharacters } from '../../text/characters.ts'
import { isRow, withLabel } from '../text.ts'
import { levels, markerOf } from './markers.ts'
import { numberIn } from './number-line.ts'
import { officesIn } from './offices.ts'
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

/** Lines among which the head of a document has its table of fields. */
const mostTabled = 15

/** A row of 「文件编号 | 版本」 above a row of their values, as fields with colons. */
export function withFieldRows(lines: readonly DocumentLine[]): DocumentLine[] {
  const at = lines
    .slice(0, mostTabled)
    .findIndex(({ text }, place) =>
      areFields(text, lines[place + 1]?.text ?? '', lines[place + 2]?.text ?? ''),
    )
  const [names, values] = [lines[at], lines[at + 1]]
  if (!names || !values) return [...lines]
  const cells = values.text.split(' | ')
  const text = names.text
    .split(' | ')
    .map((name, place) => `${name}：${cells[place]}`)
    .join(' ')
  return [...lines.slice(0, at), { ...names, text }, ...lines.slice(at + 2)]
}

/** A table of two rows, whose second one has the number of a document or its office below that name. */
function areFields(above: string, below: string, next: string): boolean {
  const names = above.split(' | ')
  const values = below.split(' | ')
  const isTable = names.length > 1 && names.length === values.length && !isRow(next)
  return (
    isTable &&
    names.every(name => /^\p{Script=Han}{2,6}$/u.test(name.replaceAll(/\s/gu, ''))) &&
    names.some((name, at) => {
      const value = values[at] ?? ''
      return (
        (/[编文字]号$/u.test(name) && numberIn(value) !== undefined) ||
        (/^发[文布](?:机关|单位|机构)$/u.test(name) && officesIn(value).length > 0)
      )
    })
  )
}
