import { inflateSync } from 'node:zlib'
import { Refusal } from '../../feature.ts'

/** Size limit of one stream, unpacked; a page of text has some 20 kB, a page of a colour scan some 26 MB. */
const mostBytes = 64 * 1024 * 1024
/** Size limit of streams of unknown size; old filters unpack up to a thousand times as much. */
const mostOldBytes = 1024 * 1024
/** Filters over each other. */
const mostFilters = 3
const longestDictionary = 1000

/**
 * Refuses a PDF of which a stream unpacks to more than 64 MB, before it is read: what pdfjs unpacks is not counted as
 * memory of its thread.
 * @throws {@link Refusal}
 */
export function refuseBombs(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = file.indexOf('stream'); at >= 0; at = file.indexOf('stream', at)) {
    const from = at + 6 + (file[at + 6] === 0x0d ? 1 : 0) + 1
    const end = file.indexOf('endstream', from)
    const dictionary = dictionaryBefore(file, at)
    const isHuge = isTooLarge(file.subarray(from, end < 0 ? undefined : end), dictionary)
    if (isHuge) throw new Refusal('这个 PDF 里有一处展开后太大，没有读。请另存一份，去掉大图再传。')
    at = end < 0 ? file.length : end + 9
  }
}

/** From the last object's beginning on. */
function dictionaryBefore(file: Buffer, at: number): string {
  const text = file.toString('latin1', Math.max(0, at - longestDictionary), at)
  return text.slice(Math.max(0, text.lastIndexOf(' obj')))
}

function isTooLarge(packed: Buffer, dictionary: string): boolean {
  if (/\/(?:LZWDecode|RunLengthDecode|LZW|RL)\b/u.test(dictionary) && packed.length > mostOldBytes)
    return true
  const filters = dictionary.match(/\/(?:FlateDecode|Fl)\b/gu)?.length ?? 0
  if (filters > mostFilters) return true
  let data = packed
  for (let count = 0; count < filters; count += 1) {
    const unpacked = inflated(data)
    if (unpacked === 'too-large') return true
    data = unpacked
  }
  return false
}

/** Empty for what cannot be unpacked, which is pdfjs's to say. */
function inflated(data: Buffer): Buffer | 'too-large' {
  try {
    return inflateSync(data, { maxOutputLength: mostBytes })
  } catch (cause) {
    const isLong = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE'
    return isLong ? 'too-large' : Buffer.alloc(0)
  }
}
