import { Unzip, UnzipInflate } from 'fflate'

/** A workbook of twenty thousand rows takes 20 MB; what unpacks to more is a mistake or an attack. */
const mostUnpackedBytes = 64 * 1024 * 1024
const mostEntries = 2000
/** Inflated at once. A slice grows a thousandfold at most, so that it is counted before it takes the memory. */
const sliceBytes = 16 * 1024

/** Why a packed file is not opened. */
export class ArchiveFault extends Error {
  override name = 'ArchiveFault'
  readonly kind: 'broken' | 'too-large' | 'locked'

  constructor(kind: ArchiveFault['kind']) {
    super(`the packed file is ${kind}`)
    this.kind = kind
  }
}

/**
 * Unpacks the wanted entries of a zip. What is inflated is counted as it comes, and an entry never grows beyond the
 * size that it declares, so that a small file which unpacks to a huge one costs nothing.
 * @returns the bytes by name, with slashes and without a leading one
 * @throws {@link ArchiveFault}
 */
export function unpack(bytes: Uint8Array, isWanted: (name: string) => boolean): Map<string, Uint8Array> {
  if (isEncrypted(bytes)) throw new ArchiveFault('locked')
  if (!isComplete(bytes)) throw new ArchiveFault('broken')
  const found = new Map<string, Uint8Array>()
  let entries = 0
  let total = 0
  const unzip = new Unzip(file => {
    entries += 1
    if (entries > mostEntries || total + (file.originalSize ?? 0) > mostUnpackedBytes)
      throw new ArchiveFault('too-large')
    // Some writers on Windows part folders with a backslash.
    const name = file.name.replaceAll('\\', '/').replace(/^\//, '')
    if (!isWanted(name)) return
    const chunks: Uint8Array[] = []
    let size = 0
    file.ondata = (fault, chunk, isLast) => {
      if (fault) throw fault
      size += chunk.length
      total += chunk.length
      if (total > mostUnpackedBytes || size > (file.originalSize ?? mostUnpackedBytes))
        throw new ArchiveFault('too-large')
      chunks.push(chunk)
      if (isLast) found.set(name, Buffer.concat(chunks))
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length; at += sliceBytes)
      unzip.push(bytes.subarray(at, at + sliceBytes), at + sliceBytes >= bytes.length)
  } catch (cause) {
    throw cause instanceof ArchiveFault ? cause : new ArchiveFault('broken')
  }
  return found
}

/** The first entry tells: bit 0 of its flags. */
const isEncrypted = (bytes: Uint8Array) => ((bytes[6] ?? 0) & 1) === 1

/**
 * A zip ends with its directory's end record, but for a comment of at most 64 KiB; a
 * file that was cut off has none.
 */
function isComplete(bytes: Uint8Array): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-66_000)
  return tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6])) >= 0
}
