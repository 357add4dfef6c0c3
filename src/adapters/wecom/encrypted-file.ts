import { createDecipheriv } from 'node:crypto'
import { download } from '../line/download.ts'

/** A file of a received message: for five minutes it is at this address, encrypted. */
type EncryptedFile = { url: string; aeskey: string }

const blockBytes = 32
/** 20 MB, the largest file that the platform takes, and its padding. */
const mostBytes = 20 * 1024 * 1024 + blockBytes

/**
 * Fetches a file and decrypts it.
 * @throws where it is gone, too large, or not encrypted with this key
 */
export async function readEncrypted({ url, aeskey }: EncryptedFile): Promise<Uint8Array> {
  return decrypted(await download(url, mostBytes), Buffer.from(aeskey, 'base64'))
}

/** AES-256-CBC, the key's first 16 bytes as the vector. Padded to 32 bytes, which is twice what Node would take off. */
function decrypted(data: Uint8Array, key: Buffer): Uint8Array {
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(data), decipher.final()])
  const count = padded.at(-1) ?? 0
  const isPadded = count >= 1 && count <= blockBytes && padded.subarray(-count).every(byte => byte === count)
  if (!isPadded) throw new Error('the file is not encrypted with this key')
  return new Uint8Array(padded.subarray(0, padded.length - count))
}
