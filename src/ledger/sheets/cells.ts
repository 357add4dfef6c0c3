import type { Borders, Fill, Style, Worksheet } from 'exceljs'
import type { Kind } from '../counts.ts'

/** One cell: where it has a formula, `result` is what readers show that do not calculate. */
export type Value = string | number | Date | { formula: string; result: number | string } | undefined

const font = { name: '宋体', size: 10 }
const thin = { style: 'thin' as const, color: { argb: 'FF8A8F96' } }
const border: Partial<Borders> = { top: thin, left: thin, bottom: thin, right: thin }
const centre = { horizontal: 'center' as const, vertical: 'middle' as const, wrapText: true }
/** One line, however long: a row that grows would tear the page apart. */
const fitting = { horizontal: 'left' as const, vertical: 'middle' as const, shrinkToFit: true }
const leftward = { horizontal: 'left' as const, vertical: 'middle' as const, wrapText: true }
const shade = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } })

/**
 * Each style once: the library writes one that it has seen as one object without comparing it again, which makes
 * the difference between two seconds and six.
 */
export const cellStyles = {
  title: { font: { ...font, size: 16, bold: true }, alignment: { ...centre, wrapText: false } },
  about: { font, alignment: { ...leftward, wrapText: false } },
  note: { font, alignment: leftward },
  section: { font: { ...font, bold: true }, alignment: leftward, border, fill: shade('FFF7F7F8') },
  head: { font: { ...font, bold: true }, alignment: centre, border, fill: shade('FFF0F1F3') },
  upright: {
    font: { ...font, bold: true },
    alignment: { horizontal: 'center', vertical: 'top', textRotation: 'vertical' },
    border,
    fill: shade('FFF0F1F3'),
  },
  // As text (@), so that a name which looks like a formula stays a name when a person edits the cell.
  name: { font, alignment: fitting, border, numFmt: '@' },
  remark: { font, alignment: leftward, border, numFmt: '@' },
  number: { font, alignment: centre, border, numFmt: '0' },
  time: { font, alignment: centre, border, numFmt: 'hh:mm' },
  rate: { font, alignment: centre, border, numFmt: '0.0%' },
  sumName: {
    font: { ...font, bold: true },
    alignment: leftward,
    border,
    numFmt: '@',
    fill: shade('FFF7F7F8'),
  },
  sum: { font: { ...font, bold: true }, alignment: centre, border, numFmt: '0', fill: shade('FFF7F7F8') },
  sumRate: {
    font: { ...font, bold: true },
    alignment: centre,
    border,
    numFmt: '0.0%',
    fill: shade('FFF7F7F8'),
  },
} satisfies Record<string, Partial<Style>>

const marked = (colour: string, more: Partial<Style> = {}): Partial<Style> => ({
  font: { ...font, color: { argb: colour } },
  alignment: { horizontal: 'center', vertical: 'middle', shrinkToFit: true },
  border,
  ...more,
})
/** Marks are read by their character; the shade only helps the eye. */
export const markStyles: Record<Kind, Partial<Style>> = {
  present: marked('FF20242A'),
  late: marked('FF7A4F00', { fill: shade('FFFBEFD5') }),
  'made-up': marked('FF1C6E3D', { fill: shade('FFE4F2E8') }),
  leave: marked('FF4A5059', { fill: shade('FFECEEF1') }),
  absent: marked('FFB8232A', {
    font: { ...font, bold: true, color: { argb: 'FFB8232A' } },
    fill: shade('FFFBE3E4'),
  }),
  unverified: marked('FF20242A', {
    font: { ...font, italic: true },
    fill: { type: 'pattern', pattern: 'gray125' },
  }),
  guest: marked('FF20242A'),
  'guest-late': marked('FF7A4F00'),
  'guest-leave': marked('FF4A5059'),
  'guest-made-up': marked('FF4A5059'),
  tried: marked('FF4A5059'),
  awaited: marked('FF4A5059'),
}

/** Writes a row; a cell without a value keeps its style. */
export function writeRow(
  sheet: Worksheet,
  at: number,
  cells: readonly (readonly [Value, Partial<Style>])[],
  from = 1,
): void {
  const row = sheet.getRow(at)
  for (const [index, [value, style]] of cells.entries()) {
    const cell = row.getCell(from + index)
    cell.style = style
    if (value !== undefined) cell.value = value
  }
}

/** 「A」, 「Z」, 「AA」 for 1, 26, 27. */
export function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26)
  return `${rest > 0 ? columnName(rest) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`
}

/** How a formula names a sheet. */
export const quotedSheetName = (sheetName: string) => `'${sheetName.replaceAll("'", "''")}'`
