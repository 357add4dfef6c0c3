import { readHead } from '../structure/head/head.ts'
import { publishedIn, repealed } from '../structure/head/head-lines.ts'
import { readLabels } from '../structure/head/labels.ts'
import { officeOfKind, titleEnd, unspaced } from '../structure/head/title.ts'
import { type DocumentHead, parseDocument } from '../structure/index.ts'
import { onePage } from '../text.ts'

type OwnHead = Pick<DocumentHead, 'issuers' | 'number' | 'date'>

/** In costs of a head, see `costs.ts`: a missing title alone costs more. */
const highestCost = 3
/** 「主任办公会议纪要」, in characters: a longer title tells its matter. */
const longestKind = 8

/**
 * The head with which an article begins: a title that tells its matter, with no sentence above it, and beside it a
 * number, offices, a day or addressees, unless the page gives itself the same title or only a
 * name, 「补贴-办事指南」. undefined for an article that leaves its head to the page, or part of it: a
 * headline that says the title and more is the title.
 */
export function ownHeadOf(article: readonly string[], headline: string): OwnHead | undefined {
  const { title, cost, number, issuers, addressees, date } = readHead(
    article.map(text => ({ page: 1, text })),
  )
  const [own, page] = [unspaced(title), unspaced(headline)]
  const isTitle = own.length > longestKind && titleEnd.test(own) && officeOfKind(title).length === 0
  if (cost > highestCost || !isTitle || (page.includes(own) && page !== own)) return undefined
  const first = article.findIndex(line => own.startsWith(unspaced(line)))
  if (article.slice(0, first).some(line => line.includes('。'))) return undefined
  const hasFields = number !== undefined || date !== undefined || issuers.length + addressees.length > 0
  const isConfirmed = own === page || !titleEnd.test(page) || /[-_|]/u.test(page)
  return hasFields || isConfirmed ? parseDocument({ kind: 'html', pages: onePage(article) }).head : undefined
}

/** 「来源：本站 时间：2026-09-01 浏览：35」 tells when and from where the site has a document. */
const byline = /(?:来源|作者|编辑|发布时间|时间|浏览|阅读|点击)[^:：|]{0,4}[:：|]/u

/**
 * Whether a line of the page is one of the document's index, or a byline that tells a field that its own head lacks, or
 * says that it is no longer in force.
 */
export function fillsIn(line: string, own: OwnHead): boolean {
  const labels = readLabels(line)
  if (!labels) return repealed.test(line) || (own.date === undefined && publishedIn(line) !== undefined)
  if (!byline.test(line)) return true
  const isFuller = own.issuers.some(issuer =>
    labels.issuers.some(name => name.length > issuer.length && name.endsWith(issuer)),
  )
  return (
    isFuller ||
    (own.number === undefined && labels.number !== undefined) ||
    (own.issuers.length === 0 && labels.issuers.length > 0) ||
    (own.date === undefined && (labels.date ?? labels.published) !== undefined)
  )
}
