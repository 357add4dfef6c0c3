import { ArchiveFault, unpack } from '../../tables/archive.ts'
import { type Element, elementsOf } from '../elements.ts'
import { loadXml } from '../markup.ts'
import { type DocumentPage, isWritten, requireReadable, rowOf, withLabel } from '../text.ts'
import { createListCounter, type ListCounter, readListStyles } from './lists.ts'
import { isHidden, type PieceReading, pieceOf } from './pieces.ts'
import { readTextStyles } from './styles.ts'

type Reading = PieceReading & {
  pages: DocumentPage[]
  /** A counter of the lists of a style, from its beginning. */
  counterFor(style: string): ListCounter
  headings: ListCounter
  /** Counters of the lists read so far, by their id, and of the last list of each style. */
  byId: Map<string, ListCounter>
  byStyle: Map<string, ListCounter>
  /** Characters of cells and rows that the file says once and shows again. */
  repeats: { characters: number }
  /** In a cell or a note, whose paragraphs become one. */
  isInline: boolean
}
type List = { counter: ListCounter; style: string; level: number }

/** As many characters as a document may have. */
const mostRepeated = 1_000_000
const parts = ['content.xml', 'styles.xml', 'META-INF/manifest.xml']

/**
 * Reads an OpenDocument text with the numbers of its lists and headings. Tracked deletions and remarks are left out.
 * Pages are those of the program that last saved it, where it noted them.
 * @throws {@link ArchiveFault}; {@link Refusal} for more than 500 pages
 */
export function readOdt(bytes: Uint8Array): DocumentPage[] {
  const files = unpack(bytes, name => parts.includes(name))
  const manifest = Buffer.from(files.get('META-INF/manifest.xml') ?? [])
  if (manifest.includes('encryption-data')) throw new ArchiveFault('locked')
  const styles = loadXml(files.get('styles.xml'))
  const content = loadXml(files.get('content.xml'))
  const counterFor = createListCounter(readListStyles([styles, content]))
  const reading: Reading = {
    pages: [{ number: 1, paragraphs: [], gaps: [] }],
    counterFor,
    headings: counterFor(''),
    byId: new Map(),
    byStyle: new Map(),
    has: readTextStyles([styles, content]),
    notes: [],
    gaps: new Set(),
    repeats: { characters: 0 },
    isInline: false,
  }
  readBlocks(elementsOf(content('office\\:text').children()), reading)
  for (const note of reading.notes) push(noteIn(note, reading), reading)
  if (content('draw\\:image').length > 0) reading.gaps.add('文件里有图片，图片里的字没有读。')
  reading.pages[0]?.gaps.push(...reading.gaps)
  requireReadable(reading.pages.length)
  return reading.pages
}

const childrenOf = ({ children }: Element) =>
  children.flatMap(child => (child.type === 'tag' ? [child as Element] : []))

function readBlocks(blocks: readonly Element[], reading: Reading, list?: List): void {
  for (const block of blocks) {
    if (isHidden(block, reading)) continue
    if (block.name === 'text:p' || block.name === 'text:h') readParagraph(block, reading)
    else if (block.name === 'text:list') readList(block, reading, list)
    else if (block.name === 'text:numbered-paragraph') readNumbered(block, reading)
    else if (block.name === 'table:table') readTable(block, reading)
    else if (block.name === 'text:soft-page-break') turnPage(reading)
    else if (block.name !== 'text:tracked-changes' && block.name !== 'office:forms')
      readBlocks(childrenOf(block), reading, list)
  }
}

/** An item of a list that is not set within the list: it names it, or goes on with the last of its style. */
function readNumbered(block: Element, reading: Reading): void {
  const { attribs } = block
  const style = attribs['text:style-name'] ?? ''
  const id = attribs['text:list-id'] ?? `numbered ${style}`
  const counter = reading.byId.get(id) ?? reading.counterFor(style)
  reading.byId.set(id, counter)
  const start = attribs['text:start-value']
  const label = () =>
    counter.labelFor(Number(attribs['text:level'] ?? 1), start === undefined ? undefined : Number(start))
  for (const child of childrenOf(block))
    if (child.name === 'text:p' || child.name === 'text:h') readParagraph(child, reading, label)
}

/** A list goes on with another where it says so; one within another counts on its next level. */
function readList(block: Element, reading: Reading, outer: List | undefined): void {
  const { attribs } = block
  const style = attribs['text:style-name'] ?? outer?.style ?? ''
  const list = outer
    ? {
        counter: style === outer.style ? outer.counter : reading.counterFor(style),
        style,
        level: outer.level + 1,
      }
    : { counter: counterOf(attribs, style, reading), style, level: 1 }
  if (!outer) {
    reading.byStyle.set(style, list.counter)
    if (attribs['xml:id']) reading.byId.set(attribs['xml:id'], list.counter)
  }
  for (const item of childrenOf(block)) readItem(item, reading, list)
}

