import { type Cheerio, type CheerioAPI, load } from 'cheerio'
import { articleDate, writtenDate } from './article-dates.ts'
import { moveIn } from './page-moves.ts'

const nodesOf = (page: CheerioAPI) => page('*').contents().toArray()
type Node = ReturnType<typeof nodesOf>[number]
type Found = Cheerio<Node>

const noText = 'script, style, noscript, template, iframe, object, svg, select, option, button, textarea'
/** Around an article, as a rule; but some sites put the page or the article into one. */
const frames = 'form, nav, header, footer'
const blocks = new Set(
  'address article aside blockquote br center dd div dl dt figcaption form h1 h2 h3 h4 h5 h6 hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
)
/** Where sites of Chinese offices keep an article, the most particular first. */
const bodies = [
  '#zoom',
  '#zoomcon',
  '.TRS_Editor',
  '.trs_editor_view',
  '.view.TRS_UEDITOR',
  '#UCAP-CONTENT',
  '.article-content',
  '.article_content',
  '.articleCon',
  '.content_detail',
  '.detail-content',
  '.xl_con',
  '.pages_content',
  '#js_content',
  '.news_content',
  'article',
  '.article',
  '#content',
  '.content',
  'main',
]
const longestTitle = 120
const shortestBody = 40

/** Markup as plain text: paragraphs by line breaks, cells by spaces, nothing that is not read. */
export function plainText(markup: string): string {
  const page = load(markup)
  dropNoText(page)
  return tidy(textOf(page('body')))
}

/** The content of an office's page. */
export type Article = {
  title: string
  /** As the page writes it; empty where it names none. */
  date: string
  /** The publisher as the page names it; empty where it does not. */
  from: string
  text: string
  /** Where a page without a text sends its readers, as written; empty where it sends them nowhere. */
  movesTo: string
}

/**
 * The article of a page: by the marks that offices' sites must carry (国办发〔2017〕47号), else where most of its text is.
 * @param cutTitle a title that ends in 「…」; the page's own is taken for it only where it begins alike
 */
export function articleOf(markup: string, cutTitle = ''): Article {
  const page = load(markup)
  const from = metaOf(page, 'ContentSource', 'SiteName', 'og:site_name')
  const named = cutTitle ? longerTitle(page, cutTitle) : titleOf(page)
  const marked = articleDate(page)
  const move = moveIn(page)
  dropNoText(page)
  const body =
    bodies.map(place => page(place).first()).find(found => tidy(found.text()).length >= shortestBody) ??
    densest(page)
  const text = tidy(textOf(body))
  return {
    title: oneLine(named).slice(0, longestTitle),
    date: marked || writtenDate(linesAround(page, body as Found), text.split('\n')),
    from: oneLine(from),
    text,
    movesTo: text.length < shortestBody ? move : '',
  }
}

function dropNoText(page: CheerioAPI): void {
  page(noText).remove()
  const whole = ownLength(page('body'))
  for (const each of page(frames).toArray()) {
    const frame = page(each)
    const own = ownLength(frame)
    const holdsBody = bodies.some(place => tidy(frame.find(place).text()).length >= shortestBody)
    const isPage = each.tagName === 'form' && own >= shortestBody && own * 2 >= whole
    if (!isPage && !holdsBody) frame.remove()
  }
}

/** Characters that are no link. */
const ownLength = (found: Found | Cheerio<never>) =>
  tidy(found.text()).length - tidy((found as Found).find('a').text()).length

/** The lines of a page before its article and after it. */
function linesAround(page: CheerioAPI, body: Found): { before: string[]; after: string[] } {
  if (body.is('body')) return { before: [], after: [] }
  body.replaceWith(`<p>${gap}</p>`)
  const [before = '', after = ''] = tidy(textOf(page('body') as Found)).split(gap)
  return { before: before.split('\n'), after: after.split('\n') }
}

const gap = '\u0001'

const titlePlaces =
  '#activity-name, .rich_media_title, .article-title, .article_title, .arti_title, .news_title, .detail-title, .content_title, h1, .tit, .title, #title, h2'
const isSiteName = (text: string) =>
  /(?:网站|门户|政府网|信息网|官网|首页|平台)$/u.test(text) ||
  /^.{0,12}(?:局|委员会|厅|人民政府|办公室|中心)$/u.test(text)

