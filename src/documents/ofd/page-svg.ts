import type { CheerioAPI } from 'cheerio'
import { escapeXml } from '../../text/pages/xml-text.ts'
import { type Element, elementsOf } from '../elements.ts'
import { colourOf } from './colours.ts'
import { boxOf, openOfd } from './file.ts'
import { pathData } from './paths.ts'
import { defaultSizeMm, deltasIn, local, numbersIn } from './values.ts'

/** A4, for pages that say no size. */
const usualMm = { width: 210, height: 297 }
/** Larger lengths are no part of a sheet; in millimetres. */
const mostMm = 10_000
/** A dense table has some 3,000 objects. */
const mostObjects = 20_000
/** A sheet of a newspaper has some 15,000; 75,000 take the renderer 16 s on a busy machine. */
const mostCharacters = 30_000
/** In characters of SVG. */
const longestSvg = 2_000_000
const defaultLineMm = 0.353

/** A page as it is drawn, and its size. */
export type DrawnPage = { svg: string; widthMm: number; heightMm: number }

/**
 * Draws one page of an OFD from its texts, lines and filled shapes, with the templates below and above it. A picture is
 * an empty frame; stamps of signatures and shadings are left out. All text is in the type of the renderer.
 * @param number from 1
 * @returns undefined where the file has no such page, or one with more on it than pages have
 * @throws {@link ArchiveFault}; {@link Refusal} for more than 500 pages
 */
export function drawOfdPage(bytes: Uint8Array, number: number): DrawnPage | undefined {
  const found = openOfd(bytes)[number - 1]
  const page = found?.open()
  if (!found || !page) return undefined
  const [, , width = Number.NaN, height = Number.NaN] = boxOf(page, found.area)
  const isSized = isLength(width) && isLength(height) && width > 0 && height > 0
  const size = isSized ? { width, height } : usualMm
  const templates = elementsOf(page(local('Template'))).map(({ attribs }) => ({
    isAbove: attribs.ZOrder === 'Foreground',
    part: found.template(attribs.TemplateID),
  }))
  const layers = [
    ...templates.filter(({ isAbove }) => !isAbove).map(({ part }) => part),
    page,
    ...templates.filter(({ isAbove }) => isAbove).map(({ part }) => part),
  ]
  const drawn = drawLayers(layers.filter(part => part !== undefined))
  if (drawn === undefined) return undefined
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}"><rect width="100%" height="100%" fill="#fff"/>${drawn}</svg>`,
    widthMm: size.width,
    heightMm: size.height,
  }
}

const isLength = (value: number) => Number.isFinite(value) && Math.abs(value) <= mostMm

const objects = ['TextObject', 'PathObject', 'ImageObject', 'CompositeObject'].map(local).join(', ')

/** @returns undefined for more than a page has */
function drawLayers(layers: readonly CheerioAPI[]): string | undefined {
  const found = layers.flatMap(page => elementsOf(page(objects)).map(each => ({ page, each })))
  const characters = layers.reduce((sum, page) => sum + page(local('TextCode')).text().length, 0)
  if (found.length > mostObjects || characters > mostCharacters) return undefined
  let svg = ''
  for (const { page, each } of found) {
    svg += drawObject(page, each)
    if (svg.length > longestSvg) return undefined
  }
  return svg
}

/** @returns empty for an object that is hidden or has no place */
function drawObject(page: CheerioAPI, object: Element): string {
  const { Boundary, CTM, Visible } = object.attribs
  const [left = 0, top = 0, width = 0, height = 0] = numbersIn(Boundary)
  const matrix = CTM ? numbersIn(CTM) : [1, 0, 0, 1, 0, 0]
  if (Visible === 'false' || matrix.length !== 6) return ''
  if (![left, top, width, height, ...matrix].every(isLength)) return ''
  const name = object.name.replace(/^.*:/u, '')
  if (name === 'ImageObject' || name === 'CompositeObject')
    return `<rect x="${left}" y="${top}" width="${Math.abs(width)}" height="${Math.abs(height)}" fill="none" stroke="#999" stroke-width="0.3"/>`
  const inside = name === 'PathObject' ? drawPath(page, object) : drawText(page, object)
  return inside && `<g transform="translate(${left} ${top}) matrix(${matrix.join(' ')})">${inside}</g>`
}

const black = { fill: '#000', opacity: 1 }

/** A path is stroked unless it says otherwise, and filled only where it says so. */
function drawPath(page: CheerioAPI, object: Element): string {
  const path = pathData(page(object).children(local('AbbreviatedData')).first().text(), isLength)
  if (path === '') return ''
  const { Stroke, Fill, LineWidth, Rule } = object.attribs
  const line = Number(LineWidth ?? defaultLineMm)
  const stroke = Stroke === 'false' ? undefined : colourOf(page, object, 'StrokeColor', black)
  const fill = Fill === 'true' ? colourOf(page, object, 'FillColor', undefined) : undefined
  if (!stroke && !fill) return ''
  const filled = fill ? `fill="${fill.fill}" fill-opacity="${fill.opacity}"` : 'fill="none"'
  const stroked = stroke
    ? ` stroke="${stroke.fill}" stroke-opacity="${stroke.opacity}" stroke-width="${isLength(line) && line >= 0 ? line : defaultLineMm}"`
    : ''
  return `<path d="${path}" ${filled}${stroked}${Rule === 'Even-Odd' ? ' fill-rule="evenodd"' : ''}/>`
}

function drawText(page: CheerioAPI, object: Element): string {
  const colour = object.attribs.Fill === 'false' ? undefined : colourOf(page, object, 'FillColor', black)
  const size = Number(object.attribs.Size ?? defaultSizeMm)
  if (!colour || colour.opacity === 0 || !isLength(size) || size <= 0) return ''
  const weight = Number(object.attribs.Weight ?? 400) >= 600 ? 700 : 400
  const look = `font-size="${size}" font-weight="${weight}" fill="${colour.fill}" fill-opacity="${colour.opacity}" xml:space="preserve"`
  let place = { x: 0, y: 0 }
  return elementsOf(page(object).children(local('TextCode')))
    .map(code => {
      const { X, Y, DeltaX, DeltaY } = code.attribs
      // A piece that says no place starts where the one before it did.
      place = { x: Number(X ?? place.x), y: Number(Y ?? place.y) }
      const text = page(code).text()
      const steps = [...text].length - 1
      const xs = places(place.x, deltasIn(DeltaX, steps))
      const ys = places(place.y, deltasIn(DeltaY, steps))
      if (text.trim() === '' || ![...xs, ...ys].every(isLength)) return ''
      return `<text x="${xs.join(' ')}" y="${ys.join(' ')}" ${look}>${escapeXml(text)}</text>`
    })
    .join('')
}

/** Where each character stands: the first, and the others by their steps. */
function places(first: number, steps: readonly number[]): number[] {
  let at = first
  return [first, ...steps.map(step => (at += step))].map(value => Math.round(value * 1000) / 1000)
}
