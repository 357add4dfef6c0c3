import { readFileSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readTables } from '../../src/tables/index.ts'

const people = (name: string) => readTables(new Uint8Array(readFileSync(`test/data/tables/${name}.xlsx`)))

test.each(['prefixed', 'absolute-paths', 'empty-drawing'])(
  '%s: what other programs write is read',
  async name => {
    const [sheet] = await people(name)
    expect(sheet?.rows.flat().filter(cell => ['甘棠', '柏舟', '郑风'].includes(cell))).toHaveLength(3)
  },
)

test('hidden rows are told', async () => {
  const [sheet] = await people('hidden-row')
  expect(sheet?.hiddenRows).toHaveLength(1)
})

/** A workbook of one sheet with this data. */
function bookOf(sheet: string): Uint8Array {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`
  const parts = {
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': '<workbook><sheets><sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet>${sheet}</worksheet>`,
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))
}
const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`

test('a far cell is refused and makes no million rows', async () => {
  const far = bookOf(
    `<sheetData><row r="1">${cell('A1', '姓名')}</row><row r="1048576">${cell('A1048576', 'x')}</row></sheetData>`,
  )
  await expect(readTables(far)).rejects.toThrow('写到了第 1048576 行')
  const wide = bookOf(`<sheetData><row r="1">${cell('A1', '姓名')}${cell('XFD1', 'x')}</row></sheetData>`)
  expect((await readTables(wide))[0]?.rows).toEqual([['姓名']])
})

test('a merge over a million rows is refused, with addresses escaped or not', async () => {
  for (const reference of ['A1:A1048576', '$A$1:$XFD$1048576', '&#65;1:A1048576']) {
    const merged = bookOf(
      `<sheetData><row r="1">${cell('A1', '姓名')}</row></sheetData><mergeCells><mergeCell ref="${reference}"/></mergeCells>`,
    )
    await expect(readTables(merged)).rejects.toThrow('解压后太大')
  }
})
