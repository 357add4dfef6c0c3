import { Refusal } from '../feature.ts'
import { isPage } from '../text/pages/html.ts'
import type { DocumentKind } from './text.ts'

const mostBytes = 50 * 1024 * 1024
const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
  start.every((byte, at) => bytes[at] === byte)
const holds = (bytes: Uint8Array, text: string) => Buffer.from(bytes).includes(text)

/**
 * Tells what a file is by its first bytes and, in a zip, by the names of its parts.
 * @throws {@link Refusal} for what is no document, is empty or has more than 50 MB
 */
export function documentKindOf(bytes: Uint8Array, fileName: string): DocumentKind {
  if (bytes.length === 0) throw new Refusal('这个文件是空的，请另选一个。')
  if (bytes.length > mostBytes) throw new Refusal('文件超过 50 MB，没有读。请拆开或压缩图片再传。')
  if (Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')) return 'pdf'
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'doc'
  if (startsWith(bytes, [0x50, 0x4b, 3, 4])) return packedKind(bytes)
  if (/\.(?:md|markdown)$/iu.test(fileName)) return 'md'
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2000))
  return /\.html?$/iu.test(fileName) || isPage(head) ? 'html' : 'txt'
}

function packedKind(bytes: Uint8Array): DocumentKind {
  if (holds(bytes, 'OFD.xml')) return 'ofd'
  if (holds(bytes, 'word/document')) return 'docx'
  const isOpenDocument = holds(bytes, 'META-INF/manifest.xml') && holds(bytes, 'content.xml')
  // A file that was packed again may have its type compressed.
  if (isOpenDocument && (holds(bytes, 'opendocument.text') || !holds(bytes, 'opendocument.'))) return 'odt'
  throw new Refusal('这是压缩包或表格，不是文件。请解开后一个一个传，可以传 PDF、Word 或 OFD。')
}
