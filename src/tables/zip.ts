import { inflateRawSync } from 'node:zlib'

/** A workbook of twenty thousand rows takes 20 MB; what unpacks to more is a mistake or an attack. */
const mostUnpackedBytes = 64 * 1024 * 1024
const mostEntries = 2000

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
const endBytes = 22
const entryBytes = 46
const localBytes = 30
const isEncrypted = 1
const stored = 0
const deflated = 8

/** Why a packed file is not opened. */
export class ZipFault extends Error {
  override name = 'ZipFault'
  readonly kind: 'broken' | 'too-large' | 'locked'

  constructor(kind: ZipFault['kind']) {
    super(`the packed file is ${kind}`)
    this.kind = kind
  }
}

type Entry = { name: string; method: number; packedBytes: number; unpackedBytes: number; offset: number }

/**
 * Unpacks one entry after the other, before anybody else opens the file: by what its directory says first, and then
 * never more than that, so that a small file which unpacks to a huge one (a zip bomb) costs nothing.
 * @param visit gets each entry; its bytes are unpacked where they are asked for
 * @throws {@link ZipFault}
 */
export function checkZip(bytes: Uint8Array, visit: (name: string, unpacked: Uint8Array) => void): void {
  const entries = directoryOf(bytes)
  if (entries.length > mostEntries) throw new ZipFault('too-large')
  const total = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0)
  if (total > mostUnpackedBytes) throw new ZipFault('too-large')
  for (const entry of entries) visit(entry.name, unpack(bytes, entry))
}

function directoryOf(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(view)
  const count = view.getUint16(end + 10, true)
  const entries: Entry[] = []
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + entryBytes > end || view.getUint32(at, true) !== entrySignature) throw new ZipFault('broken')
    if (view.getUint16(at + 8, true) & isEncrypted) throw new ZipFault('locked')
    const nameBytes = view.getUint16(at + 28, true)
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + entryBytes, at + entryBytes + nameBytes)),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at += entryBytes + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** The directory's end is the last thing in the file but for a comment. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - endBytes; at >= 0; at -= 1) {
    if (view.getUint32(at, true) === endSignature) return at
  }
  throw new ZipFault('broken')
}

function unpack(bytes: Uint8Array, { method, offset, packedBytes, unpackedBytes }: Entry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (offset + localBytes > bytes.length || view.getUint32(offset, true) !== localSignature)
    throw new ZipFault('broken')
  const from = offset + localBytes + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const packed = bytes.subarray(from, from + packedBytes)
  if (packed.length < packedBytes) throw new ZipFault('broken')
  if (method === stored && packedBytes === unpackedBytes) return packed
  if (method !== deflated) throw new ZipFault('broken')
  if (unpackedBytes === 0) return new Uint8Array()
  try {
    return inflateRawSync(packed, { maxOutputLength: unpackedBytes })
  } catch (cause) {
    const isMore = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    throw new ZipFault(isMore ? 'too-large' : 'broken')
  }
}
