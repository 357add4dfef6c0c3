import { zipSync } from 'fflate'
import { Refusal } from '../feature.ts'
import { textOfXml } from '../lib/character-sets.ts'
import { ArchiveFault, unpack } from './archive.ts'
import { cellPlaceOf } from './sheet-xml.ts'
import { editRow, readSheetRows, type SheetRow, withoutResults } from './template-rows.ts'

/** The contents of a template: columns by the names that a heading may have, and the rows below. */
export type TemplateData = {
  columns: readonly { names: readonly string[] }[]
  rows: readonly (string | number)[][]
}

const footer =
  /^(?:合\s*计|总\s*计|小\s*计|共\s*计|备\s*注|说\s*明|注\s*[:：]|填表|制表|负责人|审核|签字|签名|盖章|联系人)/u
const largestBytes = 5 * 1024 * 1024

/**
 * Fills a sheet of the office's own with rows, below the heading whose columns have these names. Only empty cells are
 * written: formulas, merged cells, styles and everything else stay byte for byte. Results that the file kept of its
 * formulas are left out: they are of the empty sheet, and not every program counts anew.
 * @throws {@link Refusal} where no heading fits, or there are not enough empty rows
 */
export function fillTemplate(bytes: Uint8Array, data: TemplateData): Uint8Array {
  const parts = unpackTemplate(bytes)
  const shared = sharedStrings(textOf(parts, 'xl/sharedStrings.xml'))
  const sheets = [...parts.keys()].filter(name => /^xl\/worksheets\/[^/]+\.xml$/iu.test(name)).sort()
  for (const name of sheets) {
    const xml = textOf(parts, name)
    const filled = fillSheet(xml, shared, data)
    if (filled === undefined) continue
    for (const other of sheets) {
      const now = other === name ? filled : textOf(parts, other)
      parts.set(other, new TextEncoder().encode(withoutResults(now)))
    }
    parts.set('xl/workbook.xml', new TextEncoder().encode(recalculated(textOf(parts, 'xl/workbook.xml'))))
    return zipSync(Object.fromEntries(parts), { mtime: new Date('2000-01-01T00:00:00') })
  }
  const wanted = data.columns.map(({ names }) => names[0]).join('、')
  throw new Refusal(`这张表里没找到表头。表头要有「姓名」，再有一列就能对上，可用的列名：${wanted}。`)
}

function unpackTemplate(bytes: Uint8Array): Map<string, Uint8Array> {
  if (bytes.length > largestBytes) throw new Refusal('模板超过 5 MB，请去掉图片再上传。')
  try {
    return unpack(bytes, () => true)
  } catch (cause) {
    if (!(cause instanceof ArchiveFault)) throw cause
    throw new Refusal('模板打不开。请用 WPS 或 Excel 另存为 .xlsx（不设密码）再上传。')
  }
}

const textOf = (parts: ReadonlyMap<string, Uint8Array>, name: string) =>
  textOfXml(parts.get(name) ?? new Uint8Array())

const sharedStrings = (xml: string): string[] =>
  [...xml.matchAll(/<si>(?<si>[\s\S]*?)<\/si>|<si\/>/gu)].map(({ groups }) =>
    [...(groups?.si ?? '').replaceAll(/<rPh[\s\S]*?<\/rPh>/gu, '').matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/gu)]
      .map(([, text = '']) => text)
      .join(''),
  )

/** Sums that were kept in the file are of the empty sheet. */
const recalculated = (xml: string): string =>
  /<calcPr[^>]*\/>/u.test(xml)
    ? xml.replace(
        /<calcPr(?<rest>[^>]*?)(?:\s+fullCalcOnLoad="\d")?(?<end>[^>]*)\/>/u,
        '<calcPr$<rest>$<end> fullCalcOnLoad="1"/>',
      )
    : xml.replace('</workbook>', '<calcPr fullCalcOnLoad="1"/></workbook>')

