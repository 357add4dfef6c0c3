import { type Cheerio, type CheerioAPI, load } from 'cheerio'

const nodesOf = (page: CheerioAPI) => page('*').contents().toArray()
type Node = ReturnType<typeof nodesOf>[number]
type Found = Cheerio<Node>

const noText =
  'script, style, noscript, template, iframe, object, svg, form, nav, header, footer, select, button'
const blocks = new Set(
  'address article aside blockquote br dd div dl dt figcaption h1 h2 h3 h4 h5 h6 hr li main ol p pre section table tr ul'.split(
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
  page(noText).remove()
  return tidy(textOf(page('body')))
}

/** What a page of an office is about. */
export type Article = {
  title: string
  /** As the page writes it; empty where it names none. */
  date: string
  /** Who published it, as the page names it; empty where it does not. */
  from: string
  text: string
}

/** The article of a page: by the marks that offices' sites must carry (国办发〔2017〕47号), else where most of its text is. */
export function articleOf(markup: string): Article {
  const page = load(markup)
  const meta = (...names: string[]) => names.map(name => metaOf(page, name)).find(value => value !== '') ?? ''
  const title = meta('ArticleTitle', 'og:title') || tidy(page('h1').first().text()) || siteTitle(page)
  const whole = page('body').text()
  const date =
    meta('PubDate', 'publishdate', 'article:published_time') ||
    (/(?:发布|发文|成文|公开)?(?:时间|日期)\s*[:：]?\s*(\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2})/u.exec(
      whole,
    )?.[1] ??
      '')
  page(noText).remove()
  const body = bodies
    .map(place => page(place).first())
    .find(found => tidy(found.text()).length >= shortestBody)
  return {
    title: oneLine(title).slice(0, longestTitle),
    date,
    from: oneLine(meta('ContentSource', 'SiteName', 'og:site_name')),
    text: tidy(textOf(body ?? densest(page))),
  }
}

function metaOf(page: CheerioAPI, name: string): string {
  const found = page('meta')
    .toArray()
    .map(each => page(each))
    .find(each =>
      [each.attr('name'), each.attr('property')].some(own => own?.toLowerCase() === name.toLowerCase()),
    )
  return found?.attr('content')?.trim() ?? ''
}

/** 「通知标题_福州市科学技术局」: the site's name comes behind. */
const siteTitle = (page: CheerioAPI) =>
  page('title')
    .first()
    .text()
    .split(/[_|]|\s[-–—]\s/u)[0] ?? ''

/** Links are menus; what is left of the rest is the article. */
function densest(page: CheerioAPI): Found {
  let best: Found = page('body') as Cheerio<Node>
  let most = 0
  for (const each of page('div, section, td').toArray()) {
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

const oneLine = (text: string) => text.replaceAll(/\s+/gu, ' ').trim()

const tidy = (text: string) =>
  text
    .replaceAll(/[\u200b\ufeff]/gu, '')
    .split('\n')
    .map(line => line.replaceAll(/[\s\u3000]+/gu, ' ').trim())
    .filter(line => line !== '')
    .join('\n')

/** Where in a list page the entries stand, as CSS selectors; those of the parts are looked for inside an entry. */
export type ListMapping = {
  item: string
  title: string
  /** Without one the whole text of the entry is searched for a date. */
  date?: string | undefined
  link: string
}
export type ListedEntry = { title: string; date: string; link: string }

/**
 * The entries of a list page, as written; those without a title or a link are left out.
 * @param base what links are relative to
 * @throws when a selector is none
 */
export function listedEntries(markup: string, mapping: ListMapping, base: string): ListedEntry[] {
  const page = load(markup)
  return page(mapping.item)
    .toArray()
    .flatMap(each => {
      const entry = page(each)
      const part = (selector: string) => (selector === '.' ? entry : entry.find(selector).first())
      const named = part(mapping.title)
      const title = oneLine(named.attr('title') || named.text())
      const link = URL.parse(part(mapping.link).attr('href') ?? '', base)?.href ?? ''
      const date = mapping.date ? oneLine(part(mapping.date).text()) : oneLine(entry.text())
      return title && /^https?:/u.test(link) ? [{ title, date, link }] : []
    })
}

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
