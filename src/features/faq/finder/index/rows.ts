import { grown } from './growable.ts'

/** The unit codes of every row that was ever added, by number. */
export type Rows = {
  /** @returns the number of the new row: 0, 1, 2, … */
  add(codes: Uint32Array): number
  /** A view of a row; not to be changed. */
  at(row: number): Uint32Array
  /** How often a term is in a row, the unit `first` followed by `second`; 0 for `second`: the unit alone. */
  countOf(row: number, first: number, second: number): number
  /** How many terms a row has: n units have n − 1 pairs. */
  termsIn(row: number): number
  count(): number
}

const blockUnits = 1 << 20

/** In blocks of 4 MB, so that adding a row to a large base never copies what is there. */
export function createRows(): Rows {
  const blocks: Uint32Array[] = []
  let free = 0
  let start = new Float64Array(256)
  let length = new Uint16Array(256)
  let count = 0

  function room(units: number): number {
    const left = blockUnits - (free % blockUnits)
    const at = units > left ? free + left : free
    const block = Math.floor(at / blockUnits)
    // Small bases stay small: the first block begins at 16 kB.
    const wanted = block === 0 ? Math.max(4096, at + units) : blockUnits
    blocks[block] = grown(
      blocks[block] ?? new Uint32Array(Math.min(blockUnits, wanted)),
      Math.min(wanted, blockUnits),
    )
    free = at + units
    return at
  }

  return {
    add(codes) {
      const at = room(codes.length)
      blocks[Math.floor(at / blockUnits)]?.set(codes, at % blockUnits)
      start = grown(start, count + 1)
      length = grown(length, count + 1)
      start[count] = at
      length[count] = codes.length
      return count++
    },
    at(row) {
      const from = start[row] as number
      const block = blocks[Math.floor(from / blockUnits)] as Uint32Array
      return block.subarray(from % blockUnits, (from % blockUnits) + (length[row] as number))
    },
    countOf(row, first, second) {
      // No view of the row: to make one takes longer than to read it.
      const from = start[row] as number
      const block = blocks[Math.floor(from / blockUnits)] as Uint32Array
      const begin = from % blockUnits
      const end = begin + (length[row] as number)
      let found = 0
      for (let at = begin; at < end; at++) {
        const isThere = block[at] === first && (second === 0 || (at + 1 < end && block[at + 1] === second))
        if (isThere) found++
      }
      return found
    },
    termsIn: row => termsAmong(length[row] as number),
    count: () => count,
  }
}

/** Number of terms that this many units make: each by itself, and each with its neighbour. */
export const termsAmong = (units: number) => Math.max(0, 2 * units - 1)
