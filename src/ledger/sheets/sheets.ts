import type { AddWorksheetOptions, Style, Worksheet } from 'exceljs'
import { asCellText } from '../../text/cells.ts'
import { cellStyles, writeRow } from './cells.ts'

const forbidden = /[\\/*?:[\]'"\p{Cc}]+/gu
/** Limit of spreadsheet programs. */
const longestName = 31

type Print = {
  landscape: boolean
  /** Pages side by side; more rows only make more pages. */
  pagesWide?: number
  /** Rows that are repeated on every page and stay in sight, both count. */
  head: [number, number]
  /** Columns that stay in sight, and are repeated where a sheet is several pages wide. */
  names?: { frozen: number; repeated: string }
  /** In the foot, before the page's number. */
  foot: string
}

/** A4, as wide as the paper, with margins that a binder leaves readable, and its head on every page. */
export function printLayout({
  landscape,
  pagesWide = 1,
  head,
  names,
  foot,
}: Print): Partial<AddWorksheetOptions> {
  const [first, last] = head
  return {
    views: [
      { state: 'frozen', ySplit: last, ...(names ? { xSplit: names.frozen } : {}), showGridLines: false },
    ],
    pageSetup: {
      paperSize: 9,
      orientation: landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: pagesWide,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: { left: 0.7, right: 0.5, top: 0.6, bottom: 0.7, header: 0.3, footer: 0.3 },
      printTitlesRow: `${first}:${last}`,
      ...(names && pagesWide > 1 ? { printTitlesColumn: names.repeated } : {}),
    },
    // An ampersand begins a code in a foot.
    headerFooter: { oddFooter: `&L${foot.replaceAll('&', '&&')}&R第 &P 页，共 &N 页` },
  }
}

/** A name that a spreadsheet takes and that no other sheet of the book has. */
export function sheetName(wanted: string, taken: Set<string>): string {
  const plain = wanted.replaceAll(forbidden, ' ').replaceAll(/\s+/gu, ' ').trim()
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? '' : `（${number}）`
    const name = cut(plain, longestName - end.length) + end
    if (taken.has(name.toLowerCase())) continue
    taken.add(name.toLowerCase())
    return name
  }
}

/** Never through the middle of a character. */
function cut(text: string, length: number): string {
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > length) break
    kept += character
  }
  return kept.trim()
}

/** Writes one line of text across several columns. */
export function writeAcross(
  sheet: Worksheet,
  at: number,
  { text, columns, style }: { text: string; columns: number; style: Partial<Style> },
): void {
  writeRow(sheet, at, [[asCellText(text), style]])
  sheet.mergeCells(at, 1, at, columns)
}

/** Places for the signatures of author, reviewer and head, as on every filed paper. */
export function writeSignatures(
  sheet: Worksheet,
  at: number,
  { by, columns }: { by: string; columns: number },
): void {
  const text = `制表：${by}　　　　　审核：＿＿＿＿＿＿　　　　　签字：＿＿＿＿＿＿　　　　　日期：＿＿＿＿＿＿`
  writeAcross(sheet, at, { text, columns, style: cellStyles.about })
  sheet.getRow(at).height = 30
}
