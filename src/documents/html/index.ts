import type { CheerioAPI } from 'cheerio'
import { articleOf, plainText } from '../../text/pages/html.ts'
import { type Element, elementsOf } from '../elements.ts'
import { loadPage } from '../markup.ts'
import { readText } from '../plain.ts'
import { superscript } from '../superscript.ts'
import { type DocumentPage, onePage, rowOf } from '../text.ts'
import { innermostArticle } from './articles.ts'
import { withoutCatalogue } from './catalogue.ts'
import { writeFields } from './fields.ts'
import { writeKeptBreaks } from './kept-breaks.ts'
import { gapsOfPage } from './left-out.ts'
import { linesOfDocument } from './lines.ts'
import { createLinkTest } from './links.ts'
import { writeLists } from './lists.ts'

/** Reads a page: the title, then the article with the numbers of its lists and the rows of its tables. */
export function readHtml(markup: string): DocumentPage[] {
  const page = loadPage(markup)
  const pictures = page('body img').length
  const linked = page('body a').text().length
  nameOwnBlocks(page)
  openHeaders(page)
  partTags(page)
  writeRaised(page)
  writePlain(page)
  writeKeptBreaks(page)
  writeFields(page)
  writeLists(page)
  writeTables(page)
  const { title, text: article } = articleOf(page.html())
  const whole = plainText(page.html())
  // Text outside links is the document: an article that leaves out half of it is the wrong one.
  const text = article.length * 2 < whole.length - linked ? whole : article
  const isOfLinks = createLinkTest(page)
  const all = whole.split('\n')
  const lines = linesOfDocument({
    title,
    whole: all,
    article: text === whole ? undefined : text.split('\n'),
    innermost: innermostArticle(page),
    isOfLinks,
  })
  return onePage(withoutCatalogue(lines), [
    ...(pictures > 0 && text.length < 200 ? ['网页里主要是图片，图片里的字没有读。'] : []),
    ...gapsOfPage(all, lines, isOfLinks),
  ])
}

/** 「ne-p」 and 「ne-h2」 of an editor's own elements are paragraphs and headings. */
function nameOwnBlocks(page: CheerioAPI): void {
  for (const each of elementsOf(page('body *')))
    if (/^[a-z]+-(?:p|h[1-6]|para|paragraph|quote|li|block)$/u.test(each.tagName)) each.tagName = 'div'
}

/** Plain text within a page, whose lines a browser keeps. */
function writePlain(page: CheerioAPI): void {
  for (const each of page('pre').toArray()) {
    const lines = readText(page(each).text()).flatMap(({ paragraphs }) => paragraphs)
    for (const line of lines) page(each).before(page('<p></p>').text(line))
    page(each).remove()
  }
}

/** The head of an article holds its title: it is no furniture of the page. */
function openHeaders(page: CheerioAPI): void {
  for (const each of page('header').toArray())
    if (page(each).find('h1, h2').length > 0 && page(each).find('nav').length === 0) each.tagName = 'div'
}

/** Names of tabs and tags, 「即办件」「可网办」, stand apart by their styles alone. */
function partTags(page: CheerioAPI): void {
  for (const each of page('[class*="tab"] > span, [class*="tab"] > a').toArray()) page(each).append(' ')
  for (const first of page(
    'span:first-child, a:first-child, i:first-child, b:first-child, em:first-child',
  ).toArray()) {
    const row = page(first).parent()
    const tags = row.children().toArray()
    const [kind = ''] = (first.attribs.class ?? '').split(' ')
    const areTags =
      tags.length > 1 &&
      /tag|label|badge|mark|tip|chip/iu.test(kind) &&
      tags.every(tag => page(tag).hasClass(kind) && /^\p{Script=Han}{2,6}$/u.test(page(tag).text().trim())) &&
      row.text().replaceAll(/\s/gu, '').length ===
        tags.reduce((sum, tag) => sum + page(tag).text().trim().length, 0)
    if (areTags) for (const tag of tags) page(tag).append(' ')
  }
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
    if (rows.every(row => page(row).children('td, th').length < 2)) continue
    if (rows.some(row => holdsText(page, row))) {
      writeFrame(page, found)
      continue
    }
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

/** 「正文」 and the whole text beside it, its lines parted by breaks, or the text in a row of its own. */
function holdsText(page: CheerioAPI, row: Element): boolean {
  const cells = page(row).children('td, th').toArray()
  return (
    cells.length > 0 &&
    cells.length <= 2 &&
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
