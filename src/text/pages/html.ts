import { type Cheerio, type CheerioAPI, load } from 'cheerio'
import { articleDate, dateBox, dayBehindTitle, withoutDay, writtenDate } from './article-dates.ts'
import { withFewAttributes } from './attributes.ts'
import { framedFile, moveIn, onlyFrame } from './page-moves.ts'
import { longerTitle, longestTitle, metaOf, oneLine, titleOf } from './page-titles.ts'
import { elementsIn, type PageNode } from './page-tree.ts'

type Found = Cheerio<PageNode>

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
const shortestBody = 40

/** Markup as plain text: paragraphs by line breaks, cells by spaces, nothing that is not read. */
export function plainText(markup: string): string {
  const page = load(withFewAttributes(markup))
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
  const page = load(withFewAttributes(markup))
  const from = metaOf(page, 'ContentSource', 'SiteName', 'og:site_name')
  const named = cutTitle ? longerTitle(page, cutTitle) : titleOf(page)
  const marked = articleDate(page)
  const move = moveIn(page) || framedFile(page) || onlyFrame(page)
  dropNoText(page, oneLine(named))
  const body =
    bodies.map(place => page(place).first()).find(found => tidy(found.text()).length >= shortestBody) ??
    densest(page)
  const text = tidy(textOf(body))
  const boxed = dateBox(page, body.get(0))
  return {
    title: withoutDay(oneLine(named)).slice(0, longestTitle),
    date:
      marked ||
      writtenDate(linesAround(page, body as Found), text.split('\n')) ||
      boxed ||
      dayBehindTitle(named),
    from: oneLine(from),
    text,
    movesTo: text.length < shortestBody ? move : '',
  }
}

/** @param title of the article: a header that holds it may hold its day as well */
function dropNoText(page: CheerioAPI, title = ''): void {
  page(noText).remove()
  const whole = ownLength(page('body'))
  for (const each of page(frames).toArray()) {
    const frame = page(each)
    const own = ownLength(frame)
    const holdsBody = bodies.some(place => tidy(frame.find(place).text()).length >= shortestBody)
    const isPage = each.tagName === 'form' && own >= shortestBody && own * 2 >= whole
    const holdsTitle =
      each.tagName === 'header' && title !== '' && isTitleWithDay(oneLine(frame.text()), title)
    if (!isPage && !holdsBody && !holdsTitle) frame.remove()
  }
}

/** The header of a site may begin with the title, too: the way through its pages stands behind it. */
const isTitleWithDay = (text: string, title: string) =>
  text.startsWith(title) && (text.length === title.length || /\d{4}|月/u.test(text.slice(title.length)))

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

/** Links are menus; what is left of the rest is the article. */
function densest(page: CheerioAPI): Found {
  let best: Found = page('body') as Found
  let most = 0
  const contents = contentsIn(page)
  for (const each of page('div, section, td, form').toArray()) {
    const here = page(each)
    const own = here.children('p, br, span, div').length
    const { text, linked, divs } = contents.get(each) ?? noContents
    const score = (text - 3 * linked) * (own > 0 ? 1 : 0.5) - divs * 40
    if (score > most) {
      most = score
      best = here as Found
    }
  }
  return best
}

/** Characters, those of them in links, and elements `div` within an element, without itself. */
type Contents = { text: number; linked: number; divs: number }
const noContents: Contents = { text: 0, linked: 0, divs: 0 }

/** Each element is counted once, from the innermost ones outwards. */
function contentsIn(page: CheerioAPI): Map<PageNode, Contents> {
  const contents = new Map<PageNode, Contents>()
  const [root] = page('html').toArray()
  const inwards = root ? [...elementsIn(root)] : []
  for (const element of inwards.toReversed()) {
    const sum = { ...noContents }
    for (const child of element.children) {
      const { text, linked, divs } = contents.get(child) ?? noContents
      const own = child.type === 'text' ? child.data.length : text
      const isLink = 'name' in child && child.name === 'a'
      sum.text += own
      sum.linked += isLink ? own : linked
      sum.divs += divs + ('name' in child && child.name === 'div' ? 1 : 0)
    }
    contents.set(element, sum)
  }
  return contents
}

function textOf(from: Found): string {
  let text = ''
  const walk = (node: PageNode) => {
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
