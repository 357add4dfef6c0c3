import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { isReadable } from '../readable.ts'

/** A glyph as pdfjs names it in its list of operators. */
type Glyph = { unicode?: unknown; isSpace?: unknown }
type Operators = Awaited<ReturnType<PDFPageProxy['getOperatorList']>>
type Drawn = {
  glyphs: number
  /** Digits and Han numerals among them. */
  figures: number
  /** Glyphs that stand for no character. */
  unmapped: number
  hasDrawing: boolean
  /** Part of the page that pictures cover, at most. */
  pictured: number
}

/** Share of a page that a picture covers from which the page may be a scan with a few characters over it. */
const scanPart = 0.5
const fewCharacters = 50

const figure = /[\p{Nd}〇零一二三四五六七八九十百千万亿]/gu
const figuresIn = (text: string) => text.match(figure)?.length ?? 0

/**
 * Lays what a page draws beside the text that was got from it. Figures are counted on their own: a deadline is a
 * hundredth of a page.
 * @param text the upright text, without spaces between its pieces
 * @param rotated the other text, which has a gap of its own
 * @returns a Chinese sentence for each thing that was lost
 */
export function drawnOn(page: PDFPageProxy, operators: Operators, text: string, rotated: string): string[] {
  const drawn = countDrawn(page, operators)
  const here = `第 ${page.pageNumber} 页`
  const got = text.replaceAll(/\s/gu, '').length
  if (got === 0 && drawn.glyphs === 0) return drawn.hasDrawing ? [`${here}没有文字层，是图片或扫描件。`] : []
  if (drawn.unmapped > 0) return [`${here}有 ${drawn.unmapped} 个字认不出，它们的字体没有编码表。`]
  if (got < drawn.glyphs * 0.9) return [`${here}画了 ${drawn.glyphs} 个字，只读到 ${got} 个。`]
  if (!isReadable(text)) return [`${here}的文字是乱码，它的字体没有编码表。`]
  if (drawn.pictured > scanPart && got < fewCharacters) return [`${here}大部分是图片，图片里的字没有读。`]
  const lost = drawn.figures - figuresIn(text) - figuresIn(rotated)
  if (lost > 0) return [`${here}有 ${lost} 个数字没读到，请对着原件看日期和金额。`]
  return []
}

function countDrawn(page: PDFPageProxy, { fnArray, argsArray }: Operators): Drawn {
  const { width, height } = page.getViewport({ scale: 1 })
  const drawn: Drawn = { glyphs: 0, figures: 0, unmapped: 0, hasDrawing: false, pictured: 0 }
  const shows = new Set<number>([OPS.showText, OPS.showSpacedText])
  const paints = new Set<number>([OPS.transform, OPS.constructPath, OPS.shadingFill])
  for (const [at, operator] of fnArray.entries()) {
    if (shows.has(operator)) countGlyphs(argsArray[at], drawn)
    if (paints.has(operator) && !isBorder(operator, argsArray[at])) drawn.hasDrawing = true
    if (operator !== OPS.transform || fnArray[at + 1] !== OPS.restore) continue
    // A picture over the limit is left out of the list; the matrix that sized it stays.
    const [a = 0, b = 0, c = 0, d = 0] = argsArray[at] as number[]
    drawn.pictured += Math.abs(a * d - b * c) / (width * height)
  }
  return drawn
}

/** A path that is not painted sets the borders of what is drawn. */
const isBorder = (operator: number, args: unknown) =>
  operator === OPS.constructPath && (args as [number])[0] === OPS.endPath

function countGlyphs(args: unknown, drawn: Drawn): void {
  const [glyphs] = args as [unknown]
  if (!Array.isArray(glyphs)) return
  for (const glyph of glyphs as (Glyph | number | null)[]) {
    if (glyph === null || typeof glyph === 'number' || glyph.isSpace === true) continue
    const unicode = typeof glyph.unicode === 'string' ? glyph.unicode : ''
    if (/^\s+$/u.test(unicode)) continue
    drawn.glyphs += 1
    drawn.figures += figuresIn(unicode)
    if (unicode === '' || /[\p{Co}\p{Cc}\p{Cn}\uFFFD]/u.test(unicode)) drawn.unmapped += 1
  }
}
