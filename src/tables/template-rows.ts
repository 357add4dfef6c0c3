import { escapeXml } from '../text/pages/xml-text.ts'
import { cellPlaceOf } from './sheet-xml.ts'

export type SheetRow = {
  number: number
  cells: { column: number; text: string; style: string; isFormula: boolean }[]
}

const rowPattern = /<row\b(?<attributes>[^>]*?)(?:\/>|>(?<cells>[\s\S]*?)<\/row>)/gu
const cellPattern = /<c\b(?<attributes>[^>]*?)(?:\/>|>(?<inside>[\s\S]*?)<\/c>)/gu
const attribute = (attributes: string, name: string) =>
  new RegExp(`\\b${name}="(?<value>[^"]*)"`, 'u').exec(attributes)?.groups?.value

/** The rows that a sheet has, with the text of their cells. */
export function readSheetRows(xml: string, shared: readonly string[]): SheetRow[] {
  return [...xml.matchAll(rowPattern)].map(({ groups }) => ({
    number: Number(attribute(groups?.attributes ?? '', 'r')),
    cells: [...(groups?.cells ?? '').matchAll(cellPattern)].map(({ groups: cell }) => {
      const attributes = cell?.attributes ?? ''
      const inside = cell?.inside ?? ''
      const value = /<v>(?<value>[^<]*)<\/v>/u.exec(inside)?.groups?.value ?? ''
      const inline = [...inside.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/gu)]
        .map(([, text = '']) => text)
        .join('')
      return {
        column: cellPlaceOf(attribute(attributes, 'r') ?? '')?.column ?? 0,
        style: attribute(attributes, 's') ?? '',
        text: attribute(attributes, 't') === 's' ? (shared[Number(value)] ?? '') : value || inline,
        isFormula: /<f[\s>/]/u.test(inside),
      }
    }),
  }))
}

/** The sheet with its formulas, but without the results that it kept of them. */
export const withoutResults = (xml: string): string =>
  xml.replaceAll(cellPattern, cell =>
    /<f[\s>/]/u.test(cell) ? cell.replace(/<v>[^<]*<\/v>|<v\/>/u, '') : cell,
  )

type RowEdit = {
  cells: readonly { column: number; value: string | number }[]
  /** A row whose styles new cells take; none: plain. */
  styles: SheetRow | undefined
}

/** Writes values into empty cells of a row, which is added where there is none. Formulas stay. */
export function editRow(xml: string, number: number, { cells, styles }: RowEdit): string {
  const found = new RegExp(`<row\\b(?=[^>]*\\br="${number}")[^>]*?(?:/>|>[\\s\\S]*?</row>)`, 'u').exec(xml)
  const row = found?.[0] ?? `<row r="${number}"></row>`
  const [open = '', inside = ''] = row.endsWith('/>')
    ? [`${row.slice(0, -2)}>`, '']
    : [/^<row\b[^>]*>/u.exec(row)?.[0], row.replace(/^<row\b[^>]*>/u, '').replace(/<\/row>$/u, '')]
  const existing = new Map(
    [...inside.matchAll(cellPattern)].map(match => [
      cellPlaceOf(attribute(match.groups?.attributes ?? '', 'r') ?? '')?.column ?? 0,
      match[0],
    ]),
  )
  for (const { column, value } of cells) {
    const now = existing.get(column) ?? ''
    if (/<f[\s>/]/u.test(now)) continue
    const style =
      attribute(/^<c\b(?<a>[^>]*)/u.exec(now)?.groups?.a ?? '', 's') ??
      styles?.cells.find(one => one.column === column)?.style
    existing.set(column, cellXml(`${columnLetters(column)}${number}`, value, style))
  }
  // The span is a hint that must not be narrower than the row.
  const head = open.replace(/\sspans="[^"]*"/u, '')
  const edited = `${head}${[...existing]
    .sort(([a], [b]) => a - b)
    .map(([, cell]) => cell)
    .join('')}</row>`
  return found
    ? xml.slice(0, found.index) + edited + xml.slice(found.index + row.length)
    : insertRow(xml, edited, number)
}

function insertRow(xml: string, row: string, number: number): string {
  const next = [...xml.matchAll(/<row\b[^>]*\br="(?<r>\d+)"/gu)].find(
    ({ groups }) => Number(groups?.r) > number,
  )
  if (next) return xml.slice(0, next.index) + row + xml.slice(next.index)
  return xml.includes('<sheetData/>')
    ? xml.replace('<sheetData/>', () => `<sheetData>${row}</sheetData>`)
    : xml.replace('</sheetData>', () => `${row}</sheetData>`)
}

function cellXml(address: string, value: string | number, style: string | undefined): string {
  const look = style ? ` s="${style}"` : ''
  return typeof value === 'number'
    ? `<c r="${address}"${look}><v>${value}</v></c>`
    : `<c r="${address}"${look} t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`
}

/** 「A」, 「Z」, 「AA」 for 1, 26, 27. */
function columnLetters(column: number): string {
  const rest = Math.floor((column - 1) / 26)
  return `${rest > 0 ? columnLetters(rest) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`
}
