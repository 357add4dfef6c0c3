import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { paragraphsOf } from '../layout/paragraphs.ts'
import type { TextItem } from '../layout/rows.ts'
import type { DocumentPage } from '../text.ts'
import { ocrPackage } from './ocr-package.ts'
import { pagePicture } from './picture.ts'

/** One page takes 2 s, and 20 s on a busy machine. */
const mostRecognized = 15

type OcrLine = { text: string; box?: readonly (readonly number[])[] }
type Ocr = { detect(imagePath: string): Promise<OcrLine[]> }
/** Gives the reader of pictures; undefined where none is installed. */
type LoadOcr = () => Promise<Ocr | undefined>

const isScan = ({ paragraphs, gaps }: DocumentPage) =>
  paragraphs.length === 0 && gaps.some(gap => gap.includes('没有文字层'))

/**
 * Reads the pages of a PDF that are pictures, where a reader of pictures is installed. What it reads is marked: its
 * figures are not to be trusted.
 */
export async function recognizeScans(
  bytes: Uint8Array,
  pages: readonly DocumentPage[],
  load: LoadOcr = loadOcr,
): Promise<DocumentPage[]> {
  const scans = pages.filter(isScan).slice(0, mostRecognized)
  const ocr = scans.length > 0 ? await load() : undefined
  if (!ocr) return [...pages]
  const read: DocumentPage[] = []
  for (const page of pages) read.push(scans.includes(page) ? await recognizePage(bytes, page, ocr) : page)
  return read
}

async function recognizePage(bytes: Uint8Array, page: DocumentPage, ocr: Ocr): Promise<DocumentPage> {
  const picture = await pagePicture(bytes, page.number)
  if (!picture) return page
  const folder = await mkdtemp(join(tmpdir(), 'chuangke-scan-'))
  try {
    const file = join(folder, 'page.png')
    await writeFile(file, picture, { mode: 0o600 })
    const lines = await ocr.detect(file).catch(() => [])
    const [paragraphs = []] = paragraphsOf([
      { number: page.number, height: heightOf(picture), items: lines.map(itemOf) },
    ])
    if (paragraphs.length === 0)
      return { ...page, gaps: [`第 ${page.number} 页是扫描件，装着的文字识别没认出字来。`] }
    const gap = `第 ${page.number} 页是扫描件，文字是从图片里认出来的，数字要对着原件重打。`
    return { number: page.number, paragraphs, gaps: [gap], isRecognized: true }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Lines without a place stand one below the other. */
function itemOf({ text, box }: OcrLine, at: number): TextItem {
  const xs = box?.map(([x = 0]) => x) ?? [0]
  const ys = box?.map(([, y = 0]) => y) ?? [at * 40]
  const [x, y] = [Math.min(...xs), Math.max(...ys)]
  const size = box ? Math.max(1, y - Math.min(...ys)) : 20
  return { text, x, y, width: box ? Math.max(...xs) - x : size * [...text].length, size }
}

/** Height of a PNG in pixels. */
const heightOf = (picture: Uint8Array) => new DataView(picture.buffer, picture.byteOffset).getUint32(20)

async function loadOcr(): Promise<Ocr | undefined> {
  try {
    // The name is no literal: the package is not among our dependencies.
    const name: string = ocrPackage
    const { default: reader } = (await import(name)) as { default: { create(): Promise<Ocr> } }
    return await reader.create()
  } catch {
    return undefined
  }
}
