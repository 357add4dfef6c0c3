import { withCapacity } from './growable.ts'

/** Numbers for terms: a unit (a character, or a Latin or digit word) or a pair of neighbouring units. */
export type Vocabulary = {
  /** The code of a unit; a character of the basic plane is its own code. 0 when it is not known. */
  unit(text: string): number
  /** The same, and makes it known. */
  addUnit(text: string): number
  /** The number of the term (first, second), second 0 for a single unit; −1 when it is not known. */
  term(first: number, second: number): number
  /** The same, and makes it known. Terms are numbered 0, 1, 2, … */
  addTerm(first: number, second: number): number
  /** The two unit codes of a term. */
  unitsOf(term: number): [number, number]
  size(): number
}

/** Two unit codes in one number that a double holds exactly: 26 bits each. */
const shift = 2 ** 26

/** Open addressing in typed arrays: a Map of a million pairs would cost four times as much. */
export function createVocabulary(): Vocabulary {
  const words = new Map<string, number>()
  let keys = new Float64Array(1024)
  let slots = new Int32Array(4096).fill(-1)
  let count = 0

  function unit(text: string): number {
    return text.length === 1 && text >= '\u2e80' ? text.charCodeAt(0) : (words.get(text) ?? 0)
  }

  function addUnit(text: string): number {
    const known = unit(text)
    if (known) return known
    words.set(text, 0x10000 + words.size)
    return 0xffff + words.size
  }

  /** Where the key stands, or the free slot where it would. */
  function slotOf(first: number, second: number, key: number): number {
    const mask = slots.length - 1
    let slot = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 0
    slot = (slot ^ (slot >>> 15)) & mask
    for (;;) {
      const term = slots[slot] as number
      if (term < 0 || keys[term] === key) return slot
      slot = (slot + 1) & mask
    }
  }

  function rehash() {
    slots = new Int32Array(slots.length * 2).fill(-1)
    for (let term = 0; term < count; term++) {
      const [first, second] = unitsOf(term)
      slots[slotOf(first, second, keys[term] as number)] = term
    }
  }

  function unitsOf(term: number): [number, number] {
    const key = keys[term] as number
    const second = key % shift
    return [(key - second) / shift, second]
  }

  return {
    unit,
    addUnit,
    term: (first, second) => slots[slotOf(first, second, first * shift + second)] as number,
    addTerm(first, second) {
      const key = first * shift + second
      const slot = slotOf(first, second, key)
      const known = slots[slot] as number
      if (known >= 0) return known
      keys = withCapacity(keys, count + 1)
      keys[count] = key
      slots[slot] = count++
      if (count * 2 > slots.length) rehash()
      return count - 1
    },
    unitsOf,
    size: () => count,
  }
}
