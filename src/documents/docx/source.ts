import type { CheerioAPI } from 'cheerio'
import { unpack } from '../../tables/archive.ts'
import { type Element, elementsOf } from '../elements.ts'
import { loadXml } from '../markup.ts'
import { withLabel } from '../text.ts'
import { labelsIn, stylesOf } from './labels.ts'
import { readNumbering } from './numbering.ts'
import { isShown, paragraphsByCell } from './tables.ts'

type SourcePiece = { text: string; isBold: boolean; isDeleted: boolean }
type SourceParagraph = {
  kind: 'paragraph'
  align: 'start' | 'center' | 'end'
  /** The automatic number; empty where there is none. */
  number: string
  pieces: SourcePiece[]
}

/** A paragraph or a table of a file, as it stands there, and the page on which it begins, from 1. */
export type SourceBlock = { page: number } & (SourceParagraph | { kind: 'table'; rows: string[][] })

type Reading = {
  page: CheerioAPI
  labels: ReadonlyMap<Element, string>
  blocks: SourceBlock[]
  number: number
}

const wanted = /^\/?word\/(?:document\d*|numbering|styles)\.xml$/u

/**
 * The paragraphs and tables of a DOCX in their order, for a person to compare with what was read from it: deletions,
 * empty paragraphs and text boxes too. The reader of passages has no part in it but for the automatic numbers.
 * @throws {@link ArchiveFault}
 */
export function wordSource(bytes: Uint8Array): SourceBlock[] {
  const files = unpack(bytes, name => wanted.test(name))
  const partOf = (name: RegExp) => [...files].find(([path]) => name.test(path))?.[1]
  const page = loadXml(partOf(/document\d*\.xml$/u))
  const styles = stylesOf(partOf(/styles\.xml$/u))
  const numbering = readNumbering(partOf(/numbering\.xml$/u))
  const labels = labelsIn({ page, styles, numbering })
  const reading: Reading = { page, labels, blocks: [], number: 1 }
  for (const block of elementsOf(page('w\\:body w\\:p, w\\:body w\\:tbl'))) addBlock(block, reading)
  return reading.blocks
}

function addBlock(block: Element, reading: Reading): void {
  const { page, blocks, labels } = reading
  const found = page(block)
  if (found.parents('w\\:tbl').length > 0 || !isShown(page, block)) return
  if (block.name === 'w:tbl') {
    const rows = paragraphsByCell(page, block).map(cells =>
      cells.map(paragraphs => paragraphs.map(each => textIn(each, reading)).join('\n')),
    )
    blocks.push({ page: reading.number, kind: 'table', rows })
    return
  }
  const pieces = elementsOf(found.find('w\\:r'))
    .filter(run => page(run).closest('w\\:p')[0] === block)
    .map(run => pieceOf(page, run))
    .filter(({ text }) => text !== '')
  const hasText = pieces.some(({ text, isDeleted }) => !isDeleted && text.trim() !== '')
  const number = hasText ? (labels.get(block) ?? '') : ''
  blocks.push({ page: reading.number, kind: 'paragraph', align: alignOf(page, block), number, pieces })
  reading.number += found.find('w\\:lastRenderedPageBreak, w\\:br[w\\:type="page"]').length
}

const aligns: Readonly<Record<string, SourceParagraph['align']>> = {
  center: 'center',
  right: 'end',
  end: 'end',
}
const alignOf = (page: CheerioAPI, block: Element) =>
  aligns[page(block).children('w\\:pPr').children('w\\:jc').attr('w:val') ?? ''] ?? 'start'

function pieceOf(page: CheerioAPI, run: Element): SourcePiece {
  const bold = page(run).children('w\\:rPr').children('w\\:b')
  return {
    text: textOf(page, run),
    isBold: bold.length > 0 && !/^(?:0|false|off)$/u.test(bold.attr('w:val') ?? ''),
    isDeleted: page(run).closest('w\\:del, w\\:moveFrom').length > 0,
  }
}

function textOf(page: CheerioAPI, run: Element): string {
  return elementsOf(page(run).children())
    .map(each => {
      if (each.name === 'w:t' || each.name === 'w:delText') return page(each).text()
      if (each.name === 'w:drawing' || each.name === 'w:pict') return '〔图〕'
      return each.name === 'w:tab' || each.name === 'w:br' ? ' ' : ''
    })
    .join('')
}

function textIn(paragraph: Element, { page, labels }: Reading): string {
  const words = elementsOf(page(paragraph).find('w\\:t'))
    .filter(each => page(each).closest('w\\:p')[0] === paragraph)
    .map(each => page(each).text())
  return withLabel(labels.get(paragraph) ?? '', words.join(''))
}
