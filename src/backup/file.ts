import { createCipheriv, randomBytes, scryptSync } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { z } from 'zod'
import type { RawShard } from '../ports/raw-store.ts'
import { createDigest } from './digest.ts'

/** A backup that cannot be used, in one Chinese sentence that says why. */
export class BackupFault extends Error {
  override name = 'BackupFault'
}

/** The first line of a backup. Version 1 has all shards in one JSON value, version 2 has one a line. */
export const BackupHeader = z.object({
  format: z.literal('chuangke-backup'),
  version: z.union([z.literal(1), z.literal(2)]),
  madeAt: z.string(),
  /** Absent where the content is not encrypted. */
  encryption: z.object({ salt: z.string(), iv: z.string() }).optional(),
})
export type BackupHeader = z.infer<typeof BackupHeader>

/** Stands behind the encrypted content. */
export const tagBytes = 16

type BackupOptions = {
  /** ISO 8601, in UTC. */
  madeAt: string
  /** Empty: the content is not encrypted. */
  passphrase: string
  /** Knows the records once all are written. Default: its own. */
  digest?: ReturnType<typeof createDigest>
}

/** The whole file: one line that says what it is, and the compressed shards after it, encrypted where wanted. */
export async function* toBackup(
  shards: AsyncIterable<RawShard> | Iterable<RawShard>,
  { madeAt, passphrase, digest = createDigest() }: BackupOptions,
): AsyncGenerator<Buffer> {
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const encryption = { salt: salt.toString('base64'), iv: iv.toString('base64') }
  const header: BackupHeader = { format: 'chuangke-backup', version: 2, madeAt }
  const line = lineOf(passphrase === '' ? header : { ...header, encryption })
  const cipher =
    passphrase === ''
      ? undefined
      : createCipheriv('aes-256-gcm', encryptionKeyOf(passphrase, salt), iv).setAAD(line)
  const packed = new PassThrough()
  const packing = pipeline([
    Readable.from(linesOf(shards, digest)),
    createGzip(),
    ...(cipher ? [cipher] : []),
    packed,
  ])
  packing.catch(() => {})
  yield line
  yield* packed
  await packing
  if (cipher) yield cipher.getAuthTag()
}

async function* linesOf(
  shards: AsyncIterable<RawShard> | Iterable<RawShard>,
  digest: ReturnType<typeof createDigest>,
) {
  for await (const shard of shards) {
    digest.add(shard)
    yield lineOf({ ...shard, records: [...shard.records] })
  }
  yield lineOf({ digest: digest.value() })
}

const lineOf = (value: unknown) => Buffer.from(`${JSON.stringify(value)}\n`)

/** Takes about a tenth of a second, so that passphrases cannot be tried quickly. */
export const encryptionKeyOf = (passphrase: string, salt: Buffer) =>
  scryptSync(passphrase.normalize('NFKC'), salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 })
