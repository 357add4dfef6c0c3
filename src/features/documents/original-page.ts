import { LRUCache } from 'lru-cache'
import { pagePicture } from '../../parsing/index.ts'
import type { Reply } from '../../ports/chat.ts'
import type { SiteDocument } from '../../site/content.ts'
import type { DocumentLibrary } from './library/library.ts'
import type { OriginalFiles } from './library/original-files.ts'
import type { LibraryDocument } from './library/records.ts'
import { publishedDocuments } from './published.ts'
import { numberOfQuotable } from './quotable.ts'
import { clauseOf, nameOf, sayClause } from './words.ts'

/** Pictures of pages in memory, in bytes. */
const mostCached = 30 * 1024 * 1024
/** A line takes no larger file. */
const largestSent = 5 * 1024 * 1024

/** Draws a page of a document. @returns a PNG; undefined where the file has no such page or cannot be drawn */
export type DrawPage = (file: LibraryDocument['file'], page: number) => Promise<Uint8Array | undefined>

/** Pages are looked at again and again while a document is reviewed or talked of. */
export function createPageDrawing(files: Pick<OriginalFiles, 'read'>): DrawPage {
  const pictures = new LRUCache<string, Uint8Array>({
    maxSize: mostCached,
    sizeCalculation: ({ length }) => Math.max(1, length),
  })
  return async (file, page) => {
    const key = `${file.sha256}/${page}`
    const known = pictures.get(key)
    if (known || file.kind !== 'pdf') return known
    const picture = await pagePicture(await files.read(file), page)
    if (picture) pictures.set(key, picture)
    return picture
  }
}

type Parts = {
  library: DocumentLibrary
  drawPage: DrawPage
  /** Where anyone reads a clause; undefined where there are no public pages. */
  addressOf(document: SiteDocument, clause: string): string | undefined
  today(): string
}

/** A quotation: its document, page and first words. */
type Quoted = { documentId: string; page: number; text: string }

/** Shows the page on which a quotation stands: as a picture where the file has pages, and where to read it. */
export function createOriginalPages({ library, drawPage, addressOf, today }: Parts) {
  return async ({ documentId, page, text }: Quoted): Promise<Reply> => {
    const document = library.find(numberOfQuotable(documentId))
    if (document?.state !== 'live') return { text: '这份文件刚刚撤下了，不再引用。' }
    const at = document.passages.findIndex(passage => passage.text === text)
    const passage = document.passages[at]
    const clause = passage ? clauseOf(passage, at) : ''
    const published = publishedDocuments(library.all(), today()).find(one => one.number === document.number)
    const address = published && addressOf(published, clause)
    const picture = await drawPage(document.file, page)
    const isSent = picture !== undefined && picture.length <= largestSent
    const places = [
      document.source ? `公布的网页：${document.source}` : '',
      address ? `E空间：${address}` : '',
    ].filter(Boolean)
    const name = `${nameOf(document)} ${sayClause(clause)}`.trim()
    return {
      text: [
        isSent ? `${name}，原件第 ${page} 页：` : `${name}：`,
        ...places,
        ...(isSent || places.length > 0 ? [] : [nowhere]),
      ].join('\n'),
      ...(isSent ? { file: { name: `原件第${page}页.png`, mimeType: 'image/png', bytes: picture } } : {}),
    }
  }
}

const nowhere = '这份文件没有页的图，也没有公开的网址。要看原件，请对我说「转人工」，指导员发给你。'
