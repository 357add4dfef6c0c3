import { type Sketch, sketchLikeness, sketchSize } from './sketch.ts'

/**
 * Five numbers a band: texts that are 0.7 alike share one of 25 bands in 99 of 100
 * cases, those 0.3 alike in one of 17.
 */
const rowsPerBand = 5
const bands = Math.floor(sketchSize / rowsPerBand)
/** Most of what shares a band by chance is told apart by its first numbers. */
const firstNumbers = 32
const leastOfFirst = 6
/** Slots for each band entry: longer chains than these are of texts that share a band. */
const slotsPerEntry = 2

export type Alike = { id: number; likeness: number }

/**
 * Finds sketches that are alike among many. Every sketch is linked into one chain a band; a search walks the chains
 * of its own bands and compares whole sketches. It takes 0.9 KB a sketch, in plain arrays.
 */
export function createSketchIndex() {
  let capacity = 1024
  let count = 0
  let ids = new Int32Array(capacity)
  let sketches = new Uint32Array(capacity * sketchSize)
  let next = new Int32Array(capacity * bands)
  let heads = new Int32Array(capacity * bands * slotsPerEntry).fill(-1)
  /** When a place was last looked at, so that none is compared twice in a search. */
  let seenIn = new Uint32Array(capacity)
  let searches = 0

  const slotOf = (sketch: Sketch, band: number) => {
    let hash = band + 1
    for (let row = 0; row < rowsPerBand; row++) {
      hash = Math.imul(hash ^ (sketch[band * rowsPerBand + row] ?? 0), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return (hash >>> 0) % heads.length
  }

  const sketchAt = (place: number): Sketch => sketches.subarray(place * sketchSize, (place + 1) * sketchSize)

  function isWorthWhile(sketch: Sketch, place: number): boolean {
    const from = place * sketchSize
    let same = 0
    for (let i = 0; i < firstNumbers; i++) if (sketch[i] === sketches[from + i]) same++
    return same >= leastOfFirst
  }

  function link(place: number) {
    const sketch = sketchAt(place)
    for (let band = 0; band < bands; band++) {
      const slot = slotOf(sketch, band)
      next[place * bands + band] = heads[slot] ?? -1
      heads[slot] = place * bands + band
    }
  }

  function grow() {
    capacity *= 2
    ids = copied(ids, new Int32Array(capacity))
    sketches = copied(sketches, new Uint32Array(capacity * sketchSize))
    next = new Int32Array(capacity * bands)
    seenIn = new Uint32Array(capacity)
    heads = new Int32Array(capacity * bands * slotsPerEntry).fill(-1)
    for (let place = 0; place < count; place++) link(place)
  }

  return {
    /** An id that is added again keeps its older sketches too. */
    add(id: number, sketch: Sketch): void {
      if (count === capacity) grow()
      ids[count] = id
      sketches.set(sketch, count * sketchSize)
      link(count)
      count++
    },
    /** Those at least so alike, most alike first. */
    search(sketch: Sketch, least: number): Alike[] {
      const mark = ++searches
      const found: Alike[] = []
      for (let band = 0; band < bands; band++) {
        let entry = heads[slotOf(sketch, band)] ?? -1
        while (entry >= 0) {
          const place = Math.floor(entry / bands)
          if (seenIn[place] !== mark) {
            seenIn[place] = mark
            if (isWorthWhile(sketch, place)) {
              const likeness = sketchLikeness(sketch, sketchAt(place))
              if (likeness >= least) found.push({ id: ids[place] ?? 0, likeness })
            }
          }
          entry = next[entry] ?? -1
        }
      }
      return found.sort((a, b) => b.likeness - a.likeness)
    },
  }
}

function copied<T extends Int32Array | Uint32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
