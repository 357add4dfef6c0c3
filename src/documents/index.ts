import { Refusal } from '../feature.ts'
import { textOfFile } from '../lib/character-sets.ts'
import { ArchiveFault } from '../tables/archive.ts'
import { readDoc } from './doc/index.ts'
import { readDocx } from './docx/index.ts'
import { readHtml } from './html/index.ts'
import { documentKindOf } from './kind.ts'
import { readMarkdown } from './markdown/index.ts'
import { readOdt } from './odt/index.ts'
import { readOfd } from './ofd/index.ts'
import { ocrInstallation } from './pdf/ocr-package.ts'
import { readPdf } from './pdf/pdf.ts'
import { recognizeScans } from './pdf/recognition.ts'
import { readText } from './plain.ts'
import { secrecyMark } from './secrecy.ts'
import { type ParsedDocument, parseDocument } from './structure/index.ts'
import { type DocumentKind, type DocumentPage, type DocumentText, requireReadable } from './text.ts'

/** Five hundred pages have some 750,000. */
const mostCharacters = 1_000_000
const tooLong = '这个文件超过 100 万字，没有读。请拆开再传。'

const readers: Record<DocumentKind, (bytes: Uint8Array) => DocumentPage[] | Promise<DocumentPage[]>> = {
  pdf: async bytes => recognizeScans(bytes, await readPdf(bytes)),
  docx: readDocx,
  doc: readDoc,
  odt: readOdt,
  ofd: readOfd,
  html: bytes => readHtml(textOf(bytes)),
  md: bytes => readMarkdown(textOf(bytes)),
  txt: bytes => readText(textOf(bytes)),
}

function textOf(bytes: Uint8Array): string {
  const text = textOfFile(bytes)
  if (text === undefined)
    throw new Refusal('认不出这个文件。可以传 PDF、Word（.docx、.doc）、ODT、OFD、网页、文本或 Markdown。')
  // A program that prints ends each page with a form feed, the last one too.
  requireReadable(text.trimEnd().split('\f').length)
  return text
}

/**
 * Reads a document by what is in the file, whatever it is called; only Markdown goes by its name. What could not be
 * read of a page is named in its gaps.
 * @throws {@link Refusal} in Chinese: secret, encrypted, broken, too large, a scan, or empty
 */
export async function readDocument(bytes: Uint8Array, fileName: string): Promise<DocumentText> {
  const kind = documentKindOf(bytes, fileName)
  const pages = await read(kind, bytes)
  if (pages.every(({ paragraphs }) => paragraphs.length === 0)) throw new Refusal(emptyOf(pages))
  const length = pages.flatMap(({ paragraphs }) => paragraphs).reduce((sum, { length }) => sum + length, 0)
  if (length > mostCharacters) throw new Refusal(tooLong)
  const mark = secrecyMark(pages)
  if (mark) throw new Refusal(`文件头上标着「${mark}」，不能放进这里，没有保存。请联系发文单位。`)
  return { kind, pages }
}

/**
 * Reads a document with its head, clauses and validity.
 * @throws {@link Refusal} as {@link readDocument} does
 */
export async function readStructure(
  bytes: Uint8Array,
  fileName: string,
): Promise<{ text: DocumentText; document: ParsedDocument }> {
  const text = await readDocument(bytes, fileName)
  return { text, document: parseDocument(text) }
}

async function read(kind: DocumentKind, bytes: Uint8Array): Promise<DocumentPage[]> {
  try {
    return await readers[kind](bytes)
  } catch (cause) {
    if (cause instanceof ArchiveFault) throw new Refusal(archiveFaults[cause.kind])
    throw cause
  }
}

const archiveFaults = {
  broken: '这个文件打不开，可能没有传完。请重新下载或另存一份再传。',
  'too-large': '这个文件展开后太大，没有读。请另存一份，去掉大图再传。',
  locked: '这个文件加了密码。请去掉密码，另存一份再传。',
}

function emptyOf(pages: readonly DocumentPage[]): string {
  const gaps = pages.flatMap(page => page.gaps)
  if (gaps.some(gap => gap.includes('没有文字层')))
    return `这是扫描件，没有文字层，读不出字。请传文字版（Word、OFD 或能选中文字的 PDF），或者请管机器的人装上文字识别（${ocrInstallation}）再传。`
  return gaps[0] ? `这个文件读不出文字：${gaps[0]}请传 Word 版。` : '这个文件里没有文字。请另选一个。'
}
