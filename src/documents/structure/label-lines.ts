import { foldCharacters } from '../../text/characters.ts'
import { isRow, withLabel } from '../text.ts'
import { countingWords, namedMarkerOf } from './clauses/named.ts'
import { levels, markerOf } from './markers.ts'
import { numberIn } from './number-line.ts'
import { officesIn } from './offices.ts'
import type { DocumentLine } from './types.ts'

/**
 * Joins 「第三条」, 「一、」 or 「问题1」 in a line of its own, as a heading or a box of a page has it, to its text below; in a
 * text that counts 「2.1」, a bare number too.
 */
export function withLabelsJoined(lines: readonly DocumentLine[]): DocumentLine[] {
  const texts = lines.map(({ text }) => text)
  const words = countingWords(texts)
  const bare = bareNumbersIn(texts)
  const isAlone = ({ text }: DocumentLine, at: number) =>
    bare.has(at) || isLabelAlone(text) || isWordAlone(text, words)
  const joined: DocumentLine[] = []
  let isOpen = false
  for (const [at, line] of lines.entries()) {
    const last = joined.at(-1)
    if (last && isOpen && goesOn(last.text, line.text)) {
      joined[joined.length - 1] = { ...last, text: withLabel(last.text.trim(), line.text) }
      isOpen = false
      continue
    }
    joined.push(line)
    isOpen = isAlone(line, at)
  }
  return joined
}

function isLabelAlone(text: string): boolean {
  const marker = markerOf(text)
  return marker !== undefined && marker.length >= foldCharacters(text).length
}

const isWordAlone = (text: string, words: ReadonlySet<string>) =>
  words.size > 0 && namedMarkerOf(text.trim(), words)?.length === text.trim().length

/** Places of 「1」 「2」 … above words, where the text counts 「1.1」 as well. */
function bareNumbersIn(texts: readonly string[]): Set<number> {
  const found = new Set<number>()
  if (!texts.some(text => /^\d{1,2}\.\d/u.test(markerOf(text)?.label ?? ''))) return found
  for (const [at, text] of texts.entries()) {
    const next = texts[at + 1] ?? ''
    if (text.trim() === String(found.size + 1) && /^\p{Script=Han}/u.test(next)) found.add(at)
  }
  return found.size > 1 ? found : new Set()
}

/**
 * Writes rows of a number alone and its words, 「第三条 | 资金……」, as lines: a page may set its text in a table. They count
 * on from one, most are sentences, and no other line has the first of these numbers.
 */
export function withLabelledRows(lines: readonly DocumentLine[]): DocumentLine[] {
  const rows = new Map(
    lines.flatMap((line, at) => {
      const [label = '', text = '', ...more] = isRow(line.text) ? line.text.split(' | ') : []
      return more.length === 0 && text.trim() !== '' && isLabelAlone(label)
        ? [[at, { label, text }] as const]
        : []
    }),
  )
  const markers = [...rows.values()].flatMap(({ label }) => markerOf(label) ?? [])
  const level = Math.min(...markers.map(each => each.level))
  const outer = markers.filter(each => each.level === level)
  const countOn = outer.length > 1 && outer.every(({ value }, place) => value === place + 1)
  const stands = lines.some(({ text }) => !isRow(text) && isFirstOf(text, outer[0]?.format))
  const sentences = [...rows.values()].filter(({ text }) => /[。；：;:]\s*$/u.test(text))
  if (!countOn || stands || sentences.length * 2 < rows.size) return [...lines]
  return lines.map((line, at) => {
    const row = rows.get(at)
    return row ? { ...line, text: withLabel(row.label.trim(), row.text.trim()) } : line
  })
}

function isFirstOf(text: string, format: string | undefined): boolean {
  const marker = markerOf(text)
  return marker?.format === format && marker?.value === 1
}

/** In characters. */
const longestHeading = 30

/** A heading goes on with its words, an article with its sentence. */
function goesOn(label: string, text: string): boolean {
  const level = markerOf(label)?.level ?? levels.named
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
