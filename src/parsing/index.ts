import type { SourceBlock } from '../documents/docx/source.ts'
import type { DrawnPage } from '../documents/ofd/page-svg.ts'
import { hasOcr } from '../documents/pdf/ocr-package.ts'
import type { ParsedDocument } from '../documents/structure/index.ts'
import type { DocumentText } from '../documents/text.ts'
import { Refusal } from '../feature.ts'
import { createTaskRunner, TaskFault, TaskLimitError } from '../lib/worker-task.ts'
import type { Table } from '../tables/index.ts'
import type { TemplateData } from '../tables/template.ts'
import type { NoticeRecord, NoticeText } from '../text/notices/record.ts'
import type { Attachment } from '../text/pages/attachments.ts'
import type { FeedReading, SubscriptionReading } from '../text/pages/feeds.ts'
import type { Article } from '../text/pages/html.ts'
import type { ListMapping, ListReading } from '../text/pages/list-pages.ts'

/** A page of half a megabyte takes some 100 ms; what takes longer than this is made to. */
const pageTimeoutMs = 5000
/**
 * A notice takes some 3 ms, the first one of a thread some 130 ms, and on a machine at
 * its limit forty times as long.
 */
const noticeTimeoutMs = 20_000
/** In characters: a notice that is longer is as untrusted as a page. */
const longNotice = 20_000
/** More cannot be read in that time, and may take a thread's memory so fast that the whole process ends. */
const mostTags = 60_000
/** Feeds are read by their first entries. */
const mostFeedTags = 600_000
/** Line limit of a list as text; a roster of a district has some thousands. */
const mostLines = 200_000
const mostCells = 2_000_000
/** A roster of 10,000 rows takes 2 s on a busy machine. */
const tableTimeoutMs = 20_000

/** A hundred pages take some 3 s. */
const documentTimeoutMs = 30_000
/** Fifteen pages of a scan, 20 s each. */
const scanTimeoutMs = 300_000

const runner = createTaskRunner({ threads: 2, memoryMb: 256 })
/** A long document does not hold up pages and lists. */
const documentRunner = createTaskRunner({ threads: 1, memoryMb: 200 })
/** The package that reads pictures takes some 700 MB, and gives none of it back. */
const scanRunner = createTaskRunner({ threads: 1, memoryMb: 400, keepsThreads: false })
/** Pages are looked at while another document is read. */
const pictureRunner = createTaskRunner({ threads: 1, memoryMb: 200 })
const html = new URL('../text/pages/html.ts', import.meta.url)
const attachments = new URL('../text/pages/attachments.ts', import.meta.url)
const lists = new URL('../text/pages/list-pages.ts', import.meta.url)
const feeds = new URL('../text/pages/feeds.ts', import.meta.url)
const notices = new URL('../text/notices/record.ts', import.meta.url)
const tables = new URL('../tables/index.ts', import.meta.url)
const documents = new URL('../documents/index.ts', import.meta.url)
const picture = new URL('../documents/pdf/picture.ts', import.meta.url)
const wordFile = new URL('../documents/docx/source.ts', import.meta.url)
const textFile = new URL('../documents/text-source.ts', import.meta.url)
const ofdPage = new URL('../documents/ofd/page-svg.ts', import.meta.url)
const template = new URL('../tables/template.ts', import.meta.url)

/**
 * Everything that strangers send is parsed here, in a worker thread with limits on time and memory: pages, feeds,
 * spreadsheets and documents. The functions are those of `text/`, `tables/` and `documents/`.
 */
export const articleOf = (markup: string, cutTitle = ''): Promise<Article> =>
  onPage(markup, { module: html, name: 'articleOf', args: [markup, cutTitle] })

/** @throws {@link Refusal} where the page breaks the limits */
export const attachmentsOf = (markup: string, base: string): Promise<Attachment[]> =>
  onPage(markup, { module: attachments, name: 'attachmentsOf', args: [markup, base] })

