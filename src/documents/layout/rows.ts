/** Text drawn at one place; y grows downwards. Lengths are in one unit of the page's choice. */
export type TextItem = { text: string; x: number; y: number; width: number; size: number }

/** Items of one row stand at most this far from the first of them in height, in units of the smaller character size. */
const tolerance = 0.5

/** The rows of a text from its top to its bottom, the items of each from left to right. */
export function rowsOfItems(items: readonly TextItem[]): TextItem[][] {
  const rows: TextItem[][] = []
  for (const item of items.toSorted((a, b) => a.y - b.y)) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (row && first && Math.abs(first.y - item.y) < tolerance * Math.min(first.size, item.size))
      row.push(item)
    else rows.push([item])
  }
  return rows.map(row => row.toSorted((a, b) => a.x - b.x))
}
