import type { CheerioAPI } from 'cheerio'
import { unpack } from '../../tables/archive.ts'
import { elementsOf } from '../elements.ts'
import { loadXml } from '../markup.ts'
import { requireReadable } from '../text.ts'
import { local, numbersIn } from './values.ts'

type Part = CheerioAPI | undefined

/** A page of an OFD; its parts are parsed on demand, undefined where the file has none of this name. */
export type OfdPage = {
  /** From 1. */
  number: number
  open(): Part
  template(id: string | undefined): Part
  /** The size of pages that do not say their own. */
  area: string
}

/**
 * Opens an OFD (GB/T 33190).
 * @returns its pages, of all documents in it
 * @throws {@link ArchiveFault}; {@link Refusal} for more than 500 pages
 */
export function openOfd(bytes: Uint8Array): OfdPage[] {
  const files = unpack(bytes, name => /\.xml$/iu.test(name))
  const open = (path: string) => {
    const found = files.get(path.replace(/^\//u, ''))
    return found && loadXml(found)
  }
  const pages: OfdPage[] = []
  const roots = open('OFD.xml')
  for (const root of roots?.(local('DocRoot')).toArray() ?? []) {
    const path = roots?.(root).text().trim() ?? ''
    const document = open(path)
    if (document) addPages(document, { folder: folderOf(path), open, pages })
  }
  return pages
}

type Reading = { folder: string; open(path: string): Part; pages: OfdPage[] }

const folderOf = (path: string) => path.replace(/[^/]*$/u, '')
const within = (folder: string, path = '') => (path.startsWith('/') ? path : folder + path)

function addPages(document: CheerioAPI, { folder, open, pages }: Reading): void {
  const paths = new Map(
    elementsOf(document(local('TemplatePage'))).map(({ attribs }) => [attribs.ID ?? '', attribs.BaseLoc]),
  )
  const opened = new Map<string, Part>()
  /** Most pages stand on the same template. */
  const template = (id = '') => {
    if (!opened.has(id)) opened.set(id, paths.has(id) ? open(within(folder, paths.get(id))) : undefined)
    return opened.get(id)
  }
  const area = document(local('PhysicalBox')).first().text()
  const listed = elementsOf(document(local('Pages')).first().children())
  requireReadable(pages.length + listed.length)
  for (const { attribs } of listed)
    pages.push({
      number: pages.length + 1,
      open: () => open(within(folder, attribs.BaseLoc)),
      template,
      area,
    })
}

/** @returns a page's own size, else that of its document, as 「left top width height」 in millimetres */
export const boxOf = (page: CheerioAPI, area: string): number[] =>
  numbersIn(page(local('PhysicalBox')).first().text() || area)
