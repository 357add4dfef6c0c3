import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getDocument, type PDFDocumentProxy, type PDFPageProxy, Util } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { Refusal } from '../feature.ts'
import { type PageItems, paragraphsOf, type TextItem } from './layout.ts'
import { drawnOn } from './pdf-drawn.ts'
import type { DocumentPage } from './text.ts'

const mostPages = 500
/** What of a page may be rotated without being named: a stamp, a watermark. */
const mostRotated = 20

const home = dirname(dirname(dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs')))))

/**
 * Reads the text layer of a PDF. Fonts of Chinese offices name their characters by a map that stands in files: as a
 * folder's path, since with an address pdfjs finds none of them and gives an empty text without an error.
 * @throws {@link Refusal} for an encrypted or broken file, and for more than 500 pages
 */
export async function readPdf(bytes: Uint8Array): Promise<DocumentPage[]> {
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: join(home, 'cmaps') + sep,
    cMapPacked: true,
    standardFontDataUrl: join(home, 'standard_fonts') + sep,
    useSystemFonts: false,
    disableFontFace: true,
    fontExtraProperties: true,
    isEvalSupported: false,
    // Pictures are not looked at: they are only measured.
    maxImageSize: 1,
    verbosity: 0,
  })
  try {
    const file = await task.promise
    if (file.numPages > mostPages)
      throw new Refusal(`这个文件有 ${file.numPages} 页，最多读 ${mostPages} 页。请拆开再传。`)
    return await readPages(file)
  } catch (cause) {
    throw refusalFor(cause)
  } finally {
    await task.destroy()
  }
}

function refusalFor(cause: unknown): unknown {
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'PasswordException') return new Refusal('这个文件加了密码。请去掉密码，另存一份再传。')
  if (/^(?:InvalidPDF|MissingPDF|UnexpectedResponse|Format)/u.test(name))
    return new Refusal('这个 PDF 打不开，可能没有传完。请重新下载或另存一份再传。')
  return cause
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
  let rotated = 0
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue
    const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = Util.transform(transform, item.transform) as number[]
    const size = Math.hypot(c, d)
    if (Math.abs(b) > 0.1 * Math.hypot(a, b)) rotated += item.str.length
    else upright.push({ text: item.str, x, y, width: item.width, size })
  }
  const gaps = await drawnOn(page, upright.map(({ text }) => text).join(''))
  if (rotated > mostRotated) gaps.push(`第 ${number} 页有竖放或斜放的文字，没有读。`)
  page.cleanup()
  return { number, height, items: upright, gaps }
}
