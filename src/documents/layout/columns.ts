import { rowsOfItems, type TextItem } from './rows.ts'

/** Left and right border of a column, in the page's unit. */
export type ColumnBorders = { left: number; right: number }
/** Text that is read from its top to its bottom before the next block; `frame` is undefined outside columns. */
export type TextBlock = { items: TextItem[]; frame: ColumnBorders | undefined }

/** Text without a gap, within one line. Lengths in the page's unit. */
type Segment = { items: TextItem[]; x: number; end: number; y: number; size: number }

/** Narrowest gap between two columns, in units of the character size, as the next three. */
const gutter = 1.2
/** A line that ends this near to the right border is full. */
const fullSlack = 2
/** Shorter lines may be headings, and tell no borders. */
const narrowest = 10
/** A line that begins this near to the left border begins at it; new paragraphs are indented by two characters. */
const mostIndent = 3
/** Largest share of the lines that may stand across both columns. */
const mostAcross = 0.3
/** Fewest lines of a column that fill it, and their least share of its lines; cells of a table seldom do. */
const fewestFull = { lines: 3, share: 0.15 }

/**
 * Parts a page of two columns into blocks in reading order: what stands across both, then the left column down to the
 * next such line, then the right one. A page of one column is one block.
 */
export function blocksOf(items: readonly TextItem[]): TextBlock[] {
  const segments = segmentsOf(items)
  const parted = partedBy(segments)
  if (!parted) return [{ items: [...items], frame: undefined }]
  const { at, left, right } = parted
  const blocks: TextBlock[] = []
  const across = segments.filter(segment => isAcross(segment, at)).toSorted((a, b) => a.y - b.y)
  let from = Number.NEGATIVE_INFINITY
  for (const line of [...across, undefined]) {
    const until = line?.y ?? Number.POSITIVE_INFINITY
    for (const side of [left, right]) {
      const own = side.segments.filter(({ y }) => y >= from && y < until)
      if (own.length > 0) blocks.push({ items: own.flatMap(({ items }) => items), frame: side.frame })
    }
    if (line) blocks.push({ items: line.items, frame: undefined })
    from = until
  }
  return joined(blocks)
}

/** Lines across the columns that follow each other are one block. */
function joined(blocks: readonly TextBlock[]): TextBlock[] {
  const found: TextBlock[] = []
  for (const block of blocks) {
    const last = found.at(-1)
    if (last && !last.frame && !block.frame) last.items.push(...block.items)
    else found.push(block)
  }
  return found
}

function segmentsOf(items: readonly TextItem[]): Segment[] {
  return rowsOfItems(items).flatMap(row => {
    const segments: Segment[] = []
    for (const item of row) {
      const last = segments.at(-1)
      if (last && item.x - last.end < gutter * item.size) {
        last.items.push(item)
        last.end = Math.max(last.end, item.x + item.width)
      } else segments.push({ items: [item], x: item.x, end: item.x + item.width, y: item.y, size: item.size })
    }
    return segments
  })
}

const isAcross = ({ x, end }: Segment, at: number) => x < at && end > at

type Side = { segments: Segment[]; frame: ColumnBorders }

/** The left border of the right column and both columns; undefined for a page of one column. */
function partedBy(segments: readonly Segment[]): { at: number; left: Side; right: Side } | undefined {
  const from = Math.min(...segments.map(({ x }) => x))
  const width = Math.max(...segments.map(({ end }) => end)) - from
  const starts = new Set(
    segments
      .filter(({ x }) => x > from + 0.3 * width && x < from + 0.7 * width)
      .map(({ x, size }) => x - 0.3 * size),
  )
  for (const at of [...starts].toSorted((a, b) => a - b)) {
    const left = sideOf(segments.filter(({ end }) => end <= at))
    const right = sideOf(segments.filter(({ x }) => x >= at))
    const across = segments.filter(segment => isAcross(segment, at)).length
    const isParted = across <= mostAcross * segments.length
    if (isParted && isColumn(left) && isColumn(right) && isApart(left, at)) return { at, left, right }
  }
  return undefined
}

const isWide = ({ x, end, size }: Segment) => end - x > narrowest * size

/** A column by its wide lines: a page number may stand beyond the border. */
function sideOf(segments: Segment[]): Side {
  const wide = segments.filter(isWide)
  const left = Math.min(...wide.map(({ x }) => x))
  return { segments, frame: { left, right: Math.max(...wide.map(({ end }) => end)) } }
}

/** Running text: several lines, no gaps within them, many of them full. */
function isColumn({ segments, frame }: Side): boolean {
  const size = segments[0]?.size ?? 1
  const lines = new Set(segments.map(({ y }) => Math.round(y / (0.5 * size)))).size
  const full = segments.filter(
    segment =>
      isWide(segment) &&
      segment.end > frame.right - fullSlack * size &&
      segment.x < frame.left + mostIndent * size,
  ).length
  const isRunning = full >= fewestFull.lines && full >= fewestFull.share * lines
  return isRunning && segments.length <= lines * 1.1
}

const isApart = ({ frame, segments }: Side, at: number) =>
  frame.right < at - (gutter - 0.5) * (segments[0]?.size ?? 1)
