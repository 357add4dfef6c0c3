import { Refusal } from '../feature.ts'
import { textOfXml } from '../lib/character-sets.ts'
import { ArchiveFault, unpack } from './archive.ts'
import { type CellStyle, readStyles, textOfNumber } from './cell-text.ts'
import type { Table } from './index.ts'
import { longestCell, mostColumns } from './limits.ts'
import { otherFile } from './other-files.ts'
import { readSheetList, relationsOf, sheetsWithoutList } from './sheet-list.ts'
import { cellPlaceOf, readXml } from './sheet-xml.ts'

/** Merges over more cells than any list has. */
const mostMergedCells = 200_000
const mostRows = 100_000
const mostCells = 2_000_000
/** UTF-16 units in all cells of a workbook: a text that stands in many cells takes its room in each. */
const mostCharacters = 20_000_000
const mostSheets = 200

const words: Record<ArchiveFault['kind'], string> = {
  broken: '这个 .xlsx 打不开，可能已经损坏。请在表格软件里打开、另存一份再导入。',
  'too-large': '这个 .xlsx 解压后太大。请把要导入的那一页复制到一个新文件里，再导入。',
  locked: '这个文件设了密码。请在表格软件里去掉密码、另存一份再导入。',
}

/** Stands for a formula that was never calculated, as spreadsheets mark what went wrong. */
const noResult = '#公式没有结果'

/** Drawings, notes and the like are none of a list's text. Sheets and strings are named in many ways. */
const otherFolders =
  'drawings|charts|media|tables|theme|comments|threadedComments|persons|pivot\\w+|' +
  'externalLinks|customXml|docProps|printerSettings|ctrlProps|activeX'
const otherPart = new RegExp(`(?:^|/)(?:${otherFolders})/|comments\\d*\\.xml$`, 'iu')
const isRead = (name: string) => /\.(?:rels|xml)$/iu.test(name) && !otherPart.test(name)

type WorkbookParts = {
  /** The text of a part; empty where there is none. */
  part(name: string): string
  shared: readonly string[]
  styles: readonly CellStyle[]
  is1904: boolean
  /** Cells and characters so far, of all sheets. */
  counted: { cells: number; characters: number }
}

/** @throws {@link Refusal} where it cannot be opened, or would take more room than a list needs */
export function readWorkbook(bytes: Uint8Array): Table[] {
  try {
    const names: string[] = []
    const parts = unpack(bytes, name => {
      names.push(name)
      return isRead(name)
    })
    return tablesIn(parts, otherFile(names))
  } catch (cause) {
    if (cause instanceof ArchiveFault) throw new Refusal(words[cause.kind])
    throw cause
  }
}

/** @param otherwise the refusal where there is no sheet */
function tablesIn(parts: ReadonlyMap<string, Uint8Array>, otherwise: string): Table[] {
  const byName = new Map([...parts].map(([name, data]) => [name.toLowerCase(), data]))
  const part = (name: string) =>
    textOfXml(byName.get(name.toLowerCase()) ?? byName.get(decoded(name).toLowerCase()) ?? new Uint8Array())
  const named = (pattern: RegExp) => [...parts.keys()].find(name => pattern.test(name)) ?? ''
  const main =
    relationsOf(part, '').find(({ type }) => type.endsWith('/officeDocument'))?.target ??
    named(/(?:^|\/)workbook\.xml$/iu)
  const { sheets: listed, is1904 } = readSheetList(part(main))
  const relations = relationsOf(part, main)
  const unlisted = sheetsWithoutList(parts)
  const sheets = listed.length > 0 ? listed : unlisted
  const targetOf = (id: string, at: number) =>
    relations.find(relation => relation.id === id)?.target ?? unlisted[at]?.id ?? id
  const ofType = (type: string) =>
    relations.find(relation => relation.type.endsWith(`/${type}`))?.target ??
    named(new RegExp(`(?:^|/)${type}\\.xml$`, 'iu'))
  if (sheets.length > mostSheets) throw new ArchiveFault('too-large')
  if (sheets.length === 0) throw new Refusal(otherwise)
  const workbook: WorkbookParts = {
    part,
    shared: readSharedStrings(part(ofType('sharedStrings'))),
    styles: readStyles(part(ofType('styles'))),
    is1904,
    counted: { cells: 0, characters: 0 },
  }
  return sheets
    .map(({ id, name, isHidden }, at) => ({
      ...readSheet(workbook, targetOf(id, at), name),
      ...(isHidden ? { isHidden } : {}),
    }))
    .filter(({ rows }) => rows.some(row => row.some(cell => cell !== '')))
}

/** A reference may write the name of a part in percent signs: `sheet%201.xml`. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** Runs of one string are joined; how it is read aloud (`rPh`) is left out. */
function readSharedStrings(xml: string): string[] {
  const strings: string[] = []
  let isText = false
  let isPhonetic = false
  readXml(xml, {
    open(tag) {
      if (tag === 'si') strings.push('')
      if (tag === 'rPh') isPhonetic = true
      if (tag === 't') isText = !isPhonetic
    },
    text(data) {
      if (isText && strings.length > 0) strings[strings.length - 1] += data
    },
    close(tag) {
      if (tag === 'rPh') isPhonetic = false
      if (tag === 't') isText = false
    },
  })
  return strings
}