/** @throws {@link Refusal} where the page breaks the limits; TaskFault where a selector is none */
export const listedEntries = (markup: string, mapping: ListMapping, base: string): Promise<ListReading> =>
  onPage(markup, { module: lists, name: 'listedEntries', args: [markup, mapping, base] })

/** @throws {@link Refusal} where the feed breaks the limits; TaskFault where it is no feed */
export const feedEntries = (source: string, base: string): Promise<FeedReading> =>
  onPage(source, { module: feeds, name: 'feedEntries', args: [source, base] }, mostFeedTags)

/** @throws {@link Refusal} where the file breaks the limits; TaskFault where it is no OPML */
export const opmlFeeds = (source: string): Promise<SubscriptionReading> =>
  onPage(source, { module: feeds, name: 'opmlFeeds', args: [source] })

/**
 * Reads the dates, number and amounts of a notice, see `noticeRecord` in `text/notices/`.
 * @returns undefined where its text breaks the limits
 */
export async function noticeRecord(notice: NoticeText): Promise<NoticeRecord | undefined> {
  try {
    const task = { module: notices, name: 'noticeRecord', args: [notice] }
    const timeoutMs = notice.text.length > longNotice ? pageTimeoutMs : noticeTimeoutMs
    return await runner.run<NoticeRecord>({ ...task, timeoutMs })
  } catch (cause) {
    if (cause instanceof TaskLimitError) return undefined
    throw cause
  }
}

type PageTask = { module: URL; name: string; args: unknown[] }

async function onPage<T>(markup: string, task: PageTask, most = mostTags): Promise<T> {
  if (hasMoreTags(markup, most)) throw new Refusal(tooLarge)
  try {
    return await runner.run<T>({ ...task, timeoutMs: pageTimeoutMs })
  } catch (cause) {
    if (cause instanceof TaskLimitError) throw new Refusal(tooLarge)
    throw cause
  }
}

const tooLarge = '这一页太大或写法太乱，没有读。请把正文复制成文字发来。'

function hasMoreTags(markup: string, most: number): boolean {
  let count = 0
  for (let at = markup.indexOf('<'); at >= 0; at = markup.indexOf('<', at + 1))
    if (++count > most) return true
  return false
}

/**
 * Reads a document, see `readDocument` in `documents/`: its text page by page, with what could not be read named.
 * @throws {@link Refusal} in Chinese, with what to do
 */
export const readDocument = (bytes: Uint8Array, fileName: string): Promise<DocumentText> =>
  onDocument('readDocument', bytes, fileName)

/**
 * Reads a document with its head, clauses and validity, see `parseDocument` in `documents/structure/`.
 * @throws {@link Refusal} in Chinese, with what to do
 */
export const readStructure = (
  bytes: Uint8Array,
  fileName: string,
): Promise<{ text: DocumentText; document: ParsedDocument }> => onDocument('readStructure', bytes, fileName)

async function onDocument<T>(name: string, bytes: Uint8Array, fileName: string): Promise<T> {
  const task = { module: documents, name, args: [bytes, fileName] }
  const mayBeScan = isPdf(bytes) && hasOcr()
  try {
    return mayBeScan
      ? await scanRunner.run<T>({ ...task, timeoutMs: scanTimeoutMs })
      : await documentRunner.run<T>({ ...task, timeoutMs: documentTimeoutMs })
  } catch (cause) {
    if (cause instanceof TaskLimitError) throw new Refusal(heavyDocument)
    if (cause instanceof TaskFault && cause.thrown === 'Refusal') throw new Refusal(cause.message)
    throw cause
  }
}

const isPdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')
const heavyDocument = '这个文件太大或有问题，没有读。请另存一份，或拆成几份再传。'

/**
 * Draws one page of a PDF, see `pagePicture` in `documents/`.
 * @returns a PNG; undefined where it cannot be drawn
 */
