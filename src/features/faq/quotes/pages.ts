import type { Answer } from '../../../feature.ts'
import type { Reply } from '../../../ports/chat.ts'
import type { Quotation } from './quotations.ts'

/** Shows the page on which quoted words stand. */
export type ShowQuoted = (quoted: { documentId: string; page: number; text: string }) => Promise<Reply>

/** The pages of what was quoted last, unless that has changed since. */
export async function pagesOf(quoted: readonly Quotation[], show: ShowQuoted): Promise<Answer> {
  if (quoted.length === 0 || quoted.some(({ isHeld }) => isHeld)) return '刚才引用的文件变了，请再问一次。'
  return Promise.all(quoted.map(({ texts: [text = ''], ...place }) => show({ ...place, text })))
}
