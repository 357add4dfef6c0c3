import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { z } from 'zod'
import type { RawShard } from '../ports/raw-store.ts'
import { digestOf } from './digest.ts'

/** A backup that cannot be used, in one Chinese sentence that says why. */
export class BackupFault extends Error {
  override name = 'BackupFault'
}

const Header = z.object({
  format: z.literal('chuangke-backup'),
  version: z.literal(1),
  madeAt: z.string(),
  /** Absent where the content is not encrypted. */
  encryption: z.object({ salt: z.string(), iv: z.string() }).optional(),
})
const Content = z.object({
  digest: z.object({ count: z.int(), sha256: z.string() }),
  shards: z.array(
    z.object({
      collection: z.string(),
      shard: z.string(),
      version: z.int().min(1),
      records: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
})

type BackupOptions = {
  /** ISO 8601, in UTC. */
  madeAt: string
  /** Empty: the content is not encrypted. */
  passphrase: string
}

const tagBytes = 16

/** The whole file: one line that says what it is, and the compressed records after it, encrypted where wanted. */
export async function toBackup(shards: readonly RawShard[], options: BackupOptions): Promise<Buffer> {
  const content: z.infer<typeof Content> = {
    digest: digestOf(shards),
    shards: shards.map(one => ({ ...one, records: [...one.records] })),
  }
  const packed = await promisify(gzip)(JSON.stringify(content))
  const { passphrase, madeAt } = options
  const header = { format: 'chuangke-backup' as const, version: 1 as const, madeAt }
  if (passphrase === '') return Buffer.concat([lineOf(header), packed])
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const encryption = { salt: salt.toString('base64'), iv: iv.toString('base64') }
  const line = lineOf({ ...header, encryption })
  const cipher = createCipheriv('aes-256-gcm', keyOf(passphrase, salt), iv).setAAD(line)
  return Buffer.concat([line, cipher.update(packed), cipher.final(), cipher.getAuthTag()])
}

const lineOf = (header: z.infer<typeof Header>) => Buffer.from(`${JSON.stringify(header)}\n`)
const keyOf = (passphrase: string, salt: Buffer) =>
  scryptSync(passphrase.normalize('NFKC'), salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 })

/**
 * The records of a backup, once every one of them is there as it was written.
 * @throws {@link BackupFault} where it is broken, or the passphrase is wrong or missing
 */
export async function fromBackup(bytes: Buffer, passphrase: string) {
  const end = bytes.indexOf('\n') + 1
  const header = headerIn(bytes.subarray(0, end).toString())
  const packed = header.encryption
    ? decrypted(bytes, { end, passphrase, encryption: header.encryption })
    : bytes.subarray(end)
  const content = await unpacked(packed)
  const shards = content.shards.map(one => ({ ...one, records: new Map(one.records) }))
  const { sha256, count } = digestOf(shards)
  if (sha256 !== content.digest.sha256) throw new BackupFault('备份里的记录和清单对不上，没有动任何数据。')
  return { madeAt: header.madeAt, count, shards }
}

function headerIn(line: string) {
  try {
    return Header.parse(JSON.parse(line))
  } catch {
    throw new BackupFault('这不是备份文件，或者是更新版本的程序做的。')
  }
}

type Encrypted = {
  end: number
  passphrase: string
  encryption: NonNullable<z.infer<typeof Header>['encryption']>
}

function decrypted(bytes: Buffer, { end, passphrase, encryption }: Encrypted): Buffer {
  if (passphrase === '') throw new BackupFault('备份加了密，请在 BACKUP_PASSPHRASE 写上当时的口令。')
  const key = keyOf(passphrase, Buffer.from(encryption.salt, 'base64'))
  const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(encryption.iv, 'base64'))
  cipher.setAAD(bytes.subarray(0, end)).setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([cipher.update(bytes.subarray(end, -tagBytes)), cipher.final()])
  } catch {
    throw new BackupFault('口令不对，或者备份文件坏了，没有动任何数据。')
  }
}

async function unpacked(packed: Buffer) {
  try {
    return Content.parse(JSON.parse(String(await promisify(gunzip)(packed))))
  } catch {
    throw new BackupFault('备份文件坏了，没有动任何数据。')
  }
}
