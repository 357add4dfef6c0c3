import { withCapacity } from './growable.ts'

/**
 * For every term the rows that contain it, in the order in which they were added. A posting is one 32-bit
 * word: the row times 16, plus how often the row has the term (15 means 15 or more).
 */
export type Postings = {
  /** Notes one occurrence; rows come in ascending order. */
  append(term: number, row: number): void
  /** Calls `visit` for every stretch of postings of the term, `block[from]` to before `block[to]`. */
  each(term: number, visit: (block: Uint32Array, from: number, to: number) => void): void
}

const blockBits = 20
const blockWords = 1 << blockBits
const firstWords = 1 << 8
const mostInChunk = 4096

/**
 * Chunked lists in blocks of 4 MB: a term's chunks double in size, so that rare pairs, of which there are
 * most, take three words, and nothing is ever copied when the index grows. Word 0 of a chunk is the next.
 */
export function createPostings(): Postings {
  const blocks: Uint32Array[] = [new Uint32Array(firstWords)]
  let free = 1
  let first = new Uint32Array(1024)
  let writeAt = new Uint32Array(1024)
  let room = new Uint16Array(1024)
  let sizes = new Uint16Array(1024)
  let current = new Uint32Array(1024)

  const blockOf = (address: number) => blocks[address >>> blockBits] as Uint32Array

  /** A chunk for `words` words that does not straddle two blocks. */
  function allocate(words: number): number {
    const left = blockWords - (free & (blockWords - 1))
    if (words > left) free += left
    const at = free
    const number = at >>> blockBits
    const inBlock = (at & (blockWords - 1)) + words
    const block = blocks[number]
    // Small bases stay small: the first block begins at 1 kB and doubles.
    if (!block) blocks[number] = new Uint32Array(blockWords)
    else if (inBlock > block.length) {
      const larger = new Uint32Array(Math.min(blockWords, Math.max(inBlock, block.length * 2)))
      larger.set(block)
      blocks[number] = larger
    }
    free += words
    return at
  }

  function addChunk(term: number) {
    const size = Math.min(mostInChunk, Math.max(2, (sizes[term] as number) * 2))
    const chunk = allocate(size + 1)
    if (first[term] === 0) first[term] = chunk
    else {
      const before = current[term] as number
      blockOf(before)[before & (blockWords - 1)] = chunk
    }
    current[term] = chunk
    writeAt[term] = chunk + 1
    sizes[term] = size
    room[term] = size
  }

  function append(term: number, row: number) {
    if (term >= first.length) {
      first = withCapacity(first, term + 1)
      writeAt = withCapacity(writeAt, term + 1)
      room = withCapacity(room, term + 1)
      sizes = withCapacity(sizes, term + 1)
      current = withCapacity(current, term + 1)
    }
    const last = (writeAt[term] as number) - 1
    if (last > 0) {
      const block = blockOf(last)
      const posting = block[last & (blockWords - 1)] as number
      if (posting >>> 4 === row) {
        if ((posting & 15) < 15) block[last & (blockWords - 1)] = posting + 1
        return
      }
    }
    if (room[term] === 0) addChunk(term)
    const at = writeAt[term] as number
    blockOf(at)[at & (blockWords - 1)] = row * 16 + 1
    writeAt[term] = at + 1
    room[term] = (room[term] as number) - 1
  }

  function each(term: number, visit: (block: Uint32Array, from: number, to: number) => void) {
    let chunk = first[term] ?? 0
    const end = writeAt[term] ?? 0
    for (let size = 2; chunk !== 0; size = Math.min(mostInChunk, size * 2)) {
      const block = blockOf(chunk)
      const start = chunk & (blockWords - 1)
      const used = chunk === current[term] ? end - chunk - 1 : size
      visit(block, start + 1, start + 1 + used)
      chunk = block[start] as number
    }
  }

  return { append, each }
}
