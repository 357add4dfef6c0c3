import type { CheerioAPI } from 'cheerio'
import { unpack } from '../../tables/archive.ts'
import { type Element, elementsOf } from '../elements.ts'
import { loadXml } from '../markup.ts'
import { superscript } from '../superscript.ts'
import { type DocumentPage, isWritten, rowOf, withLabel } from '../text.ts'
import { labelsIn, stylesOf } from './labels.ts'
import { readNumbering } from './numbering.ts'
import { isShown, paragraphsByCell } from './tables.ts'

type Reading = {
  page: CheerioAPI
  /** Automatic numbers. */
  labels: ReadonlyMap<Element, string>
  pages: DocumentPage[]
}

const wanted = /^\/?word\/(?:document\d*|numbering|styles|footnotes|endnotes)\.xml$/u

/**
 * Reads a DOCX with its automatic numbers, since in a 办法 the number is the clause. Tracked deletions are left out,
 * insertions are read. Pages are those of the program that last saved it, where it noted them.
 * @throws {@link ArchiveFault}
 */
export function readDocx(bytes: Uint8Array): DocumentPage[] {
  const files = unpack(bytes, name => wanted.test(name))
  const partOf = (name: RegExp) => [...files].find(([path]) => name.test(path))?.[1]
  const page = loadXml(partOf(/document\d*\.xml$/u))
  const styles = stylesOf(partOf(/styles\.xml$/u))
  const numbering = readNumbering(partOf(/numbering\.xml$/u))
  const reading: Reading = {
    page,
    labels: labelsIn({ page, styles, numbering }),
    pages: [{ number: 1, paragraphs: [], gaps: [] }],
  }
  readBlocks(elementsOf(page('w\\:body').children()), reading)
  for (const notes of [/footnotes\.xml$/u, /endnotes\.xml$/u]) readNotes(partOf(notes), reading)
  if (page('w\\:drawing a\\:blip, w\\:pict v\\:imagedata').length > 0)
    reading.pages[0]?.gaps.push('文件里有图片，图片里的字没有读。')
  if (page('w\\:altChunk').length > 0) reading.pages[0]?.gaps.push('文件里嵌着另一个文件，没有读。')
  return reading.pages
}

function readBlocks(blocks: readonly Element[], reading: Reading): void {
  for (const block of blocks) {
    if (block.name === 'w:p') readParagraph(block, reading)
    else if (block.name === 'w:tbl') readTable(block, reading)
    else if (block.name === 'w:sdt' || block.name === 'w:sdtContent' || block.name === 'w:ins')
      readBlocks(elementsOf(reading.page(block).children()), reading)
  }
}

function readTable(table: Element, { page, pages, labels }: Reading): void {
  for (const cells of paragraphsByCell(page, table)) {
    const texts = cells.map(paragraphs =>
      paragraphs.map(each => withLabel(labels.get(each) ?? '', pieceOf(each).text)).join(' '),
    )
    push(rowOf(texts), pages)
  }
}

function readParagraph(block: Element, { page, pages, labels }: Reading): void {
  const { text, breaks } = pieceOf(block)
  for (const box of elementsOf(page(block).find('w\\:txbxContent')))
    if (isShown(page, box))
      for (const each of elementsOf(page(box).find('w\\:p'))) push(pieceOf(each).text, pages)
  if (text.trim() !== '') push(withLabel(labels.get(block) ?? '', text), pages)
  for (let count = 0; count < breaks; count += 1)
    pages.push({ number: pages.length + 1, paragraphs: [], gaps: [] })
}

function push(text: string, pages: DocumentPage[]): void {
  const tidy = text.replaceAll(/[\s\u3000]+/gu, ' ').trim()
  if (isWritten(tidy)) pages.at(-1)?.paragraphs.push(tidy)
}

const dropped = new Set([
  'w:del',
  'w:moveFrom',
  'w:txbxContent',
  'mc:Fallback',
  'w:pPr',
  'w:rPr',
  'w:instrText',
])
const inlineText: Record<string, string> = { 'w:tab': ' ', 'w:br': ' ', 'w:cr': ' ', 'w:noBreakHyphen': '-' }

/** 「m²」 and powers of ten are often digits that Word raises. */
const isRaised = ({ parent, children: [first] }: Element) =>
  first?.type === 'text' &&
  /^\d{1,2}$/u.test(first.data) &&
  parent?.type === 'tag' &&
  parent.children.some(
    each =>
      each.type === 'tag' &&
      each.name === 'w:rPr' &&
      each.children.some(property => property.type === 'tag' && property.attribs['w:val'] === 'superscript'),
  )

/** The text of one paragraph, and how many pages end in it. */
function pieceOf(block: Element): { text: string; breaks: number } {
  let text = ''
  let breaks = 0
  const walk = (node: Element['children'][number]) => {
    if (node.type !== 'tag' || dropped.has(node.name)) return
    if (node.name === 'w:lastRenderedPageBreak' || node.attribs['w:type'] === 'page') breaks += 1
    if (node.name === 'w:t') {
      for (const child of node.children)
        if (child.type === 'text') text += isRaised(node) ? superscript(child.data) : child.data
    } else {
      text += inlineText[node.name] ?? ''
      for (const child of node.children) walk(child)
    }
  }
  for (const child of block.children) walk(child)
  return { text, breaks }
}

function readNotes(xml: Uint8Array | undefined, { pages }: Reading): void {
  const page = loadXml(xml)
  for (const note of elementsOf(page('w\\:footnote, w\\:endnote')))
    for (const each of elementsOf(page(note).find('w\\:p'))) push(pieceOf(each).text, pages)
}
