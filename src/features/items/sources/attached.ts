import { Refusal } from '../../../feature.ts'
import { attachmentsOf, readDocument, readTables } from '../../../parsing/index.ts'
import { type Web, WebFault, type WebPage } from '../../../ports/web.ts'
import type { Table } from '../../../tables/index.ts'
import { attachedMark } from '../../../text/notices/index.ts'
import type { Attachment } from '../../../text/pages/attachments.ts'

/** The text of a notice with that of its attachments; `gaps` says in Chinese what of them could not be read. */
export type Attached = { text: string; gaps: string[] }

/** A document of the library that was uploaded for an item. */
export type UploadedDocument = {
  title: string
  path: string
  /** Only what may be relied on; empty where nothing may. */
  text: string
  /** Unreadable parts, a Chinese sentence each. */
  gaps: readonly string[]
}

/** A notice that leaves something to its attachments. */
const leavesToAttachments =
  /(?:见|详见|参见|按|附后|如下)[^。\n]{0,12}附件|附件[^。\n]{0,12}(?:所列|规定|执行|下载)|^\s*附件?\s*\d*\s*[:：]/mu
/** Whether a notice leaves something to an attachment of which nothing was read. */
export const lacksAttachment = (text: string) =>
  leavesToAttachments.test(text) && !text.includes(attachedMark)

const beforeAttached = new RegExp(`\\n(?=${attachedMark})`, 'u')

/** The text of a notice with that of the documents uploaded for it, in place of what of them was read before. */
export function withDocuments(text: string, documents: readonly UploadedDocument[]): string {
  const read = documents.filter(document => document.text !== '')
  const heads = new Set(read.map(({ title }) => `${attachedMark}${title}`))
  const others = text.split(beforeAttached).filter(part => !heads.has(part.split('\n', 1)[0] ?? ''))
  const own = others.join('\n')
  const added = read.map(document => `${attachedMark}${document.title}\n${document.text}`)
  return [own, ...added].join('\n').slice(0, own.length + longestAttached)
}

const documentKinds: readonly string[] = ['pdf', 'docx', 'doc', 'odt', 'ofd']
const mostFiles = 3
/** Length limit of all attachments together, in characters: forms and lists go on for pages. */
const longestAttached = 12_000

/** Reads the attachments of a page where its text leaves something to them. Never throws for what a site sends. */
export async function withAttachments(web: Web, page: WebPage, text: string): Promise<Attached> {
  if (!leavesToAttachments.test(text)) return { text, gaps: [] }
  const files = (await attachmentsOf(page.text, page.url)).toSorted((a, b) => sheetsLast(a) - sheetsLast(b))
  const read = []
  for (const file of files.slice(0, mostFiles)) read.push(await attached(web, file))
  const more = files.length > mostFiles ? [`还有 ${files.length - mostFiles} 个附件没有读。`] : []
  const texts = read.flatMap(one => (one.text ? [one.text] : []))
  return {
    text: [text, ...texts].join('\n').slice(0, text.length + longestAttached),
    gaps: [...read.flatMap(({ gaps }) => gaps), ...more],
  }
}

const extensionOf = (link: string) => /\.\w+$/u.exec(URL.parse(link)?.pathname ?? '')?.[0].toLowerCase() ?? ''
const isSheet = (link: string) => extensionOf(link) === '.xlsx'
const oldFormats: readonly string[] = ['.xls', '.wps', '.et']
/** Guides stand in documents; sheets are mostly forms to fill in; old formats are only named. */
const sheetsLast = ({ link }: Attachment) => {
  if (oldFormats.includes(extensionOf(link))) return 2
  return isSheet(link) ? 1 : 0
}

async function attached(web: Web, { name, link }: Attachment): Promise<Attached> {
  const extension = extensionOf(link)
  if (oldFormats.includes(extension))
    return { text: '', gaps: [`附件「${name}」没有读：是旧格式（${extension}），请打开看里面的日子和金额。`] }
  try {
    const file = await web.get(link)
    if (file.kind === 'unchanged') return { text: '', gaps: [`附件「${name}」没有读到。`] }
    const { text, gaps } = isSheet(link) ? await sheetText(file.bytes) : await fileText(file)
    return { text: `${attachedMark}${name}\n${text}`, gaps: gaps.map(gap => `附件「${name}」：${gap}`) }
  } catch (cause) {
    if (!(cause instanceof WebFault) && !(cause instanceof Refusal)) throw cause
    return { text: '', gaps: [`附件「${name}」没有读：${cause.message}`] }
  }
}

/**
 * The text of a document that came in place of a page.
 * @throws {@link Refusal} in Chinese where it is none that can be read
 */
export async function fileText(file: WebPage): Promise<Attached> {
  const { kind, pages } = await readDocument(
    file.bytes,
    URL.parse(file.url)?.pathname.split('/').at(-1) ?? '',
  )
  // A site that lost a file sends a page in its place.
  if (!documentKinds.includes(kind)) throw new Refusal('打开不是 PDF、Word 或 OFD 文件。')
  return {
    text: pages.flatMap(({ paragraphs }) => paragraphs).join('\n'),
    gaps: pages.flatMap(({ gaps }) => gaps),
  }
}

const zipStart = Buffer.from('PK')

async function sheetText(bytes: Uint8Array): Promise<Attached> {
  if (zipStart.compare(bytes.subarray(0, zipStart.length)) !== 0) throw new Refusal('打开不是 Excel 表格。')
  const tables = await readTables(bytes)
  return { text: tables.flatMap(linesOf).join('\n'), gaps: [] }
}

/** A line for each row that can be seen; a cell that is merged over the whole row is said once. */
function linesOf({ rows, isHidden = false, hiddenRows = [] }: Table): string[] {
  if (isHidden) return []
  return rows.flatMap((row, at) => {
    if (hiddenRows.includes(at + 1)) return []
    const cells = row.map(cell => cell.replaceAll(/\s+/gu, ' ').trim())
    const line = (new Set(cells).size === 1 ? cells.slice(0, 1) : cells).join('\t').trimEnd()
    return line.trim() === '' ? [] : [line]
  })
}