function counterOf(attribs: Element['attribs'], style: string, reading: Reading): ListCounter {
  const goesOn = attribs['text:continue-numbering'] === 'true' ? reading.byStyle.get(style) : undefined
  return reading.byId.get(attribs['text:continue-list'] ?? '') ?? goesOn ?? reading.counterFor(style)
}

/** Only the first paragraph of an item has its number. */
function readItem(item: Element, reading: Reading, list: List): void {
  const said = item.attribs['text:start-value']
  let isNumbered = item.name === 'text:list-item'
  for (const block of childrenOf(item)) {
    if (block.name !== 'text:p' && block.name !== 'text:h') {
      readBlocks([block], reading, list)
      continue
    }
    const label = isNumbered
      ? () => list.counter.labelFor(list.level, said ? Number(said) : undefined)
      : undefined
    if (readParagraph(block, reading, label ?? (() => ''))) isNumbered = false
  }
}

/** @returns whether it has any text */
function readParagraph(block: Element, reading: Reading, labelFor?: () => string): boolean {
  if (isHidden(block, reading)) return false
  const { text, boxes, breaks, isBegun } = pieceOf(block, reading)
  if (isBegun || reading.has(block, 'breakBefore') || reading.has(block, 'pageStyle')) beginPage(reading)
  readBlocks(boxes, reading)
  if (text.trim() !== '') push(withLabel((labelFor ?? (() => headingLabel(block, reading)))(), text), reading)
  const ends = breaks + (reading.has(block, 'breakAfter') ? 1 : 0)
  for (let count = 0; count < ends; count += 1) turnPage(reading)
  return text.trim() !== ''
}

function headingLabel({ name, attribs }: Element, { headings }: Reading): string {
  if (name !== 'text:h' || attribs['text:is-list-header'] === 'true') return ''
  return headings.labelFor(Number(attribs['text:outline-level'] ?? 1), undefined)
}

function readTable(table: Element, reading: Reading): void {
  if (reading.has(table, 'breakBefore') || reading.has(table, 'pageStyle')) beginPage(reading)
  for (const block of childrenOf(table)) {
    if (block.name === 'table:table-row') readRow(block, reading)
    else if (block.name === 'text:soft-page-break') turnPage(reading)
    else readTable(block, reading)
  }
}

function readRow(row: Element, reading: Reading): void {
  const cells = cellsOf(row, reading)
  const text = reading.isInline ? cells.join(' ') : rowOf(cells)
  for (const each of repeated(text, row.attribs['table:number-rows-repeated'], reading)) push(each, reading)
}

/** A cell that another covers from above stays empty; those that it covers to its right are no cells. */
function cellsOf(row: Element, reading: Reading): string[] {
  let covered = 0
  return childrenOf(row).flatMap(cell => {
    const count = cell.attribs['table:number-columns-repeated']
    if (cell.name === 'table:covered-table-cell')
      return repeated('', count, reading).flatMap(() => (covered-- > 0 ? [] : ['']))
    if (cell.name !== 'table:table-cell') return []
    covered = Number(cell.attribs['table:number-columns-spanned'] ?? 1) - 1
    return repeated(textIn(cell, reading), count, reading)
  })
}

/**
 * Text that stands in the file once and is shown several times.
 * @throws {@link ArchiveFault} for more than a document may have
 */
function repeated(text: string, said: string | undefined, { repeats }: Reading): string[] {
  const count = /^[1-9]\d{0,8}$/u.test(said ?? '') ? Number(said) : 1
  repeats.characters += (count - 1) * (text.length + 1)
  if (repeats.characters > mostRepeated) throw new ArchiveFault('too-large')
  return Array.from({ length: count }, () => text)
}

/** Paragraphs within a cell or a note, with the numbers of their lists, parted by spaces. */
function textIn(block: Element, reading: Reading): string {
  const pages: DocumentPage[] = [{ number: 1, paragraphs: [], gaps: [] }]
  readBlocks(childrenOf(block), { ...reading, pages, isInline: true })
  return pages.flatMap(({ paragraphs }) => paragraphs).join(' ')
}

const noteIn = (note: Element, reading: Reading) =>
  childrenOf(note)
    .filter(({ name }) => name === 'text:note-body')
    .map(body => textIn(body, reading))
    .join(' ')

/** The program notes a page break at a place where the style asks for one: they are one. */
function beginPage(reading: Reading): void {
  if (reading.pages.at(-1)?.paragraphs.length) turnPage(reading)
}

function turnPage({ pages }: Reading): void {
  pages.push({ number: pages.length + 1, paragraphs: [], gaps: [] })
}

function push(text: string, { pages }: Reading): void {
  const tidy = text.replaceAll(/[\s\u3000]+/gu, ' ').trim()
  if (isWritten(tidy)) pages.at(-1)?.paragraphs.push(tidy)
}
