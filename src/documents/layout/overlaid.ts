import type { PageItems } from './lines.ts'
import type { TextItem } from './rows.ts'

/** Pieces of a running head and a watermark; pages that have more in common are forms. */
const mostPieces = 50
/** Part of its size by which a character stands above its line. */
const ascent = 0.8

/**
 * Pages without what is laid over their text: pieces that stand at one place of most pages and cover other text on one
 * of them, as a running head does for which a printed page leaves no room.
 */
export function withoutOverlaid(pages: readonly PageItems[]): PageItems[] {
  const counts = new Map<string, number>()
  for (const { items } of pages)
    for (const key of new Set(items.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1)
  const least = Math.max(2, Math.floor(pages.length / 2) + 1)
  const repeated = new Set([...counts].flatMap(([key, count]) => (count >= least ? [key] : [])))
  if (repeated.size === 0 || repeated.size > mostPieces) return [...pages]
  const laid = new Set(pages.flatMap(page => coveringIn(page, repeated)))
  return laid.size === 0
    ? [...pages]
    : pages.map(page => ({ ...page, items: page.items.filter(item => !laid.has(keyOf(item))) }))
}

const keyOf = ({ text, x, y }: TextItem) => `${Math.round(x)}/${Math.round(y)}/${text}`

/** The keys of repeated pieces that cover others. */
function coveringIn({ items }: PageItems, repeated: ReadonlySet<string>): string[] {
  const own = items.filter(item => !repeated.has(keyOf(item)))
  const pieces = items.filter(item => repeated.has(keyOf(item)))
  const covering = pieces.filter(item => own.some(other => covers(item, other)))
  // Its words may be drawn in several pieces, of which one covers text.
  for (const item of covering)
    covering.push(...pieces.filter(other => !covering.includes(other) && isBeside(item, other)))
  return covering.map(keyOf)
}

/** Two pieces that go on from each other. */
const isBeside = (item: TextItem, other: TextItem): boolean =>
  Math.abs(item.y - other.y) < 1 &&
  Math.abs(item.size - other.size) < 1 &&
  Math.min(Math.abs(item.x + item.width - other.x), Math.abs(other.x + other.width - item.x)) < item.size / 2

/**
 * By a character or more, and by a quarter of its height. Text of the same size in the same line is a cell beside it
 * that runs into it.
 */
function covers(item: TextItem, other: TextItem): boolean {
  const size = Math.min(item.size, other.size)
  const isOfLine = Math.abs(item.y - other.y) < size / 10 && Math.abs(item.size - other.size) < size / 10
  if (isOfLine) return false
  const width = Math.min(item.x + item.width, other.x + other.width) - Math.max(item.x, other.x)
  const height =
    Math.min(item.y, other.y) - Math.max(item.y - ascent * item.size, other.y - ascent * other.size)
  return width >= size && height >= (ascent * size) / 4
}
