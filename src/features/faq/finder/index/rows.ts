import { withCapacity } from './growable.ts'

/** The unit codes of every row that was ever added, by number. */
export type Rows = {
  /** @returns the number of the new row: 0, 1, 2, … */
  add(codes: Uint32Array): number
  /** A view of a row; not to be changed. */
  at(row: number): Uint32Array
  /** Where a row stands, from `from` to before `to`: to make a view of it takes longer than to read it. */
  spanOf(row: number): Span
  /** How many terms a row has: n units have n − 1 pairs. */
  termsIn(row: number): number
  count(): number
}

/** Unit codes of a row among those of others. */
export type Span = { codes: Uint32Array; from: number; to: number }

const blockUnits = 1 << 20

/** In blocks of 4 MB, so that adding a row to a large base never copies what is there. */
export function createRows(): Rows {
  const blocks: Uint32Array[] = []
  let free = 0
  let start = new Uint32Array(256)
  let length = new Uint16Array(256)
  let count = 0

  function room(units: number): number {
    const left = blockUnits - (free % blockUnits)
    const at = units > left ? free + left : free
    const block = Math.floor(at / blockUnits)
    // Small bases stay small: the first block begins at 16 kB.
    const wanted = block === 0 ? Math.max(4096, at + units) : blockUnits
    blocks[block] = withCapacity(
      blocks[block] ?? new Uint32Array(Math.min(blockUnits, wanted)),
      Math.min(wanted, blockUnits),
    )
    free = at + units
    return at
  }

  function spanOf(row: number): Span {
    const at = start[row] as number
    const block = Math.floor(at / blockUnits)
    const from = at - block * blockUnits
    return { codes: blocks[block] as Uint32Array, from, to: from + (length[row] as number) }
  }

  return {
    add(codes) {
      const at = room(codes.length)
      blocks[Math.floor(at / blockUnits)]?.set(codes, at % blockUnits)
      start = withCapacity(start, count + 1)
      length = withCapacity(length, count + 1)
      start[count] = at
      length[count] = codes.length
      return count++
    },
    at(row) {
      const { codes, from, to } = spanOf(row)
      return codes.subarray(from, to)
    },
    spanOf,
    termsIn: row => termsAmong(length[row] as number),
    count: () => count,
  }
}

/** Number of terms that this many units make: each by itself, and each with its neighbour. */
export const termsAmong = (units: number) => Math.max(0, 2 * units - 1)
