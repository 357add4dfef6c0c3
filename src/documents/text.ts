import { Refusal } from '../feature.ts'

export type DocumentKind = 'pdf' | 'docx' | 'doc' | 'odt' | 'html' | 'ofd' | 'md' | 'txt'

/** One page as it is read, without page numbers and running heads. */
export type DocumentPage = {
  /** From 1; a file without pages is one page. */
  number: number
  /** In reading order; the cells of a table row are parted by 「 | 」. */
  paragraphs: string[]
  /** Unreadable parts of the page, a Chinese sentence each; empty where there are none. */
  gaps: string[]
  /** True for a picture whose text was recognized. Default false. */
  isRecognized?: true
}

/** Text of a file, paragraph by paragraph. */
export type DocumentText = { kind: DocumentKind; pages: DocumentPage[] }

const mostPages = 500

/** @throws {@link Refusal} for more than 500 pages */
export function requireReadable(pages: number): void {
  if (pages > mostPages) throw new Refusal(`这个文件有 ${pages} 页，最多读 ${mostPages} 页。请拆开再传。`)
}

/** The cells of a table row as one paragraph. */
export const rowOf = (cells: readonly string[]): string =>
  cells.map(cell => cell.replaceAll(/\s+/gu, ' ').trim()).join(' | ')

/** Whether a paragraph is a table row, see {@link rowOf}; its last cell may be empty. */
export const isRow = (text: string): boolean => /(?:^| )\|(?: |$)/u.test(text)

/** A paragraph behind its automatic number: 「第三条 资金……」, 「（一）场地；」, 「2. 3D打印机」. */
export const withLabel = (label: string, text: string): string =>
  `${label}${needsBlank(label, text) ? ' ' : ''}${text}`

const needsBlank = (label: string, text: string): boolean =>
  !/^[\s\u3000]/u.test(text) && (/[\w条章节款]$/u.test(label) || (/[.．]$/u.test(label) && /^\d/u.test(text)))

/** A file without pages. */
export const onePage = (paragraphs: readonly string[], gaps: string[] = []): DocumentPage[] => [
  { number: 1, paragraphs: paragraphs.map(tidy).filter(isWritten), gaps },
]

/** A row of a form that is all empty says nothing. */
export const isWritten = (text: string): boolean => /[^\s|]/u.test(text)

const tidy = (text: string) => text.replaceAll(/[\s\u3000]+/gu, ' ').trim()
