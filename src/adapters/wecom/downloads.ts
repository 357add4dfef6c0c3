import { createDecipheriv } from 'node:crypto'
import { withTimeout } from '../../lib/timeout.ts'

/** A file of a received message: for five minutes it is at this address, encrypted. */
export type EncryptedFile = { url: string; aeskey: string }

/** 20 MB, the largest file that the platform takes, and its padding. */
const mostBytes = 20 * 1024 * 1024 + 32
const timeoutMs = 60_000
const blockBytes = 32

/**
 * Fetches a file and decrypts it.
 * @throws where it is gone, too large, or not encrypted with this key
 */
export function download({ url, aeskey }: EncryptedFile): Promise<Uint8Array> {
  return withTimeout(
    async signal => {
      const response = await fetch(url, { signal })
      if (!response.ok) throw new Error(`the file could not be fetched: ${response.status}`)
      if (Number(response.headers.get('content-length') ?? 0) > mostBytes) throw new Error(tooLarge)
      return decrypted(await readAll(response), Buffer.from(aeskey, 'base64'))
    },
    { timeoutMs, what: 'fetching a file' },
  )
}

const tooLarge = 'the file is larger than the platform takes'

async function readAll(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw new Error(tooLarge)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
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
