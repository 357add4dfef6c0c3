import { Refusal } from '../feature.ts'

/**
 * Decodes text in UTF-8, UTF-16 with a mark, or GB18030.
 * @throws {@link Refusal} where it is none of these
 */
export function decoded(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-16be'
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  for (const encoding of isWide ? [wide] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      if (!text.includes('\0')) return text
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause
    }
  }
  throw new Refusal('认不出这个文件。可以传 PDF、Word（.docx、.doc）、ODT、OFD、网页、文本或 Markdown。')
}
