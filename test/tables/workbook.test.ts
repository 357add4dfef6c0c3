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

const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = (...links: [id: string, type: string, target: string][]) =>
  `<Relationships>${links.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${type}/${kind}" Target="${target}"/>`).join('')}</Relationships>`
const one = `<worksheet><sheetData><row r="1">${cell('A1', '姓名')}</row></sheetData></worksheet>`
const strings = '<sst><si><t>姓名</t></si></sst>'
const oneShared =
  '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>'
const bookParts = {
  '_rels/.rels': relations(['r1', 'officeDocument', 'xl/workbook.xml']),
  'xl/workbook.xml': '<workbook><sheets><sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>',
}

test.each<[string, Record<string, string | Uint8Array>]>([
  [
    'paths with backslashes',
    {
      '_rels\\.rels': bookParts['_rels/.rels'],
      'xl\\workbook.xml': bookParts['xl/workbook.xml'],
      'xl\\_rels\\workbook.xml.rels': relations(['r1', 'worksheet', 'worksheets/sheet1.xml']),
      'xl\\worksheets\\sheet1.xml': one,
    },
  ],
  [
    'a sheet in another folder',
    {
      ...bookParts,
      'xl/_rels/workbook.xml.rels': relations(['r1', 'worksheet', '/xl/data1.xml']),
      'xl/data1.xml': one,
    },
  ],
  [
    'strings of another name',
    {
      ...bookParts,
      'xl/_rels/workbook.xml.rels': relations(
        ['r1', 'worksheet', 'worksheets/a.xml'],
        ['r2', 'sharedStrings', '/xl/texts.xml'],
      ),
      'xl/worksheets/a.xml': oneShared,
      'xl/texts.xml': strings,
    },
  ],
  [
    'strings that nothing refers to',
    {
      ...bookParts,
      'xl/_rels/workbook.xml.rels': relations(['r1', 'worksheet', 'worksheets/a.xml']),
      'xl/worksheets/a.xml': oneShared,
      'xl/sharedStrings.xml': strings,
    },
  ],
  [
    'no references at all',
    { 'xl/workbook.xml': bookParts['xl/workbook.xml'], 'xl/worksheets/sheet1.xml': one },
  ],
  [
    'parts in UTF-16',
    {
      ...bookParts,
      'xl/_rels/workbook.xml.rels': relations(['r1', 'worksheet', 'worksheets/a.xml']),
      'xl/worksheets/a.xml': new Uint8Array(
        Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${one}`, 'utf16le'),
      ),
    },
  ],
  [
    'how a text is read aloud beside it',
    {
      ...bookParts,
      'xl/_rels/workbook.xml.rels': relations(['r1', 'worksheet', 'worksheets/a.xml']),
      'xl/worksheets/a.xml': one.replace('</is>', '<rPh sb="0" eb="2"><t>xing ming</t></rPh></is>'),
    },
  ],
])('a workbook with %s is read', async (_, parts) => {
  const bytes = zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, data]) => [name, typeof data === 'string' ? strToU8(data) : data]),
    ),
  )
  expect((await readTables(bytes)).map(({ rows }) => rows)).toEqual([[['姓名']]])
})
