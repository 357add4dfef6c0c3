import type { CheerioAPI } from 'cheerio'
import type { Element } from '../elements.ts'
import { countFormats } from '../numerals.ts'
import { markerOf } from '../structure/markers.ts'

/**
 * The numbers of list items are drawn by the browser. A list has none where its items begin with numbers of their own
 * that count as it does.
 */
export function writeLists(page: CheerioAPI): void {
  for (const list of page('ol').toArray()) {
    const items = numberedItems(page, list)
    const isNumbered = items.every(({ item, value }) => ownNumber(page(item).text()) === value)
    const label = labelOf(list)
    for (const { item, value } of items)
      if (isNumbered) partDecimal(page, item)
      else page(item).prepend(label(value))
  }
}

function numberedItems(page: CheerioAPI, list: Element): { item: Element; value: number }[] {
  let next = Number(list.attribs.start ?? 1)
  return page(list)
    .children('li')
    .toArray()
    .map(item => {
      const value = item.attribs.value ? Number(item.attribs.value) : next
      next = value + 1
      return { item, value }
    })
}

/** The number with which a text begins; 2 of 「2.3D打印机」 too. */
function ownNumber(text: string): number | undefined {
  const marker = markerOf(text.trim())
  const [, decimal] = /^(\d{1,2})\.\d/u.exec(marker?.label ?? '') ?? []
  return decimal === undefined ? marker?.value : Number(decimal)
}

/** 「2.3D打印机」 in a list that counts by whole numbers is 「2. 3D打印机」. */
function partDecimal(page: CheerioAPI, item: Element): void {
  const nodes = [item, ...page(item).find('*').toArray()].flatMap(each => each.children)
  const first = nodes.find(node => node.type === 'text' && node.data.trim() !== '')
  if (first?.type === 'text') first.data = first.data.replace(/^(\s*\d{1,2}[.．])(?=\d)/u, '$1 ')
}

/** By the type of a list or its style: 「1. 」「a. 」「一、」, nothing where it draws none. */
function labelOf({ attribs }: Element): (value: number) => string {
  const style = /list-style(?:-type)?\s*:\s*([^;]*)/iu.exec(attribs.style ?? '')?.[1] ?? ''
  const { type = '' } = attribs
  if (/\bnone\b/iu.test(style)) return () => ''
  if (/cjk-ideographic|chinese/iu.test(style)) return value => `${countFormats.chineseCounting?.(value)}、`
  if (/upper-(?:alpha|latin)/iu.test(style) || type === 'A')
    return value => `${countFormats.upperLetter?.(value)}. `
  if (/lower-(?:alpha|latin)/iu.test(style) || type === 'a')
    return value => `${countFormats.lowerLetter?.(value)}. `
  return value => `${value}. `
}