/** The title that a page gives itself; the first headline is often the name of the site. */
function titleOf(page: CheerioAPI): string {
  const marked = metaOf(page, 'ArticleTitle', 'og:title')
  if (marked) return marked
  const headlines = page('h1')
    .toArray()
    .map(each => oneLine(page(each).text()))
    .filter(text => text !== '')
  const own = headlines.find(text => !isSiteName(text))
  if (own) return own
  const fromHead = siteTitles(page).find(text => !isSiteName(text))
  if (fromHead) return fromHead
  const placed = page(titlePlaces)
    .toArray()
    .map(each => oneLine(page(each).text()))
    .find(text => text.length >= 4 && text.length <= longestTitle && !isSiteName(text))
  return placed ?? headlines[0] ?? siteTitles(page)[0] ?? ''
}

const cutMark = /(?:[…⋯]+|\.{2,}|。{2,}|·{3,})$/u

/** Whether a list cut this title. */
export const isCutTitle = (title: string) => cutMark.test(title)

const titleEnd =
  /(?:通知|公告|通告|公示|通报|意见|办法|方案|指南|细则|措施|规定|决定|名单|报告|启事|须知|倡议书|邀请函|函)(?:[（(][^（()）]{1,20}[)）])?$/u

/** Whether a title goes on where the list broke off without a mark: it begins alike and ends as titles do. */
export const continuesTitle = (whole: string, listed: string) =>
  [...listed].length >= 8 &&
  !titleEnd.test(listed) &&
  titleEnd.test(whole) &&
  comparable(whole).startsWith(comparable(listed))

/** The whole of a cut title, wherever on its page it stands; empty where nothing begins alike. */
function longerTitle(page: CheerioAPI, cut: string): string {
  const start = comparable(cut.replace(cutMark, ''))
  if (start.length < 4) return ''
  const isWhole = (text: string) =>
    text.length <= longestTitle && !isCutTitle(text) && comparable(text).startsWith(start)
  const marked = [metaOf(page, 'ArticleTitle'), metaOf(page, 'og:title'), ...siteTitles(page)]
  const placed = page('h1, h2, h3, h4, p, div, span, td, strong, b, font, em, [title]')
    .toArray()
    .flatMap(each => {
      const found = page(each)
      const text = found.find('p, div, table, ul').length > 0 ? '' : found.text()
      return text.length > 3 * longestTitle ? [] : [text, found.attr('title') ?? '']
    })
  return [...marked, ...placed].map(oneLine).find(isWhole) ?? ''
}

const comparable = (text: string) => text.normalize('NFKC').replaceAll(/\s+/gu, '')

/** The content of the first of these marks in a page. */
function metaOf(page: CheerioAPI, ...names: string[]): string {
  const marks = page('meta')
    .toArray()
    .map(each => page(each))
  for (const name of names) {
    const found = marks.find(each =>
      [each.attr('name'), each.attr('property')].some(own => own?.toLowerCase() === name.toLowerCase()),
    )
    const content = found?.attr('content')?.trim()
    if (content) return content
  }
  return ''
}

/** 「通知标题_福州市科学技术局」: the site's name comes behind, as a rule. */
const siteTitles = (page: CheerioAPI) =>
  page('title')
    .first()
    .text()
    .split(/[_|]|\s[-–—]\s/u)
    .map(oneLine)
    .filter(text => text !== '')

/** Links are menus; what is left of the rest is the article. */
function densest(page: CheerioAPI): Found {
  let best: Found = page('body') as Cheerio<Node>
  let most = 0
  for (const each of page('div, section, td, form').toArray()) {
    const here = page(each)
    const own = here.children('p, br, span, div').length
    const linked = here.find('a').text().length
    const score = (here.text().length - 3 * linked) * (own > 0 ? 1 : 0.5) - here.find('div').length * 40
    if (score > most) {
      most = score
      best = here as Cheerio<Node>
    }
  }
  return best
}

function textOf(from: Found): string {
  let text = ''
  const walk = (node: Node) => {
    if (node.type === 'text') text += node.data.replaceAll(/\s+/gu, ' ')
    if (node.type !== 'tag') return
    const isBlock = blocks.has(node.name)
    if (isBlock) text += '\n'
    if (node.name === 'td' || node.name === 'th') text += ' '
    for (const child of node.children) walk(child)
    if (isBlock) text += '\n'
  }
  for (const node of from.toArray()) walk(node)
  return text
}

export const oneLine = (text: string) => text.replaceAll(/\s+/gu, ' ').trim()

const tidy = (text: string) =>
  text
    .replaceAll(/[\u200b\ufeff]/gu, '')
    .split('\n')
    .map(line => line.replaceAll(/[\s\u3000]+/gu, ' ').trim())
    .filter(line => line !== '')
    .join('\n')

/** Whether this can be a selector of a list page. */
export function isSelector(text: string): boolean {
  try {
    load('<p></p>')(text)
    return true
  } catch {
    return false
  }
}

/** Whether a text is a page rather than a feed. */
export function isPage(text: string): boolean {
  return /^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b/isu.test(text.slice(0, 2000))
}
