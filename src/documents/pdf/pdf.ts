import { type PDFDocumentProxy, type PDFPageProxy, Util } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PageItems } from '../layout/lines.ts'
import { paragraphsOf } from '../layout/paragraphs.ts'
import type { TextItem } from '../layout/rows.ts'
import { type DocumentPage, requireReadable } from '../text.ts'
import { drawnOn } from './pdf-drawn.ts'
import { withPdf } from './pdf-file.ts'
import { rulingsIn } from './pdf-rulings.ts'

/** Rotated characters of a page that need no gap note: a stamp, a watermark. */
const mostRotated = 20

/**
 * Reads the text layer of a PDF.
 * @throws {@link Refusal} for an encrypted or broken file, and for more than 500 pages
 */
export function readPdf(bytes: Uint8Array): Promise<DocumentPage[]> {
  // Pictures are not looked at: they are only measured.
  return withPdf(bytes, { maxImageSize: 1 }, async file => {
    requireReadable(file.numPages)
    return readPages(file)
  })
}

async function readPages(file: PDFDocumentProxy): Promise<DocumentPage[]> {
  const pages: (PageItems & { gaps: string[] })[] = []
  for (let number = 1; number <= file.numPages; number += 1)
    pages.push(await readPage(await file.getPage(number)))
  const paragraphs = paragraphsOf(pages)
  return pages.map(({ number, gaps }, at) => ({ number, gaps, paragraphs: paragraphs[at] ?? [] }))
}

async function readPage(page: PDFPageProxy): Promise<PageItems & { gaps: string[] }> {
  const number = page.pageNumber
  const { height, transform } = page.getViewport({ scale: 1 })
  const { items } = await page.getTextContent()
  const upright: TextItem[] = []
  let rotated = ''
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue
    const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = Util.transform(transform, item.transform) as number[]
    const size = Math.hypot(c, d)
    if (Math.abs(b) > 0.1 * Math.hypot(a, b)) rotated += item.str
    else upright.push({ text: item.str, x, y, width: item.width, size })
  }
  const operators = await page.getOperatorList()
  const gaps = drawnOn(page, operators, upright.map(({ text }) => text).join(''), rotated)
  if (rotated.length > mostRotated) gaps.push(`第 ${number} 页有竖放或斜放的文字，没有读。`)
  page.cleanup()
  return { number, height, items: upright, rulings: rulingsIn(operators, transform), gaps }
}
