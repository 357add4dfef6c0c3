import type { CheerioAPI } from 'cheerio'
import { articleOf, plainText } from '../text/pages/html.ts'
import { loadPage } from './markup.ts'
import { readLabels } from './structure/head/labels.ts'
import { officesIn } from './structure/offices.ts'
import { superscript } from './superscript.ts'
import { type DocumentPage, onePage, rowOf } from './text.ts'

/** Reads a page: the title, then the article with the numbers of its lists and the rows of its tables. */
export function readHtml(markup: string): DocumentPage[] {
  const page = loadPage(markup)
  const pictures = page('body img').length
  const linked = page('body a').text().length
  writeRaised(page)
  writeLists(page)
  writeTables(page)
  const { title, text: article } = articleOf(page.html())
  const whole = plainText(page.html())
  // Text outside links is the document: an article that leaves out half of it is the wrong one.
  const text = article.length * 2 < whole.length - linked ? whole : article
  const paragraphs = text.split('\n')
  // A page of a frame is called by its office.
  const hasTitle =
    officesIn(title).length > 0 || unspaced(paragraphs.slice(0, 6).join('')).includes(unspaced(title))
  return onePage(
    [...labelsAbove(whole, paragraphs), ...(hasTitle || title === '' ? [] : [title]), ...paragraphs],
    pictures > 0 && text.length < 200 ? ['网页里主要是图片，图片里的字没有读。'] : [],
  )
}

const unspaced = (text: string) => text.replaceAll(/\s/gu, '')

/** 「发文字号：…… 成文日期：……」 stands above the article, outside it. */
function labelsAbove(whole: string, article: readonly string[]): string[] {
  const lines = whole.split('\n')
  const start = lines.findIndex(line => line !== '' && line === article.find(text => text !== ''))
  return lines.slice(0, Math.max(0, start)).filter(line => readLabels(line) !== undefined)
}

function writeRaised(page: CheerioAPI): void {
  for (const each of page('sup').toArray()) {
    const text = page(each).text()
    if (/^\d{1,2}$/u.test(text)) page(each).text(superscript(text))
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
