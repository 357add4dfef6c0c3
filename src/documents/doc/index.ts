import BufferReader from 'word-extractor/lib/buffer-reader.js'
import { Refusal } from '../../feature.ts'
import { type DocumentPage, onePage } from '../text.ts'
import { NumberedExtractor } from './numbered.ts'

const flagsAt = 0x0b
const sector = 512

/**
 * Reads a .doc with its automatic numbers; a file whose numbers can not be read says so.
 * @throws {@link Refusal} for a file with a password or one that cannot be opened
 */
export async function readDoc(bytes: Uint8Array): Promise<DocumentPage[]> {
  if (isEncrypted(bytes) || Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le')))
    throw new Refusal('这个文件加了密码。请去掉密码，另存一份再传。')
  try {
    const extractor = new NumberedExtractor()
    const file = await extractor.extract(new BufferReader(Buffer.from(bytes)))
    const parts = [
      file.getBody(asWritten),
      file.getFootnotes(asWritten),
      file.getEndnotes(asWritten),
      file.getTextboxes(asWritten),
    ]
    const paragraphs = parts
      .flatMap(part => part.split(/[\r\n\f]+/u))
      .map(line => line.replaceAll('\t', ' | '))
    return onePage(paragraphs, extractor.isUnnumbered ? [unnumbered] : [])
  } catch {
    throw new Refusal('这个 .doc 打不开。请用 WPS 或 Word 打开，另存为 .docx 再传。')
  }
}

/** Else quotation marks and dashes of Chinese text are replaced by those of a typewriter. */
const asWritten = { filterUnicode: false }
const unnumbered =
  '旧版 .doc 的自动编号（第几条、第几项）读不出来。请用 WPS 或 Word 另存为 .docx 再传，编号就都在。'

/** The head of the Word stream begins a sector with these two bytes. */
function isEncrypted(bytes: Uint8Array): boolean {
  for (let at = sector; at + flagsAt < bytes.length; at += sector)
    if (bytes[at] === 0xec && bytes[at + 1] === 0xa5) return ((bytes[at + flagsAt] ?? 0) & 0x01) !== 0
  return false
}
