import type { Cheerio, CheerioAPI } from 'cheerio'
import type { Element } from '../elements.ts'
import { isLabelName } from '../structure/head/labels.ts'
import { markerOf } from '../structure/markers.ts'

const inline = 'span, em, i, b, strong, label, font, small, a, u'

/**
 * Writes the fields of a page, 「发文机关」 and its value, as text with a colon between them, whatever elements hold
 * them: pairs of blocks in a row, a list of terms, a name beside its value in one line.
 */
export function writeFields(page: CheerioAPI): void {
  writeTerms(page)
  writeRows(page)
  const blockText = createBlockTexts(page)
  partNames(page, blockText)
  writeColons(page, blockText)
  partNumbers(page)
}

/** In characters. */
const longestValue = 100
const nameForm = /^[【[]?\p{Script=Han}(?:[\p{Script=Han}/]){1,8}[\]】]?[:：]?$/u
const unspaced = (text: string) => text.replaceAll(/\s/gu, '')
const bare = (text: string) => unspaced(text).replaceAll(/^[【[]|[\]】]?[:：]?$/gu, '')

/** 「发文机关」 and its value, in a list of terms. */
function writeTerms(page: CheerioAPI): void {
  for (const term of page('dt').toArray()) {
    const name = page(term).text()
    const value = page(term).next('dd')
    if (value.length === 0 || !nameForm.test(unspaced(name))) continue
    value.prepend(`${bare(name)}：`)
    page(term).remove()
  }
}

/** Names and values by turns, each a block of its own within a row: the rows that follow each other in one line. */
function writeRows(page: CheerioAPI): void {
  // A row is read once, for the first of its names: reading it for each takes the square of its length.
  const read = new Set<Element | undefined>()
  for (const name of page('div, li, p, dd, span, label').toArray()) {
    if (page(name).children().length > 0 || !isLabelName(bare(page(name).text()))) continue
    const row = page(name).parent()
    if (read.has(row[0])) continue
    read.add(row[0])
    if (pairsOf(page, row) === undefined) continue
    const found = row
      .parent()
      .children()
      .toArray()
      .flatMap(each => {
        const pairs = pairsOf(page, page(each))
        return pairs === undefined ? [] : [{ row: each, pairs }]
      })
    page(found[0]?.row).before(page('<p></p>').text(found.map(({ pairs }) => pairs).join(' ')))
    for (const each of found) {
      read.add(each.row)
      page(each.row).remove()
    }
  }
}

function pairsOf(page: CheerioAPI, row: Cheerio<Element>): string | undefined {
  const cells = row
    .children()
    .toArray()
    .map(each => page(each).text().replaceAll(/\s+/gu, ' ').trim())
  const isText = unspaced(row.text()) === unspaced(cells.join(''))
  const arePairs =
    cells.length > 1 &&
    cells.length % 2 === 0 &&
    cells.every((cell, at) =>
      at % 2 === 0 ? nameForm.test(unspaced(cell)) : cell.length <= longestValue && !/^[:：]/u.test(cell),
    )
  if (!isText || !arePairs) return undefined
  return cells
    .map((cell, at) => (at % 2 === 0 ? `${bare(cell)}：` : `${cell} `))
    .join('')
    .trim()
}

/** 「来源：……」 and 「日期：……」 stand apart by their styles alone. */
function partNames(page: CheerioAPI, blockText: (element: Element) => string): void {
  for (const each of page(inline).toArray()) {
    const isName = /^\s*[【[]?\p{Script=Han}[\p{Script=Han}\s/]{1,8}[\]】]?[:：]/u.test(page(each).text())
    if (isName && !isOneCalling(unspaced(blockText(each)))) page(each).before(' ')
  }
}

/** 「文号」 in an element of its own, and its value behind it without a colon. */
function writeColons(page: CheerioAPI, blockText: (element: Element) => string): void {
  for (const each of page(inline).toArray()) {
    const name = page(each)
    if (!isLabelName(bare(name.text())) || isOfClause(blockText(each))) continue
    const behind = textBehind(page, each)
    if (behind === '') continue
    name.before(' ')
    if (!/[:：]\s*$/u.test(name.text()) && !/^[:：]/u.test(behind)) name.append('：')
  }
}

/** The text of the block around an element, each read once: reading it for each takes the square of its length. */
function createBlockTexts(page: CheerioAPI): (element: Element) => string {
  const texts = new Map<unknown, string>()
  return element => {
    const block = page(element).closest('p, li, dd, td, div, h1, h2, h3, h4')
    const text = texts.get(block[0]) ?? block.text().trim()
    texts.set(block[0], text)
    return text
  }
}

/** 「第十一条【施行日期】本办法……」: the name of a clause is no field. */
const isOfClause = (block: string) => markerOf(block) !== undefined

/** 「各众创」 in bold type before 「空间：」: words of one line that ends with the colon. */
const isOneCalling = (block: string) => /^各[^:：]{1,200}[:：]$/u.test(block)

/** 「1.1」 in an element of its own beside that of the heading's words: they stand apart by their styles alone. */
function partNumbers(page: CheerioAPI): void {
  for (const each of page('h1, h2, h3, h4, h5, h6').toArray()) {
    const [number, words, more] = page(each)
      .contents()
      .toArray()
      .filter(node => page(node).text().trim() !== '')
    if (!number || !words || more || words.type !== 'tag') continue
    // 「3」 before 「D打印补贴」 and 「1」 before 「0万元以下」 go on.
    const begins = /^[\p{Script=Han}《“（(]/u.test(page(words).text().trim())
    if (begins && /^\d{1,2}(?:\.\d{1,2}){0,3}$/u.test(page(number).text().trim())) page(number).append(' ')
  }
}

/** The text of the first node behind an element that has one. */
function textBehind(page: CheerioAPI, element: Element): string {
  for (let node = element.nextSibling; node; node = node.nextSibling) {
    const text = page(node).text().trim()
    if (text !== '') return text
  }
  return ''
}
