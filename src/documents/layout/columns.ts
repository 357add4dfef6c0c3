import { commonestSize } from './lines.ts'
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
/** Where the second column of a page begins, in units of its width. */
const leftmost = 0.2
const rightmost = 0.7
/** Largest share of the lines that may stand across both columns. */
const mostAcross = 0.3
/** Fewest lines of a column that fill it, and their least share of its lines; cells of a table seldom do. */
const fewestFull = { lines: 3, share: 0.15 }

/**
 * Parts a page of columns into blocks in reading order: what stands across them, then column by column down to the
 * next such line. A page of one column is one block.
 */
export function blocksOf(items: readonly TextItem[]): TextBlock[] {
  const segments = segmentsOf(items)
  const split = splitColumns(segments)
  if (!split) return [{ items: [...items], frame: undefined }]
  const { borders, sides } = split
  const blocks: TextBlock[] = []
  const isInHead = headOver(sides)
  const across = segments.filter(segment => isInHead(segment) || borders.some(at => isAcross(segment, at)))
  let from = Number.NEGATIVE_INFINITY
  for (const line of [...across.toSorted((a, b) => a.y - b.y), undefined]) {
    const until = line?.y ?? Number.POSITIVE_INFINITY
    for (const side of sides) {
      const own = side.segments.filter(one => one.y >= from && one.y < until && !across.includes(one))
      if (own.length > 0) blocks.push({ items: own.flatMap(({ items }) => items), frame: side.frame })
    }
    if (line) blocks.push({ items: line.items, frame: undefined })
    from = until
  }
  return joined(blocks)
}

/** Tells lines of the head, which may be short: larger or in the middle, above all text that runs side by side. */
function headOver(sides: readonly Side[]): (segment: Segment) => boolean {
  const all = sides.flatMap(({ segments }) => segments)
  const size = commonestSize(all)
  const isOfText = (segment: Segment) => isWide(segment) && Math.abs(segment.size - size) < 0.1 * size
  const running = sides.map(({ segments }) => segments.filter(isOfText))
  const top = Math.min(
    ...running.flatMap((own, side) =>
      own
        .map(({ y }) => y)
        .filter(y =>
          running.some((one, at) => at !== side && one.some(other => Math.abs(other.y - y) < size)),
        ),
    ),
  )
  const middle = (Math.min(...all.map(({ x }) => x)) + Math.max(...all.map(({ end }) => end))) / 2
  return segment =>
    segment.y < top - 0.5 * size &&
    (segment.size > 1.1 * size || Math.abs((segment.x + segment.end) / 2 - middle) < 2 * size)
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

/** Where columns begin, the second first, and the columns from the left. */
type ColumnSplit = { borders: number[]; sides: Side[] }

/** Parts the leftmost column from the others, which may be several again; undefined where there is but one. */
function splitColumns(segments: readonly Segment[]): ColumnSplit | undefined {
  const from = Math.min(...segments.map(({ x }) => x))
  const width = Math.max(...segments.map(({ end }) => end)) - from
  const starts = new Set(
    segments
      .filter(({ x }) => x > from + leftmost * width && x < from + rightmost * width)
      .map(({ x, size }) => x - 0.3 * size),
  )
  for (const at of [...starts].toSorted((a, b) => a - b)) {
    const left = sideOf(segments.filter(({ end }) => end <= at))
    const right = segments.filter(({ x }) => x >= at)
    const across = segments.filter(segment => isAcross(segment, at)).length
    if (across > mostAcross * segments.length || !isColumn(left) || !isApart(left, at)) continue
    const whole = sideOf(right)
    if (isColumn(whole)) return { borders: [at], sides: [left, whole] }
    const others = splitColumns(right)
    if (others) return { borders: [at, ...others.borders], sides: [left, ...others.sides] }
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
