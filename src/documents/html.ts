import type { CheerioAPI } from 'cheerio'
import { articleOf, plainText } from '../text/pages/html.ts'
import { type Element, elementsOf } from './elements.ts'
import { withBrokenJoined } from './line-breaks.ts'
import { loadPage } from './markup.ts'
import { writeLists } from './ordered-lists.ts'
import { writeFields } from './page-fields.ts'
import { linesOfDocument } from './page-head.ts'
import { createLinkTest } from './page-links.ts'
import { readText } from './plain.ts'
import { firstDay } from './structure/dates.ts'
import { markerOf } from './structure/markers.ts'
import { superscript } from './superscript.ts'
import { type DocumentPage, onePage, rowOf } from './text.ts'

/** Reads a page: the title, then the article with the numbers of its lists and the rows of its tables. */
export function readHtml(markup: string): DocumentPage[] {
  const page = loadPage(markup)
  const pictures = page('body img').length
  const linked = page('body a').text().length
  nameOwnBlocks(page)
  openHeaders(page)
  nameSummaries(page)
  writeRaised(page)
  writePlain(page)
  writeFields(page)
  writeLists(page)
  writeTables(page)
  const { title, text: article, date, from } = articleOf(page.html())
  const whole = plainText(page.html())
  // Text outside links is the document: an article that leaves out half of it is the wrong one.
  const text = article.length * 2 < whole.length - linked ? whole : article
  const pages = onePage(
    withBrokenJoined(
      linesOfDocument({
        title,
        whole: whole.split('\n'),
        article: text === whole ? undefined : text.split('\n'),
        isOfLinks: createLinkTest(page),
      }),
    ),
    pictures > 0 && text.length < 200 ? ['网页里主要是图片，图片里的字没有读。'] : [],
  )
  const origin = { title, published: firstDay(date), offices: [from, ...sitesNamed(page, whole)] }
  return pages.map(each => ({ ...each, origin }))
}

/** Behind the title of the page, and at its foot; the site of a government holds the documents of all its offices. */
function sitesNamed(page: CheerioAPI, whole: string): string[] {
  const behind = page('title')
    .first()
    .text()
    .split(/[-_|–—·]/u)
    .slice(1)
  const foot = [...whole.matchAll(/(?:主办单位|主办|版权所有)\s*[:：]?\s*(\p{Script=Han}{6,30})/gu)].map(
    ([, name = '']) => name,
  )
  return [...behind, ...foot]
    .map(name => name.trim())
    .filter(name => !/政府(?:办公[厅室])?$|大厅$/u.test(name))
}

/** 「ne-p」 and 「ne-h2」 of an editor's own elements are paragraphs and headings. */
function nameOwnBlocks(page: CheerioAPI): void {
  for (const each of elementsOf(page('body *')))
    if (/^[a-z]+-(?:p|h[1-6]|para|paragraph|quote|li|block)$/u.test(each.tagName)) each.tagName = 'div'
}

/** In characters. */
const longestSummary = 150
const blocks = 'div, p, section, blockquote, aside'

/** The summary that a page has above a document is its own, and none of the text. */
function nameSummaries(page: CheerioAPI): void {
  for (const each of page('[class]').toArray()) {
    const text = page(each).text().trim()
    const isNamed = /(?:^|[-_\s])(?:intro|summary|abstract|zhaiyao|lead)(?:$|[-_\s])/iu.test(
      each.attribs.class ?? '',
    )
    const isShort =
      text.length > 0 && text.length <= longestSummary && page(each).find('p, div, table').length === 0
    const isSentence = /[。！…]$/u.test(text) && markerOf(text) === undefined
    if (isNamed && isShort && isSentence && page(each).is(blocks) && !/^(?:摘要|导读)/u.test(text))
      page(each).prepend('摘要：')
  }
}

/** Plain text within a page, whose lines a browser keeps. */
function writePlain(page: CheerioAPI): void {
  for (const each of page('pre').toArray()) {
    const lines = readText(page(each).text()).flatMap(({ paragraphs }) => paragraphs)
    for (const line of lines) page(each).before(page('<p></p>').text(line))
    page(each).remove()
  }
}

/** The head of an article holds its title: it is no furniture of the page. And names of tabs stand apart. */
function openHeaders(page: CheerioAPI): void {
  for (const each of page('header').toArray())
    if (page(each).find('h1, h2').length > 0 && page(each).find('nav').length === 0) each.tagName = 'div'
  for (const each of page('[class*="tab"] > span, [class*="tab"] > a').toArray()) page(each).append(' ')
}

function writeRaised(page: CheerioAPI): void {
  for (const each of page('sup').toArray()) {
    const text = page(each).text()
    if (/^\d{1,2}$/u.test(text)) page(each).text(superscript(text))
  }
}

/** Tables of texts only: one that holds paragraphs in a single cell frames the page. */
function writeTables(page: CheerioAPI): void {
  for (const table of page('table').toArray()) {
    const found = page(table)
    if (found.find('table').length > 0) continue
    const rows = found.find('tr').toArray()
    if (rows.some(row => holdsText(page, row))) {
      writeFrame(page, found)
      continue
    }
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

/** Lines of the text in a cell, from which on it is that of a document, and its characters. */
const fewestLines = 4
const shortestText = 100

/** 「正文」 and the whole text beside it, its lines parted by breaks. */
function holdsText(page: CheerioAPI, row: Element): boolean {
  const cells = page(row).children('td, th').toArray()
  return (
    cells.length === 2 &&
    cells.some(
      cell =>
        page(cell).find('br, p, div').length >= fewestLines &&
        page(cell).text().trim().length >= shortestText,
    )
  )
}

const bodyName = /^[【[]?(?:正\s*文|内\s*容|信息内容|文件内容)[\]】]?[:：]?$/u

/** A table whose rows are fields, and the text of the document the last of them. */
function writeFrame(page: CheerioAPI, table: ReturnType<CheerioAPI>): void {
  for (const row of table.find('tr').toArray()) {
    const cells = page(row).children('td, th').toArray()
    if (holdsText(page, row))
      for (const cell of cells.filter(each => !bodyName.test(page(each).text().trim())))
        table.before(page('<div></div>').append(page(cell).contents()))
    else table.before(page('<p></p>').text(rowOf(cells.map(cell => page(cell).text()))))
  }
  table.remove()
}
