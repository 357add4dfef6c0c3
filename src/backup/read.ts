import { createDecipheriv } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { z } from 'zod'
import type { RawShard } from '../ports/raw-store.ts'
import { digestOf, firstDigestOf, type StoreDigest } from './digest.ts'
import { BackupFault, BackupHeader, encryptionKeyOf, tagBytes } from './file.ts'

const Digest = z.object({ count: z.int(), sha256: z.string() })
const Shard = z.object({
  collection: z.string(),
  shard: z.string(),
  version: z.int().min(1),
  records: z.array(z.tuple([z.string(), z.string()])).transform(records => new Map(records)),
})
const FirstContent = z.object({ digest: Digest, shards: z.array(Shard) })
const LastLine = z.object({ digest: Digest })

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
  const { shards, digest } = await unpacked(packed, header)
  const found = header.version === 1 ? firstDigestOf(shards) : digestOf(shards)
  if (found.sha256 !== digest.sha256) throw new BackupFault('备份里的记录和清单对不上，没有动任何数据。')
  return { madeAt: header.madeAt, count: found.count, shards }
}

function headerIn(line: string): BackupHeader {
  try {
    return BackupHeader.parse(JSON.parse(line))
  } catch {
    throw new BackupFault('这不是备份文件，或者是更新版本的程序做的。')
  }
}

type Encrypted = {
  end: number
  passphrase: string
  encryption: NonNullable<BackupHeader['encryption']>
}

function decrypted(bytes: Buffer, { end, passphrase, encryption }: Encrypted): Buffer {
  if (passphrase === '') throw new BackupFault('备份加了密，请在 BACKUP_PASSPHRASE 写上当时的口令。')
  const key = encryptionKeyOf(passphrase, Buffer.from(encryption.salt, 'base64'))
  const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(encryption.iv, 'base64'))
  cipher.setAAD(bytes.subarray(0, end)).setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([cipher.update(bytes.subarray(end, -tagBytes)), cipher.final()])
  } catch {
    throw new BackupFault('口令不对，或者备份文件坏了，没有动任何数据。')
  }
}

type Content = { digest: StoreDigest; shards: RawShard[] }

async function unpacked(packed: Buffer, { version }: BackupHeader): Promise<Content> {
  try {
    const content = await promisify(gunzip)(packed)
    return version === 1 ? FirstContent.parse(JSON.parse(String(content))) : contentOf(content)
  } catch {
    throw new BackupFault('备份文件坏了，没有动任何数据。')
  }
}

/** Reads line by line: the whole may be longer than a string can be. */
function contentOf(content: Buffer): Content {
  const shards: RawShard[] = []
  for (let start = 0; ; ) {
    const end = content.indexOf('\n', start)
    const line: unknown = JSON.parse(content.toString('utf8', start, end))
    if (end === content.length - 1) return { shards, digest: LastLine.parse(line).digest }
    shards.push(Shard.parse(line))
    start = end + 1
  }
}
