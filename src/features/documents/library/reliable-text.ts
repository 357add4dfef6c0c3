import type { LibraryDocument } from './records.ts'
import { isQuotable, isRestricted } from './rules.ts'

/** The text of a document as far as it may be relied on, and the parts that are missing, a Chinese sentence each. */
export type ReliableText = { text: string; gaps: string[] }

/**
 * Leaves out recognized figures that no person typed again; empty for a document that was sent back or withdrawn, or
 * that says of itself that it is not to be published.
 */
export function reliableText(document: LibraryDocument): ReliableText {
  const { state, passages, gaps } = document
  if (state === 'rejected' || state === 'withdrawn' || isRestricted(document)) return { text: '', gaps: [] }
  const read = passages.filter(isQuotable)
  const left = passages.length - read.length
  return {
    text: read.map(({ text }) => text).join('\n'),
    gaps: [
      ...gaps,
      ...(left > 0
        ? [`有 ${left} 段是从图片认出来的，数字还没核对，没有读。先在文件库里核对，再读一次。`]
        : []),
    ],
  }
}
