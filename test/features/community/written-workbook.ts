import { strToU8, zipSync } from 'fflate'

export type WrittenSheet = { name: string; rows: readonly (readonly string[])[] }

const relations = (parts: readonly string[]) =>
  `<Relationships>${parts
    .map((part, at) => `<Relationship Id="rId${at + 1}" Type="x/worksheet" Target="/${encodeURI(part)}"/>`)
    .join('')}</Relationships>`
const cellsOf = (row: readonly string[]) =>
  row.map(cell => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')

/** An .xlsx with little more than its cells. @param firstPart name of the part of the first sheet */
export function makeWorkbook(
  sheets: readonly WrittenSheet[],
  firstPart = 'xl/worksheets/sheet1.xml',
): Uint8Array {
  const parts = sheets.map((_, at) => (at === 0 ? firstPart : `xl/worksheets/sheet${at + 1}.xml`))
  const listed = sheets.map(
    ({ name }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  )
  const files = sheets.map(({ rows }, at) => [
    parts[at] ?? '',
    `<worksheet><sheetData>${rows.map(row => `<row>${cellsOf(row)}</row>`).join('')}</sheetData></worksheet>`,
  ])
  return zipSync(
    Object.fromEntries(
      [
        ...files,
        ['xl/workbook.xml', `<workbook xmlns:r="r"><sheets>${listed.join('')}</sheets></workbook>`],
        ['xl/_rels/workbook.xml.rels', relations(parts)],
      ].map(([name, xml]) => [name, strToU8(xml ?? '')]),
    ),
  )
}