type Merge = { from: Address; to: Address }
type Address = NonNullable<ReturnType<typeof cellPlaceOf>>

const mergesIn = (xml: string): Merge[] =>
  [...xml.matchAll(/<mergeCell\s+ref="(?<ref>[^"]+)"/gu)].flatMap(({ groups }) => {
    const [from, to] = (groups?.ref ?? '').split(':').map(cellPlaceOf)
    return from && to ? [{ from, to }] : []
  })

const plain = (text: string) =>
  text
    .replaceAll(/\s/gu, '')
    .replace(/^[*＊]+/u, '')
    .replace(/[*＊：:（(].*$/u, '')

/** Whether a cell of a heading says one of these names: 「姓  名*」, 「姓名 必填」. */
const isCalled = (text: string, names: readonly string[]) =>
  names.some(name => [plain(text), plain(text.trim().split(/\s/u)[0] ?? '')].includes(plain(name)))

/** @returns undefined where no row of this sheet is a heading */
function fillSheet(xml: string, shared: readonly string[], data: TemplateData): string | undefined {
  const rows = readSheetRows(xml, shared)
  const merges = mergesIn(xml)
  const heading = rows
    .filter(row => columnsOf(row, data)[0] !== undefined)
    .map(row => headingAt(row, { rows, merges, data }))
    .sort((a, b) => countOf(b.columns) - countOf(a.columns))[0]
  if (!heading || countOf(heading.columns) < Math.min(2, data.columns.length)) return undefined
  const { columns, first } = heading
  const used = new Set(columns.filter(column => column !== undefined))
  /** Cells of one row that are merged take a value in the first of them. */
  const isInTheWay = ({ from, to }: (typeof merges)[number]) =>
    from.row < to.row || [...used].some(column => from.column < column && column <= to.column)
  const blocked = (row: SheetRow) =>
    row.cells.some(({ text }) => footer.test(text)) ||
    row.cells.some(({ column, text, isFormula }) => used.has(column) && !isFormula && text !== '') ||
    merges.some(one => one.from.row <= row.number && row.number <= one.to.row && isInTheWay(one))
  const below = rows.filter(row => row.number >= first)
  const end = below.find(blocked)?.number ?? Number.POSITIVE_INFINITY
  if (data.rows.length > end - first)
    throw new Refusal(
      `模板的表头下面只有 ${end - first} 个空行，要填 ${data.rows.length} 行。请在表里多插几行空行，再上传一次。`,
    )
  const pattern = below.find(row => row.number < end)
  return data.rows.reduce<string>((now, values, at) => {
    const cells = values.flatMap((value, index) => {
      const column = columns[index]
      return column === undefined || value === '' ? [] : [{ column, value }]
    })
    return editRow(now, first + at, { cells, styles: pattern })
  }, xml)
}

type HeadingParts = { rows: readonly SheetRow[]; merges: readonly Merge[]; data: TemplateData }

/**
 * The heading around a row: cells merged over several rows make it longer, up and down,
 * and names stand in all of them.
 */
function headingAt({ number }: SheetRow, { rows, merges, data }: HeadingParts) {
  const around = merges.filter(({ from, to }) => from.row <= number && number <= to.row)
  const top = Math.min(number, ...around.map(({ from }) => from.row))
  const first = 1 + Math.max(number, ...around.map(({ to }) => to.row))
  const parts = rows
    .filter(row => top <= row.number && row.number < first)
    .map(row => columnsOf(row, data))
    // A heading over a group of columns stands above theirs.
    .reverse()
  return {
    first,
    columns: data.columns.map((_, at) => parts.map(one => one[at]).find(column => column !== undefined)),
  }
}

const countOf = (columns: readonly unknown[]) => columns.filter(column => column !== undefined).length

/** The column of each of ours, by exact name. */
const columnsOf = (row: SheetRow, { columns }: TemplateData): (number | undefined)[] =>
  columns.map(({ names }) => row.cells.find(({ text }) => isCalled(text, names))?.column)
