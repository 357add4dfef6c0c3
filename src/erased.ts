import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { keyHash, sha256 } from './lib/hash.ts'

/**
 * Proof that a person's data were erased, for backups made before: restoring one erases again. Key `year/hash`.
 * Holds no id, only what an id can be compared with.
 */
export const Erased = z.object({
  at: z.string(),
  salt: z.string(),
  /** Hashes of the member's id and of each id on a chat platform. */
  hashes: z.array(z.string()).min(1),
  /** False in restored records, until the person who came back with them is erased again. */
  isDone: z.boolean(),
})
export type Erased = z.infer<typeof Erased>

export const erasedCollection = 'erased'

/** @param secret drawn for this erasure; the key is the same when it is noted again, and does not tell the secret */
export function toErased(secret: string, { at, ids }: { at: string; ids: readonly string[] }) {
  const salt = randomBytes(16).toString('base64')
  const key = `${at.slice(0, 4)}/${keyHash(`erased ${secret}`)}`
  const erased: Erased = { at, salt, hashes: ids.map(id => saltedHash(salt, id)), isDone: true }
  return { key, erased }
}

export const isOneOf = ({ salt, hashes }: Erased, ids: readonly string[]): boolean =>
  ids.some(id => hashes.includes(saltedHash(salt, id)))

const saltedHash = (salt: string, id: string) => sha256(`${salt}\n${id}`)
