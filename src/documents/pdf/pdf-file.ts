import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { Refusal } from '../../feature.ts'
import { refuseBombs } from './pdf-streams.ts'

const home = dirname(dirname(dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs')))))

/**
 * Opens a PDF, uses it and closes it. Fonts of Chinese offices name their characters by a map that stands in files:
 * as a folder's path, since with an address pdfjs finds none of them and gives an empty text without an error.
 * @throws {@link Refusal} for an encrypted or broken file and one that unpacks to too much, and what `use` throws
 */
export async function withPdf<T>(
  bytes: Uint8Array,
  options: { maxImageSize: number },
  use: (file: PDFDocumentProxy) => Promise<T>,
): Promise<T> {
  refuseBombs(bytes)
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: join(home, 'cmaps') + sep,
    cMapPacked: true,
    standardFontDataUrl: join(home, 'standard_fonts') + sep,
    useSystemFonts: false,
    disableFontFace: true,
    fontExtraProperties: true,
    isEvalSupported: false,
    verbosity: 0,
    ...options,
  })
  try {
    return await use(await task.promise)
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
