import { fileURLToPath } from 'node:url'
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { withPdf } from './pdf-file.ts'

/** A sheet of A4 is drawn some 1,000 pixels wide. */
const widthPx = 1000
/** Size limit of one picture in the file, in pixels: a scan of A4 at 600 dpi has 35 million. */
const maxImageSize = 40_000_000
/** Wide enough for any sheet, low enough for a hostile one. */
const mostHeightPx = 3000

/** The used part of the canvas that pdfjs chooses in Node. */
type Canvas = { toBuffer(type: 'image/png'): Uint8Array }
type Drawable = Parameters<PDFPageProxy['render']>[0]['canvas']
type CanvasFactory = { create(width: number, height: number): { canvas: Canvas } }

/**
 * Draws one page of a PDF.
 * @param number from 1
 * @returns a PNG; undefined where the file has no such page or this machine cannot draw
 */
export async function pagePicture(bytes: Uint8Array, number: number): Promise<Uint8Array | undefined> {
  if (!(await prepareCanvas())) return undefined
  return withPdf(bytes, { maxImageSize }, async file => {
    if (number < 1 || number > file.numPages) return undefined
    const page = await file.getPage(number)
    const { width, height } = page.getViewport({ scale: 1 })
    const scale = Math.min(widthPx / width, mostHeightPx / height)
    const viewport = page.getViewport({ scale })
    const factory = file.canvasFactory as CanvasFactory
    const { canvas } = factory.create(Math.ceil(viewport.width), Math.ceil(viewport.height))
    await page.render({ canvas: canvas as unknown as Drawable, viewport }).promise
    return canvas.toBuffer('image/png')
  })
}

const fontFile = () =>
  fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'))

/** Names that pdfjs gives to fonts that are not in the file. */
const fallbacks = ['sans-serif', 'serif', 'monospace']
let isPrepared: Promise<boolean> | undefined

/** The canvas comes with pdfjs where there is one for the platform. Offices leave their fonts out of files. */
function prepareCanvas(): Promise<boolean> {
  isPrepared ??= import('@napi-rs/canvas').then(
    ({ GlobalFonts }) => {
      for (const family of fallbacks) GlobalFonts.registerFromPath(fontFile(), family)
      return true
    },
    () => false,
  )
  return isPrepared
}
