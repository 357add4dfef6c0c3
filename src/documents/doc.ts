import WordExtractor from 'word-extractor'
import { Refusal } from '../feature.ts'
import { type DocumentPage, onePage } from './text.ts'

/** Where the head of a Word file says how long its table of lists is. */
const listsAt = 0x2e6
const sector = 512

/**
 * Reads a .doc. Its automatic numbers are not read: a file that has any says so.
 * @throws {@link Refusal} for a file with a password or one that cannot be opened
 */
export async function readDoc(bytes: Uint8Array): Promise<DocumentPage[]> {
  if (hasFlag(bytes, 0x0b, 0x01) || Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le')))
    throw new Refusal('这个文件加了密码。请去掉密码，另存一份再传。')
  try {
    const file = await new WordExtractor().extract(Buffer.from(bytes))
    const parts = [
      file.getBody(asWritten),
      file.getFootnotes(asWritten),
      file.getEndnotes(asWritten),
      file.getTextboxes(asWritten),
    ]
    const paragraphs = parts
      .flatMap(part => part.split(/[\r\n\f]+/u))
      .map(line => line.replaceAll('\t', ' | '))
    return onePage(paragraphs, hasLists(bytes) ? [unnumbered] : [])
  } catch {
    throw new Refusal('这个 .doc 打不开。请用 WPS 或 Word 打开，另存为 .docx 再传。')
  }
}

/** Else quotation marks and dashes of Chinese text are replaced by those of a typewriter. */
const asWritten = { filterUnicode: false }
const unnumbered =
  '旧版 .doc 的自动编号（第几条、第几项）读不出来。请用 WPS 或 Word 另存为 .docx 再传，编号就都在。'

/** The head of the Word stream begins a sector with these two bytes. */
function headOf(bytes: Uint8Array): DataView | undefined {
  for (let at = sector; at + listsAt + 4 <= bytes.length; at += sector)
    if (bytes[at] === 0xec && bytes[at + 1] === 0xa5)
      return new DataView(bytes.buffer, bytes.byteOffset + at, listsAt + 4)
  return undefined
}

const hasFlag = (bytes: Uint8Array, place: number, bit: number) =>
  ((headOf(bytes)?.getUint8(place) ?? 0) & bit) !== 0
const hasLists = (bytes: Uint8Array) => (headOf(bytes)?.getUint32(listsAt, true) ?? 0) > 2
