import type { CheerioAPI } from 'cheerio'
import { articleOf, plainText } from '../text/pages/html.ts'
import { loadPage } from './markup.ts'
import { readText } from './plain.ts'
import { isLabelName, readLabels } from './structure/head/labels.ts'
import { titleEnd } from './structure/head/title.ts'
import { numberIn } from './structure/number-line.ts'
import { officesIn } from './structure/offices.ts'
import { superscript } from './superscript.ts'
import { type DocumentPage, onePage, rowOf } from './text.ts'

/** Reads a page: the title, then the article with the numbers of its lists and the rows of its tables. */
export function readHtml(markup: string): DocumentPage[] {
  const page = loadPage(markup)
  const pictures = page('body img').length
  const linked = page('body a').text().length
  writeRaised(page)
  writePlain(page)
  partFields(page)
  writeLists(page)
  writeTerms(page)
  writeTables(page)
  const { title, text: article } = articleOf(page.html())
  const whole = plainText(page.html())
  // Text outside links is the document: an article that leaves out half of it is the wrong one.
  const text = article.length * 2 < whole.length - linked ? whole : article
  const isOfLinks = createLinkTest(page)
  const paragraphs = text === whole ? withoutMenus(whole.split('\n'), isOfLinks) : text.split('\n')
  const above = text === whole ? [] : linesAbove(whole.split('\n'), paragraphs, { title, isOfLinks })
  return onePage(
    [...above, ...(hasTitle(title, [...above, ...paragraphs]) ? [] : [title]), ...paragraphs],
    pictures > 0 && text.length < 200 ? ['网页里主要是图片，图片里的字没有读。'] : [],
  )
}

const mostOpeningLines = 30
const mostTitledLines = 15

/** Whether the lines say the title of the page, or have one of their own where the page has none or is called by its office. */
function hasTitle(title: string, lines: readonly string[]): boolean {
  if (title === '' || officesIn(title).length > 0) return true
  const isSaid = unspaced(lines.slice(0, mostOpeningLines).join('')).includes(unspaced(title))
  const titled = lines.findIndex(isTitle)
  return isSaid || titled === 0 || (titled > 0 && titled < mostTitledLines && !saysMatter(title))
}

const unspaced = (text: string) => text.replaceAll(/\s/gu, '')

const shortestTitle = 8
const isTitle = (line: string) =>
  line.length >= shortestTitle && !/[:：>]/u.test(line) && titleEnd.test(unspaced(line))
/** No name of a site or of a list of documents: 「某某区人民政府-部门文件」. */
const saysMatter = (title: string) => isTitle(title) && !/[-_|]|(?:部门|政策|政府|规范性)文件$/u.test(title)
const mostLinesAbove = 10

type LineTest = (line: string) => boolean

/** Menus and paths of a page are made of links. */
function createLinkTest(page: CheerioAPI): LineTest {
  const links = page('a')
    .toArray()
    .map(each => oneLine(page(each).text()))
    .filter(text => text !== '')
    .toSorted((one, other) => other.length - one.length)
  return line => /^[\s|>»/·-]*$/u.test(links.reduce((rest, link) => rest.replaceAll(link, ''), line))
}

/** The lines of a page that is read as a whole, without those of links above its head. */
function withoutMenus(lines: readonly string[], isOfLinks: LineTest): string[] {
  const first = lines.findIndex(
    line => (beginsHead(line) || readLabels(line) !== undefined) && !isOfLinks(line),
  )
  return lines.filter((line, at) => at > first || !isOfLinks(line))
}

/**
 * The lines outside the article, above it, that belong to the document: labels as 「发文字号：……」, and from the first
 * title, office or number on all that are no links.
 */
function linesAbove(
  lines: readonly string[],
  article: readonly string[],
  { title, isOfLinks }: { title: string; isOfLinks: LineTest },
): string[] {
  const start = lines.findIndex(line => line !== '' && line === article.find(text => text !== ''))
  const above = lines.slice(0, Math.max(0, start))
  const last = above.length - mostLinesAbove
  const isTop = (line: string) => line.length >= shortestTitle && unspaced(title).startsWith(unspaced(line))
  const top = !saysMatter(title) ? -1 : above.findIndex((line, at) => at >= last && isTop(line))
  const titled =
    top >= 0 ? top : above.findIndex((line, at) => at >= last && beginsHead(line) && !isOfLinks(line))
  return above.filter(
    (line, at) => readLabels(line) !== undefined || (titled >= 0 && at >= titled && !isOfLinks(line)),
  )
}

/** 「某某市人民政府关于印发」, whose title goes on in the next line. */
const beginsTitle = /^[^:：>。，；]{0,40}(?:关于|印发|转发)[^:：>。，；]{0,40}$/u
const oneLine = (text: string) => text.replaceAll(/\s+/gu, ' ').trim()
const beginsHead = (line: string) =>
  isTitle(line) ||
  beginsTitle.test(line) ||
  numberIn(line) !== undefined ||
  (officesIn(line).length > 0 && /局|厅|政府|委员会/u.test(line))

/** Plain text within a page, whose lines a browser keeps. */
function writePlain(page: CheerioAPI): void {
  for (const each of page('pre').toArray()) {
    const lines = readText(page(each).text()).flatMap(({ paragraphs }) => paragraphs)
    for (const line of lines) page(each).before(page('<p></p>').text(line))
    page(each).remove()
  }
}

function writeRaised(page: CheerioAPI): void {
  for (const each of page('sup').toArray()) {
    const text = page(each).text()
    if (/^\d{1,2}$/u.test(text)) page(each).text(superscript(text))
  }
}

/** 「来源：……」 and 「日期：……」 stand apart by their styles alone. */
function partFields(page: CheerioAPI): void {
  for (const each of page('span, em, i, label, font, a').toArray())
    if (/^\s*\p{Script=Han}{2,6}[:：]/u.test(page(each).text())) page(each).before(' ')
  for (const each of page('span, em, i, b, strong, label, font').toArray()) {
    const name = page(each)
    if (isLabelName(name.text()) && name.next().text().trim() !== '') name.before(' ').append('：')
  }
}

/** The number of a list item is drawn by the browser. */
function writeLists(page: CheerioAPI): void {
  for (const list of page('ol').toArray()) {
    let value = Number(list.attribs.start ?? 1)
    for (const item of page(list).children('li').toArray()) {
      if (item.attribs.value) value = Number(item.attribs.value)
      page(item).prepend(`${value}. `)
      value += 1
    }
  }
}

/** 「发文机关」 and its value, in a list of terms. */
function writeTerms(page: CheerioAPI): void {
  for (const term of page('dt').toArray()) {
    const name = page(term).text().trim()
    const value = page(term).next('dd')
    if (value.length === 0 || !/^\p{Script=Han}[\p{Script=Han}\s]{1,8}$/u.test(name)) continue
    value.prepend(`${name}：`)
    page(term).remove()
  }
}

/** Tables of texts only: one that holds paragraphs in a single cell frames the page. */
function writeTables(page: CheerioAPI): void {
  for (const table of page('table').toArray()) {
    const found = page(table)
    if (found.find('table').length > 0) continue
    const rows = found.find('tr').toArray()
    if (rows.every(row => page(row).children('td, th').length < 2)) continue
    const lines = rows.map(row =>
      rowOf(
        page(row)
          .children('td, th')
          .toArray()
          .map(cell => page(cell).text()),
      ),
    )
    for (const line of lines) found.before(page('<p></p>').text(line))
    found.remove()
  }
}
