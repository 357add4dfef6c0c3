import { posix } from 'node:path'
import { readXml } from './sheet-xml.ts'

/** A workbook whose list or references are lost still has its sheets. */
export const sheetsWithoutList = (parts: ReadonlyMap<string, Uint8Array>) =>
  [...parts.keys()]
    .filter(name => /worksheets\/[^/]+\.xml$/iu.test(name))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map(id => ({ id, name: '', isHidden: false }))

type Relation = { id: string; type: string; target: string }

/** The parts that a part refers to; targets are relative to it, or absolute from the root. */
export function relationsOf(part: (name: string) => string, name: string): Relation[] {
  const folder = posix.dirname(name)
  const relations: Relation[] = []
  const file = posix.join(folder, '_rels', `${posix.basename(name)}.rels`)
  readXml(part(name === '' ? '_rels/.rels' : file), {
    open(tag, { Id: id = '', Type: type = '', Target: target = '' }) {
      if (tag !== 'Relationship') return
      relations.push({
        id,
        type,
        target: posix.join('/', target.startsWith('/') ? '' : folder, target).slice(1),
      })
    },
  })
  return relations
}

/** The sheets in their order, and whether days count from 1904. */
export function readSheetList(xml: string) {
  const sheets: { id: string; name: string; isHidden: boolean }[] = []
  let is1904 = false
  readXml(xml, {
    open(tag, attributes) {
      if (tag === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (tag === 'sheet')
        sheets.push({
          id: attributes.id ?? '',
          name: attributes.name ?? '',
          isHidden: (attributes.state ?? 'visible') !== 'visible',
        })
    },
  })
  return { sheets, is1904 }
}
