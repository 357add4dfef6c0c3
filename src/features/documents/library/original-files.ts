import { z } from 'zod'
import { sha256 } from '../../../lib/hash.ts'
import type { Store } from '../../../ports/store.ts'

/** A piece is written as a whole; pieces of this size keep writes and rows small. */
const pieceBytes = 3 * 1024 * 1024

const FilePiece = z.object({ base64: z.string() })

export type OriginalFiles = ReturnType<typeof openOriginalFiles>

/**
 * Uploaded files by the hash of their bytes, in pieces that are each a shard of their own. They lie in the store, so
 * that backups, copies and PostgreSQL hold them like everything else.
 */
export function openOriginalFiles(store: Store) {
  const pieces = store.collection('document-files', FilePiece, [], { isHistory: true })
  const keyOf = (sha256: string, at: number) => `${sha256}-${at}/bytes`

  return {
    /** Stores a file unless it is there; its hash reads it. */
    async add(bytes: Uint8Array): Promise<void> {
      const hash = sha256(bytes)
      for (let at = 0; at * pieceBytes < bytes.length; at += 1) {
        const piece = bytes.subarray(at * pieceBytes, (at + 1) * pieceBytes)
        const base64 = Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('base64')
        await pieces.update(keyOf(hash, at), now => now ?? { base64 })
      }
    },
    /** @returns the bytes; empty where the file was deleted */
    async read({ sha256, bytes }: { sha256: string; bytes: number }): Promise<Uint8Array> {
      const found: Buffer[] = []
      for (let at = 0; at * pieceBytes < bytes; at += 1)
        found.push(Buffer.from((await pieces.get(keyOf(sha256, at)))?.base64 ?? '', 'base64'))
      return Buffer.concat(found)
    },
    async remove({ sha256, bytes }: { sha256: string; bytes: number }): Promise<void> {
      for (let at = 0; at * pieceBytes < bytes; at += 1)
        await pieces.update(keyOf(sha256, at), () => undefined)
    },
  }
}
