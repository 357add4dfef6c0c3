import { Refusal } from '../../../feature.ts'
import { articleOf } from '../../../parsing/index.ts'
import { type Web, WebFault, type WebPage } from '../../../ports/web.ts'
import type { Article } from '../../../text/pages/html.ts'
import { dayInLink } from '../../../text/pages/links.ts'
import { wallIn } from '../../../text/pages/walls.ts'
import { fileText, withAttachments } from './attached.ts'

/** Content of the page behind a link; where `unread` is set it has none, and `unread` says why, in Chinese. */
export type Original = {
  title: string
  date: string
  text: string
  unread?: string
  /** Unreadable parts of attachments, a Chinese sentence each. */
  gaps?: string[]
}

/** Pages that send readers on are followed so often. */
const mostMoves = 2
const fileKinds: readonly [RegExp, string][] = [
  [/pdf/u, 'PDF'],
  [/msword|wordprocessing|opendocument\.text|\bwps\b|\.docx?$|\.odt$|\.wps$/u, 'Word 文件'],
  [/ms-excel|spreadsheet|\.xlsx?$|\.et$/u, 'Excel 表格'],
  [/ms-powerpoint|presentation|\.pptx?$/u, 'PPT'],
  [/ofd/u, 'OFD 文件'],
  [/zip|rar|7z|gzip|x-tar/u, '压缩包'],
  [/^image\/|\.(?:jpe?g|png|gif|webp)$/u, '图片'],
  [/^(?:video|audio)\//u, '音视频'],
]
const pageTypes = /^(?:text\/|application\/(?:xhtml|xml|json|rss|atom|javascript))|\+xml$|^$/u
/** How files of these kinds begin; a site may name any type for them. */
const fileHeads: readonly [string, string][] = [
  ['%PDF-', 'PDF'],
  ['PK\u0003\u0004', 'Word、Excel 文件或压缩包'],
  ['\u00D0\u00CF\u0011', 'Word 或 Excel 文件'],
  ['\uFFFD\uFFFD\u0011', 'Word 或 Excel 文件'],
  ['{\\rtf', 'Word 文件'],
  ['Rar!', '压缩包'],
  ['GIF8', '图片'],
  ['\u0089PNG', '图片'],
  ['\uFFFDPNG', '图片'],
]

/**
 * Reads the article behind a link.
 * @param cutTitle the title of the list, where it is cut
 */
export async function readOriginal(web: Web, link: string, cutTitle = ''): Promise<Original> {
  try {
    let page = await pageAt(web, link)
    for (let moves = 0; ; moves++) {
      const file = fileInDownload(page)
      if (file) return await originalOfFile(page, file)
      const article = await articleOf(page.text, cutTitle)
      const next = URL.parse(article.movesTo || page.url, page.url)?.href ?? page.url
      if (!article.movesTo || next === page.url || moves >= mostMoves) return originalOf(article, page, web)
      page = await pageAt(web, next)
    }
  } catch (cause) {
    if (!(cause instanceof WebFault) && !(cause instanceof Refusal)) throw cause
    return unread(cause.message, dayInLink(link, 'sure'))
  }
}

async function pageAt(web: Web, link: string): Promise<WebPage> {
  const page = await web.get(link)
  if (page.kind === 'unchanged') throw new WebFault('网站没有给出这一页的内容，稍后再试。')
  return page
}

/** @param kind e.g. 「PDF」 */
async function originalOfFile(page: WebPage, kind: string): Promise<Original> {
  const date = dayInLink(page.url, 'sure')
  const isDocument = /^(?:PDF|Word|OFD)/u.test(kind)
  try {
    if (isDocument) {
      const { text, gaps } = await fileText(page)
      return { title: titleIn(text), date, text, gaps }
    }
  } catch (cause) {
    // A scan, a locked or a broken file: a person opens it.
    if (!(cause instanceof Refusal)) throw cause
  }
  return unread(`原文是${spaced(kind)}，请打开看。`, date)
}

const longestFileTitle = 100
const titleWords = /关于|通知|公告|通告|办法|细则|意见|措施|指南|方案/u

/** The line of a document that names it: office and number stand above it. */
function titleIn(text: string): string {
  const lines = text.split('\n').slice(0, 8)
  const named = lines.find(line => titleWords.test(line) && line.length <= longestFileTitle)
  return (named ?? lines[0] ?? '').slice(0, longestFileTitle)
}

const spaced = (kind: string) => (/^[A-Z]/u.test(kind) ? ` ${kind}` : kind)

async function originalOf(article: Article, page: WebPage, web: Web): Promise<Original> {
  const wall = wallIn(article)
  if (wall) return unread(wall)
  const date = article.date || dayInLink(page.url, 'sure')
  // A script may fetch the rest.
  if (article.text === '' || article.text === article.title)
    return { ...unread('网页上没有文字，请打开看，或手工粘贴正文。', date), title: article.title }
  return { title: article.title, date, ...(await withAttachments(web, page, article.text)) }
}

const unread = (reason: string, date = ''): Original => ({ title: '', date, text: '', unread: reason })

/** The kind of file that came in place of a page; undefined for a page. */
export function fileInDownload({
  mediaType,
  url,
  text,
}: Pick<WebPage, 'mediaType' | 'url' | 'text'>): string | undefined {
  const byHead = fileHeads.find(([head]) => text.trimStart().startsWith(head))?.[1]
  const name = URL.parse(url)?.pathname.toLowerCase() ?? ''
  const kind = (of: string) => fileKinds.find(([words]) => words.test(of))?.[1]
  if (byHead) return kind(mediaType) ?? kind(/\.[a-z0-9]+$/u.exec(name)?.[0] ?? '') ?? byHead
  if (pageTypes.test(mediaType)) return undefined
  const looksLikeMarkup = /^\s*(?:<!doctype|<html|<\?xml|<head|<body)/iu.test(text)
  return looksLikeMarkup ? undefined : (kind(mediaType) ?? kind(name) ?? '文件')
}
