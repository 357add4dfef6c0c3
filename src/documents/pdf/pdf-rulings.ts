import { OPS, Util } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Ruling } from '../layout/grid.ts'

type Operators = { fnArray: readonly number[]; argsArray: readonly unknown[] }
type Matrix = number[]
type Point = readonly [number, number]

const strokes = new Set<number>([
  OPS.stroke,
  OPS.closeStroke,
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
])
const fills = new Set<number>([OPS.fill, OPS.eoFill])
/** As pdfjs writes paths down. */
const path = { move: 0, line: 1, curve: 2, quadratic: 3, close: 4 } as const
const thickest = 3
const shortest = 6

/**
 * The lines across and down that a page draws: strokes, and filled rectangles as thin as a line.
 * @param transform from the page to the picture, whose y grows downwards
 */
export function rulingsIn({ fnArray, argsArray }: Operators, transform: Matrix): Ruling[] {
  const found: Ruling[] = []
  let matrix = transform
  const saved: Matrix[] = []
  for (const [at, operator] of fnArray.entries()) {
    const args = argsArray[at]
    if (operator === OPS.save) saved.push(matrix)
    else if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd)
      matrix = saved.pop() ?? transform
    else if (operator === OPS.transform) matrix = Util.transform(matrix, args as Matrix) as Matrix
    else if (operator === OPS.paintFormXObjectBegin) {
      saved.push(matrix)
      const [own] = args as [Matrix | null]
      if (own) matrix = Util.transform(matrix, own) as Matrix
    } else if (operator === OPS.constructPath) found.push(...drawnBy(args, matrix))
  }
  return found
}

function drawnBy(args: unknown, matrix: Matrix): Ruling[] {
  const [operator, [data]] = args as [number, [ArrayLike<number> | null]]
  if (!data || !(strokes.has(operator) || fills.has(operator))) return []
  const shapes = shapesIn(data).map(points => points.map(point => placed(point, matrix)))
  if (fills.has(operator)) return shapes.flatMap(points => thinRectangle(points))
  return shapes.flatMap(points =>
    points.slice(1).flatMap((point, at) => lineBetween(points[at] ?? point, point)),
  )
}

function placed([x, y]: Point, [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix): Point {
  return [a * x + c * y + e, b * x + d * y + f]
}

/** The corners of each part of a path; none of one with curves. */
function shapesIn(data: ArrayLike<number>): Point[][] {
  const shapes: Point[][] = []
  for (let at = 0; at < data.length; ) {
    const step = data[at]
    const point = [data[at + 1] ?? 0, data[at + 2] ?? 0] as const
    const shape = shapes.at(-1)
    const [first] = shape ?? []
    if (step === path.move) shapes.push([point])
    else if (step === path.line) shape?.push(point)
    else if (step === path.close && first) shape?.push(first)
    else return []
    at += step === path.close ? 1 : 3
  }
  return shapes
}

function thinRectangle(points: readonly Point[]): Ruling[] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const [width, height] = [right - left, bottom - top]
  if (height < thickest && width >= height)
    return [{ isAcross: true, place: (top + bottom) / 2, from: left, to: right }]
  if (width < thickest) return [{ isAcross: false, place: (left + right) / 2, from: top, to: bottom }]
  return []
}

function lineBetween([x1, y1]: Point, [x2, y2]: Point): Ruling[] {
  const [width, height] = [Math.abs(x1 - x2), Math.abs(y1 - y2)]
  if (height < 0.5 && width > shortest)
    return [{ isAcross: true, place: y1, from: Math.min(x1, x2), to: Math.max(x1, x2) }]
  if (width < 0.5 && height > shortest)
    return [{ isAcross: false, place: x1, from: Math.min(y1, y2), to: Math.max(y1, y2) }]
  return []
}
