import type { CheerioAPI } from 'cheerio'
import { elementsOf } from '../elements.ts'
import type { PageItems } from '../layout/lines.ts'
import { paragraphsOf } from '../layout/paragraphs.ts'
import type { TextItem } from '../layout/rows.ts'
import type { DocumentPage } from '../text.ts'
import { boxOf, type OfdPage, openOfd } from './file.ts'
import { defaultSizeMm, deltasIn, local, numbersIn } from './values.ts'

/**
 * Reads an OFD (GB/T 33190): its pages, the templates below them, and the text that each
 * draws. Lengths are millimetres.
 * @throws {@link ArchiveFault}; {@link Refusal} for more than 500 pages
 */
export function readOfd(bytes: Uint8Array): DocumentPage[] {
  const pages = openOfd(bytes).map(readPage)
  const paragraphs = paragraphsOf(pages)
  return pages.map(({ number, gaps }, at) => ({ number, gaps, paragraphs: paragraphs[at] ?? [] }))
}

function readPage({ number, area, open, template }: OfdPage): PageItems & { gaps: string[] } {
  const page = open()
  if (!page) return { number, height: 297, items: [], gaps: [`第 ${number} 页在文件里找不到。`] }
  const used = elementsOf(page(local('Template'))).map(each => template(each.attribs.TemplateID))
  const items = [...used, page].flatMap(itemsOf)
  const isPicture = items.length === 0 && page(`${local('ImageObject')}, ${local('PathObject')}`).length > 0
  return {
    number,
    height: boxOf(page, area)[3] ?? 297,
    items,
    gaps: [
      ...(isPicture ? [`第 ${number} 页没有文字层，是图片或扫描件。`] : []),
      ...(used.includes(undefined) ? [`第 ${number} 页的底版在文件里找不到，上面的字没有读。`] : []),
    ],
  }
}

function itemsOf(page: CheerioAPI | undefined): TextItem[] {
  if (!page) return []
  return elementsOf(page(local('TextObject'))).flatMap(each => {
    const [left = 0, top = 0] = numbersIn(each.attribs.Boundary)
    const [a = 1, , , d = 1, e = 0, f = 0] = each.attribs.CTM ? numbersIn(each.attribs.CTM) : []
    const size = Number(each.attribs.Size ?? defaultSizeMm)
    return elementsOf(page(each).find(local('TextCode'))).map(code => {
      const text = page(code).text()
      const shifts = deltasIn(code.attribs.DeltaX, [...text].length - 1)
      return {
        text,
        x: left + e + a * Number(code.attribs.X ?? 0),
        y: top + f + d * Number(code.attribs.Y ?? 0),
        width: a * ((shifts.length > 0 ? sum(shifts) : size * ([...text].length - 1)) + size),
        size: size * Math.abs(d),
      }
    })
  })
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
