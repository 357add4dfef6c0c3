import { recentlyUsed } from '../../lib/recently-used.ts'
import { TaskFault, TaskLimitError } from '../../lib/worker-task.ts'
import { drawOfdPage, pagePicture } from '../../parsing/index.ts'
import type { Reply } from '../../ports/chat.ts'
import type { Pictures } from '../../ports/pictures.ts'
import type { SiteDocument } from '../../site/content.ts'
import type { DocumentLibrary } from './library/library.ts'
import type { OriginalFiles } from './library/original-files.ts'
import type { LibraryDocument } from './library/records.ts'
import { publishedDocuments } from './published.ts'
import { numberOfQuotable } from './quotable.ts'
import { clauseOf, documentNameOf, hasPages, ofdNote, sayClause } from './words.ts'

/** Pictures of pages in memory, in bytes. */
const mostCached = 30 * 1024 * 1024
/** A line takes no larger file. */
const largestSent = 5 * 1024 * 1024
/** A sheet of A4 is drawn some 1,000 pixels wide; a long one is narrower. */
const [leastWidthPx, usualWidthPx, mostHeightPx] = [100, 1000, 3000]

/** Draws a page of a document. @returns a PNG; undefined where the file has no such page or cannot be drawn */
export type DrawPage = (file: LibraryDocument['file'], page: number) => Promise<Uint8Array | undefined>

type DrawingParts = { files: Pick<OriginalFiles, 'read'>; pictures: Pictures }

/** Pages are looked at again and again while a document is reviewed or talked of. */
export function createPageDrawing({ files, pictures }: DrawingParts): DrawPage {
  const drawn = recentlyUsed<Uint8Array>(Number.POSITIVE_INFINITY, {
    mostSize: mostCached,
    sizeOf: ({ length }) => Math.max(1, length),
  })
  return async (file, page) => {
    const key = `${file.sha256}/${page}`
    const known = drawn.get(key)
    if (known || !hasPages(file)) return known
    const bytes = await files.read(file)
    const picture =
      file.kind === 'pdf' ? await pagePicture(bytes, page) : await ofdPicture(bytes, { page, pictures })
    if (picture) drawn.set(key, picture)
    return picture
  }
}

async function ofdPicture(
  bytes: Uint8Array,
  { page, pictures }: { page: number; pictures: Pictures },
): Promise<Uint8Array | undefined> {
  const sheet = await drawOfdPage(bytes, page)
  if (!sheet) return undefined
  const widthPx = Math.floor(Math.min(usualWidthPx, (mostHeightPx * sheet.widthMm) / sheet.heightMm))
  if (widthPx < leastWidthPx) return undefined
  try {
    return await pictures.png(sheet.svg, widthPx)
  } catch (cause) {
    // The text is shown in its place.
    if (cause instanceof TaskLimitError || cause instanceof TaskFault) return undefined
    throw cause
  }
}

type PlaceParts = {
  library: DocumentLibrary
  /** Where anyone reads a clause; undefined where there are no public pages. */
  addressOf(document: SiteDocument, clause: string): string | undefined
  today(): string
}

type Parts = PlaceParts & { drawPage: DrawPage }

/** A quotation: its document, page and first words. */
type Quoted = { documentId: string; page: number; text: string }

/** Where anyone reads a clause of a document, a line each. */
function placesOf(document: LibraryDocument, clause: string, { library, addressOf, today }: PlaceParts) {
  const published = publishedDocuments(library.all(), today()).find(one => one.number === document.number)
  const address = published && addressOf(published, clause)
  return [document.source ? `公布的网页：${document.source}` : '', address ? `E空间：${address}` : ''].filter(
    Boolean,
  )
}

/** Whether a quoted document has pages that can be drawn, or an address. */
export const createOriginalLookup = (parts: PlaceParts) => (documentId: string) => {
  const document = parts.library.find(numberOfQuotable(documentId))
  return document !== undefined && (hasPages(document.file) || placesOf(document, '', parts).length > 0)
}

/** Shows the page on which a quotation stands: as a picture where the file has pages, and where to read it. */
export function createOriginalPages(parts: Parts) {
  const { library, drawPage } = parts
  return async ({ documentId, page, text }: Quoted): Promise<Reply> => {
    const document = library.find(numberOfQuotable(documentId))
    if (document?.state !== 'live') return { text: '这份文件刚刚撤下了，不再引用。' }
    const at = document.passages.findIndex(passage => passage.text === text)
    const passage = document.passages[at]
    const clause = passage ? clauseOf(passage, at) : ''
    const picture = await drawPage(document.file, page)
    const isSent = picture !== undefined && picture.length <= largestSent
    const places = placesOf(document, clause, parts)
    const name = `${documentNameOf(document)} ${sayClause(clause)}`.trim()
    return {
      text: [
        isSent ? `${name}，原件第 ${page} 页：` : `${name}：`,
        ...(isSent && document.file.kind === 'ofd' ? [ofdNote] : []),
        ...places,
        ...(isSent || places.length > 0 ? [] : [nowhere]),
      ].join('\n'),
      ...(isSent ? { file: { name: `原件第${page}页.png`, mimeType: 'image/png', bytes: picture } } : {}),
    }
  }
}

const nowhere = '这份文件没有页的图，也没有公开的网址。要看原件，请对我说「转人工」，指导员发给你。'