export const pagePicture = (bytes: Uint8Array, page: number): Promise<Uint8Array | undefined> =>
  onPicture({ module: picture, name: 'pagePicture', args: [bytes, page] })

/**
 * Draws one page of an OFD as SVG, see `drawOfdPage` in `documents/ofd/`.
 * @returns undefined where it cannot be drawn
 */
export const drawOfdPage = (bytes: Uint8Array, page: number): Promise<DrawnPage | undefined> =>
  onPicture({ module: ofdPage, name: 'drawOfdPage', args: [bytes, page] })

export type { SourceBlock } from '../documents/docx/source.ts'

/**
 * Paragraphs and tables of a DOCX as they stand in the file, see `wordSource` in `documents/docx/`.
 * @returns undefined where it cannot be read
 */
export const wordSource = (bytes: Uint8Array): Promise<SourceBlock[] | undefined> =>
  onPicture({ module: wordFile, name: 'wordSource', args: [bytes] })

/**
 * Lines of a text, a Markdown file or a web page as they stand there, see `textSource` in `documents/`.
 * @returns undefined where it cannot be read
 */
export const textSource = (
  bytes: Uint8Array,
  kind: 'txt' | 'md' | 'html',
): Promise<SourceBlock[] | undefined> =>
  onPicture({ module: textFile, name: 'textSource', args: [bytes, kind] })

async function onPicture<T>(task: PageTask): Promise<T | undefined> {
  try {
    return await pictureRunner.run<T | undefined>({ ...task, timeoutMs: documentTimeoutMs })
  } catch (cause) {
    // The text is shown in its place.
    if (cause instanceof TaskLimitError || cause instanceof TaskFault) return undefined
    throw cause
  }
}

/**
 * Reads what people send as a list, see `readTables` in `tables/`.
 * @throws {@link Refusal} in Chinese, with what to do
 */
export const readTables = (bytes: Uint8Array): Promise<Table[]> =>
  readTablesWith(bytes, { module: tables, name: 'readTables', args: [] })

/**
 * Reads what people send as a list by a function of a feature, which gets the bytes and `args`.
 * @throws {@link Refusal} in Chinese, with what to do
 */
export async function readTablesWith<T>(bytes: Uint8Array, task: PageTask): Promise<T> {
  if (hasMoreCells(bytes)) throw new Refusal(tooManyRows)
  return onTable<T>({ ...task, args: [bytes, ...task.args] })
}

/**
 * Fills a sheet of the office's own, see `fillTemplate` in `tables/`.
 * @throws {@link Refusal} in Chinese, with what to do
 */
export const fillTemplate = (bytes: Uint8Array, data: TemplateData): Promise<Uint8Array> =>
  onTable({ module: template, name: 'fillTemplate', args: [bytes, data] })

async function onTable<T>(task: PageTask): Promise<T> {
  try {
    return await runner.run<T>({ ...task, timeoutMs: tableTimeoutMs })
  } catch (cause) {
    if (cause instanceof TaskLimitError) throw new Refusal(tooManyRows)
    if (cause instanceof TaskFault && cause.thrown === 'Refusal') throw new Refusal(cause.message)
    throw cause
  }
}

const tooManyRows = '这个表格太大或有问题，没有读。请把要导入的那一页复制到一个新文件里，再导入。'

/** True where a list as text has too many cells, by line ends and separators; archives have limits of their own. */
function hasMoreCells(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return false
  const hasMore = (chars: string, most: number) =>
    [...chars].some(char => countOf(bytes, char.charCodeAt(0), most) > most)
  return hasMore('\n\r', mostLines) || hasMore(',;\t', mostCells)
}

/** @returns how often this byte stands there, counted no further than just above `most` */
function countOf(bytes: Uint8Array, byte: number, most: number): number {
  let count = 0
  for (let at = bytes.indexOf(byte); at >= 0 && count <= most; at = bytes.indexOf(byte, at + 1)) count += 1
  return count
}