type Cell = { row: number; column: number; type: string; style: number; value: string; isFormula: boolean }
type SheetReading = {
  rows: Map<number, string[]>
  hidden: Set<number>
  hiddenColumns: Set<number>
  merges: string[]
}

function readSheet(workbook: WorkbookParts, target: string, name: string): Table {
  const reading: SheetReading = { rows: new Map(), hidden: new Set(), hiddenColumns: new Set(), merges: [] }
  readXml(workbook.part(target), sheetHandler(workbook, reading, name))
  fillMerges(workbook, reading)
  const last = Math.max(0, ...reading.rows.keys())
  const rows = Array.from({ length: last }, (_, at) =>
    Array.from(reading.rows.get(at + 1) ?? [], cell => cell ?? ''),
  )
  const hiddenRows = [...reading.hidden].filter(row => row <= last)
  const hiddenColumns = [...reading.hiddenColumns]
  return {
    name,
    rows,
    ...(hiddenRows.length > 0 ? { hiddenRows } : {}),
    ...(hiddenColumns.length > 0 ? { hiddenColumns } : {}),
  }
}

function sheetHandler(workbook: WorkbookParts, reading: SheetReading, sheetName: string) {
  let row = 0
  let column = 0
  let cell: Cell | undefined
  let isValue = false
  let isPhonetic = false
  return {
    open(tag: string, attributes: Readonly<Record<string, string>>) {
      if (tag === 'row') {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r)
        column = 0
        if (['1', 'true'].includes(attributes.hidden ?? '')) reading.hidden.add(row)
      } else if (tag === 'col') hideColumns(attributes, reading)
      else if (tag === 'c') {
        const at = cellPlaceOf(attributes.r ?? '') ?? { row, column: column + 1 }
        column = at.column
        cell = {
          ...at,
          type: attributes.t ?? 'n',
          style: Number(attributes.s ?? 0),
          value: '',
          isFormula: false,
        }
      } else if (tag === 'f' && cell) cell.isFormula = true
      else if (tag === 'v' || tag === 't') isValue = !isPhonetic
      else if (tag === 'rPh') isPhonetic = true
      else if (tag === 'mergeCell') reading.merges.push(attributes.ref ?? '')
    },
    text(data: string) {
      if (isValue && cell) cell.value += data
    },
    close(tag: string) {
      if (tag === 'v' || tag === 't') isValue = false
      if (tag === 'rPh') isPhonetic = false
      if (tag !== 'c' || !cell) return
      keepCell(workbook, reading, cell, sheetName)
      cell = undefined
    },
  }
}

function hideColumns(
  { hidden = '', min, max }: Readonly<Record<string, string>>,
  { hiddenColumns }: SheetReading,
): void {
  if (!['1', 'true'].includes(hidden)) return
  for (let column = Number(min); column <= Math.min(Number(max), mostColumns); column += 1)
    hiddenColumns.add(column)
}

function keepCell(workbook: WorkbookParts, reading: SheetReading, cell: Cell, sheetName: string): void {
  const text = textOf(workbook, cell).slice(0, longestCell)
  if (text === '' || cell.column > mostColumns) return
  countCell(workbook, text)
  if (cell.row > mostRows)
    throw new Refusal(`「${sheetName}」这一页写到了第 ${cell.row} 行，太多了。请删掉下面的行再导入。`)
  const row = reading.rows.get(cell.row) ?? []
  reading.rows.set(cell.row, row)
  row[cell.column - 1] = text
}

function countCell({ counted }: Pick<WorkbookParts, 'counted'>, text: string): void {
  counted.cells += 1
  counted.characters += text.length
  if (counted.cells > mostCells || counted.characters > mostCharacters) throw new ArchiveFault('too-large')
}

function textOf({ shared, styles, is1904 }: WorkbookParts, { type, style, value, isFormula }: Cell): string {
  if (value === '') return isFormula ? noResult : ''
  if (type === 's') return unescaped(shared[Number(value)] ?? '')
  if (type === 'b') return value === '1' ? 'true' : 'false'
  if (type === 'd') return value.slice(0, 10)
  return type === 'n' ? textOfNumber(value, styles[style], is1904) : unescaped(value)
}

/** ECMA-376 part 1, 22.9.2.19: `_x000D_` stands for a character, `_x005F_` for the underscore of such a group. */
const unescaped = (text: string) =>
  text.replaceAll(/_x([0-9a-f]{4})_/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Every cell of a merged one says the same: a 支部 written once beside ten names holds for each of them. */
function fillMerges(workbook: Pick<WorkbookParts, 'counted'>, { rows, merges }: SheetReading): void {
  let filled = 0
  for (const reference of merges) {
    const [from, to] = reference.split(':').map(cellPlaceOf)
    if (!from || !to) continue
    filled += (to.row - from.row + 1) * (to.column - from.column + 1)
    if (filled > mostMergedCells) throw new ArchiveFault('too-large')
    const text = rows.get(from.row)?.[from.column - 1] ?? ''
    if (text === '') continue
    for (let row = from.row; row <= to.row; row += 1) {
      const cells = rows.get(row) ?? []
      rows.set(row, cells)
      for (let column = from.column; column <= Math.min(to.column, mostColumns); column += 1) {
        countCell(workbook, text)
        cells[column - 1] = text
      }
    }
  }
}
