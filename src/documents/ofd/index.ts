import type { CheerioAPI } from 'cheerio'
import { unpack } from '../../tables/archive.ts'
import { elementsOf } from '../elements.ts'
import type { PageItems } from '../layout/lines.ts'
import { paragraphsOf } from '../layout/paragraphs.ts'
import type { TextItem } from '../layout/rows.ts'
import { loadXml } from '../markup.ts'
import { type DocumentPage, requireReadable } from '../text.ts'

const defaultSize = 3.7
const numbersIn = (text: string | undefined) => (text ?? '').trim().split(/\s+/u).map(Number)
const local = (name: string) => `ofd\\:${name}, ${name}`

/**
 * Reads an OFD (GB/T 33190): its pages, the templates below them, and the text that each draws. Lengths are millimetres.
 * @throws {@link ArchiveFault}; {@link Refusal} for more than 500 pages
 */
export function readOfd(bytes: Uint8Array): DocumentPage[] {
  const files = unpack(bytes, name => /\.xml$/iu.test(name))
  const open = (path: string) => {
    const found = files.get(path.replace(/^\//u, ''))
    return found && loadXml(found)
  }
  const pages: (PageItems & { gaps: string[] })[] = []
  const roots = open('OFD.xml')
  for (const root of roots?.(local('DocRoot')).toArray() ?? []) {
    const path = roots?.(root).text().trim() ?? ''
    const document = open(path)
    if (document) readDocument(document, { folder: folderOf(path), open, pages })
  }
  const paragraphs = paragraphsOf(pages)
  return pages.map(({ number, gaps }, at) => ({ number, gaps, paragraphs: paragraphs[at] ?? [] }))
}

type Reading = {
  folder: string
  open(path: string): CheerioAPI | undefined
  pages: (PageItems & { gaps: string[] })[]
}

const folderOf = (path: string) => path.replace(/[^/]*$/u, '')
const within = (folder: string, path: string) => (path.startsWith('/') ? path : folder + path)

function readDocument(document: CheerioAPI, { folder, open, pages }: Reading): void {
  const templates = new Map(
    elementsOf(document(local('TemplatePage'))).map(
      each => [each.attribs.ID ?? '', open(within(folder, each.attribs.BaseLoc ?? ''))] as const,
    ),
  )
  const area = document(local('PhysicalBox')).first().text()
  const listed = elementsOf(document(local('Pages')).first().children())
  requireReadable(pages.length + listed.length)
  for (const each of listed) {
    const number = pages.length + 1
    const page = open(within(folder, each.attribs.BaseLoc ?? ''))
    if (page) pages.push(readPage(page, { number, area, templates }))
    else pages.push({ number, height: 297, items: [], gaps: [`第 ${number} 页在文件里找不到。`] })
  }
}

type PageParts = {
  number: number
  /** The size of pages that do not say their own. */
  area: string
  templates: ReadonlyMap<string, CheerioAPI | undefined>
}

function readPage(page: CheerioAPI, { number, area, templates }: PageParts): Reading['pages'][number] {
  const used = elementsOf(page(local('Template'))).map(each => templates.get(each.attribs.TemplateID ?? ''))
  const items = [...used, page].flatMap(itemsOf)
  const isPicture = items.length === 0 && page(`${local('ImageObject')}, ${local('PathObject')}`).length > 0
  return {
    number,
    height: numbersIn(page(local('PhysicalBox')).first().text() || area)[3] ?? 297,
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
    const size = Number(each.attribs.Size ?? defaultSize)
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

/** 「g 3 4.2 5」 says 4.2 three times. @param most steps that the text has */
function deltasIn(said: string | undefined, most: number): number[] {
  const parts = said?.trim().split(/\s+/u) ?? []
  const found: number[] = []
  for (let at = 0; at < parts.length && found.length < most; at += 1) {
    if (parts[at] !== 'g') found.push(Number(parts[at]))
    else {
      const count = Math.min(Number(parts[at + 1]), most - found.length)
      found.push(...Array.from({ length: count }, () => Number(parts[at + 2])))
      at += 2
    }
  }
  return found.filter(Number.isFinite)
}
