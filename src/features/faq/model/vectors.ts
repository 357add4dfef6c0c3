import { z } from 'zod'
import { keyHash } from '../../../lib/hash.ts'

/** A vector of one wording, 32-bit floats; key as {@link vectorKey} gives it. */
export const Vector = z.object({ base64: z.base64() })

/** The store in which vectors are kept, by what the wording says. */
export const vectorStore = 'faq-vectors'

/** `first two digits/hash of model and wording`. */
export function vectorKey(model: string, text: string): string {
  const hash = keyHash(`${model}\n${text}`)
  return `${hash.slice(0, 2)}/${hash}`
}

/** From -1 to 1; 0 where one of them is nothing. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] ?? 0]
    dot += x * y
    aa += x * x
    bb += y * y
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0
}

export const packVector = (vector: Float32Array) => ({
  base64: Buffer.from(vector.buffer).toString('base64'),
})

export function unpackVector(record: z.infer<typeof Vector> | undefined): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(record?.base64 ?? '', 'base64'))
  return new Float32Array(bytes.buffer)
}
