import { fold } from '../fold.ts'

/** How many values a sketch has: likeness is told to within about 0.04. */
export const sketchSize = 128
/** Number of neighbouring characters that are compared. */
const shingleLength = 6

/**
 * A sketch of a text in {@link sketchSize} numbers: the smallest of each class of hashes of its runs of six
 * characters (one-permutation MinHash). Texts that share most of their runs share most of the numbers.
 */
export type Sketch = Uint32Array

/** The sketch of a text; spaces and marks do not count. */
export function sketchOf(text: string): Sketch {
  const plain = fold(text).replaceAll(/[^\p{L}\p{N}%]+/gu, '')
  const sketch = new Uint32Array(sketchSize).fill(0xffffffff)
  const last = Math.max(0, plain.length - shingleLength)
  for (let at = 0; at <= last; at++) {
    const hash = hashOf(plain, at)
    const place = hash >>> 25
    if (hash < (sketch[place] ?? 0) || sketch[place] === 0xffffffff) sketch[place] = hash
  }
  return filled(sketch)
}

/** FNV-1a over a run, and a final mix, so that its upper bits are as evenly spread as its lower ones. */
function hashOf(text: string, at: number): number {
  let hash = 0x811c9dc5
  for (let i = at; i < at + shingleLength && i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** A short text leaves places empty; they take the next one's, in the same way for every text. */
function filled(sketch: Sketch): Sketch {
  const full = sketch.slice()
  for (let place = 0; place < sketchSize; place++) {
    let step = 0
    while (sketch[(place + step) % sketchSize] === 0xffffffff && step < sketchSize) step++
    if (step > 0)
      full[place] = ((sketch[(place + step) % sketchSize] ?? 0) + Math.imul(step, 0x9e3779b1)) >>> 0
  }
  return full
}

/** 0 to 1: about the part of their runs that two texts share. */
export function sketchLikeness(one: Sketch, other: Sketch): number {
  let same = 0
  for (let i = 0; i < sketchSize; i++) if (one[i] === other[i]) same++
  return same / sketchSize
}

/** A sketch as text, to be kept. */
export function packSketch(sketch: Sketch): string {
  return Buffer.from(sketch.buffer, sketch.byteOffset, sketch.byteLength).toString('base64')
}

/** @returns undefined for what is no sketch of ours */
export function unpackSketch(text: string): Sketch | undefined {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== sketchSize * 4) return undefined
  return new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}
