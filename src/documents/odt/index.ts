import { ArchiveFault, unpack } from '../../tables/archive.ts'
import { type Element, elementsOf } from '../elements.ts'
import { loadXml } from '../markup.ts'
import { superscript } from '../superscript.ts'
import { type DocumentPage, isWritten, requireReadable, rowOf, withLabel } from '../text.ts'
import { createListCounter, type ListCounter, readListStyles } from './lists.ts'

type Reading = {
  pages: DocumentPage[]
  /** A counter of the lists of a style, from its beginning. */
  counterFor(style: string): ListCounter
  headings: ListCounter
  /** Counters of the lists read so far, by their id, and of the last list of each style. */
  byId: Map<string, ListCounter>
  byStyle: Map<string, ListCounter>
  /** Text styles that raise their digits. */
  raising: ReadonlySet<string>
  notes: string[]
}
type List = { counter: ListCounter; style: string; level: number }

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
    raising: new Set(
      elementsOf(content('style\\:style')).flatMap(style =>
        /^super/u.test(content(style).find('[style\\:text-position]').attr('style:text-position') ?? '')
          ? [style.attribs['style:name'] ?? '']
          : [],
      ),
    ),
    notes: [],
  }
  readBlocks(elementsOf(content('office\\:text').children()), reading)
  for (const note of reading.notes) push(note, reading)
  if (content('draw\\:image').length > 0) reading.pages[0]?.gaps.push('文件里有图片，图片里的字没有读。')
  requireReadable(reading.pages.length)
  return reading.pages
}

const childrenOf = ({ children }: Element) =>
  children.flatMap(child => (child.type === 'tag' ? [child as Element] : []))

function readBlocks(blocks: readonly Element[], reading: Reading, list?: List): void {
  for (const block of blocks) {
    if (block.name === 'text:p' || block.name === 'text:h') readParagraph(block, reading)
    else if (block.name === 'text:list') readList(block, reading, list)
    else if (block.name === 'table:table') readTable(block, reading)
    else if (block.name === 'text:soft-page-break') turnPage(reading)
    else if (block.name !== 'text:tracked-changes' && block.name !== 'office:forms')
      readBlocks(childrenOf(block), reading, list)
  }
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
  const { text, boxes, breaks } = pieceOf(block, reading)
  readBlocks(boxes, reading)
  if (text.trim() !== '') push(withLabel((labelFor ?? (() => headingLabel(block, reading)))(), text), reading)
  for (let count = 0; count < breaks; count += 1) turnPage(reading)
  return text.trim() !== ''
}

function headingLabel({ name, attribs }: Element, { headings }: Reading): string {
  if (name !== 'text:h' || attribs['text:is-list-header'] === 'true') return ''
  return headings.labelFor(Number(attribs['text:outline-level'] ?? 1), undefined)
}

function readTable(table: Element, reading: Reading): void {
  for (const block of childrenOf(table)) {
    if (block.name === 'table:table-row') push(rowOf(cellsOf(block, reading)), reading)
    else if (block.name === 'text:soft-page-break') turnPage(reading)
    else readTable(block, reading)
  }
}

/** A cell that another covers from above stays empty; those that it covers to its right are no cells. */
function cellsOf(row: Element, reading: Reading): string[] {
  let covered = 0
  return childrenOf(row).flatMap(cell => {
    if (cell.name === 'table:covered-table-cell') {
      covered -= 1
      return covered >= 0 ? [] : ['']
    }
    if (cell.name !== 'table:table-cell') return []
    covered = Number(cell.attribs['table:number-columns-spanned'] ?? 1) - 1
    return [textIn(cell, reading)]
  })
}

/** Paragraphs within a cell, parted by spaces. */
function textIn(block: Element, reading: Reading): string {
  return childrenOf(block)
    .map(child => {
      if (child.name !== 'text:p' && child.name !== 'text:h') return textIn(child, reading)
      const { text, boxes } = pieceOf(child, reading)
      return [text, ...boxes.map(box => textIn(box, reading))].join(' ')
    })
    .join(' ')
    .trim()
}

const dropped = new Set(['office:annotation', 'office:annotation-end', 'text:ruby-text', 'text:change'])
const inlineText: Record<string, string> = { 'text:tab': ' ', 'text:line-break': ' ', 'text:s': ' ' }

/** The text of one paragraph, the boxes that hang on it, and how many pages end in it. */
function pieceOf(block: Element, reading: Reading): { text: string; boxes: Element[]; breaks: number } {
  let text = ''
  let breaks = 0
  const boxes: Element[] = []
  const walk = (node: Element, isRaised: boolean) => {
    for (const child of node.children) {
      if (child.type === 'text')
        text +=
          isRaised && /^\d{1,2}$/u.test(child.data)
            ? superscript(child.data)
            : child.data.replaceAll(/\s+/gu, ' ')
      if (child.type !== 'tag' || dropped.has(child.name)) continue
      if (child.name === 'text:soft-page-break') breaks += 1
      if (child.name === 'draw:text-box') boxes.push(child as Element)
      else if (child.name === 'text:note') reading.notes.push(noteIn(child as Element, reading))
      else {
        text += inlineText[child.name] ?? ''
        walk(child as Element, isRaised || reading.raising.has(child.attribs['text:style-name'] ?? ''))
      }
    }
  }
  walk(block, false)
  return { text, boxes, breaks }
}

const noteIn = (note: Element, reading: Reading) =>
  childrenOf(note)
    .filter(({ name }) => name === 'text:note-body')
    .map(body => textIn(body, reading))
    .join(' ')

function turnPage({ pages }: Reading): void {
  pages.push({ number: pages.length + 1, paragraphs: [], gaps: [] })
}

function push(text: string, { pages }: Reading): void {
  const tidy = text.replaceAll(/[\s\u3000]+/gu, ' ').trim()
  if (isWritten(tidy)) pages.at(-1)?.paragraphs.push(tidy)
}
