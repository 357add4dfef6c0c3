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
function bookOf(sheet: string, more: Record<string, string> = {}): Uint8Array {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`
  const parts = {
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': '<workbook><sheets><sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet>${sheet}</worksheet>`,
    ...more,
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

test.each<[string, string, string?]>([
  [
    'a long text merged over many cells',
    `<sheetData><row r="1">${cell('A1', '长'.repeat(30_000))}</row></sheetData><mergeCells><mergeCell ref="A1:A2000"/></mergeCells>`,
  ],
  [
    'a long text in many cells',
    `<sheetData>${Array.from({ length: 2000 }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}" t="s"><v>0</v></c></row>`).join('')}</sheetData>`,
    `<sst><si><t>${'长'.repeat(30_000)}</t></si></sst>`,
  ],
])('%s is refused before it takes the room', async (_, sheet, shared = '<sst/>') => {
  await expect(readTables(bookOf(sheet, { 'xl/sharedStrings.xml': shared }))).rejects.toThrow('解压后太大')
})

test('deep elements are refused, and not at the limit of time', async () => {
  const deep = bookOf(
    `<sheetData><row r="1">${cell('A1', '姓名')}</row></sheetData>${'<a>'.repeat(1_000_000)}`,
  )
  await expect(readTables(deep)).rejects.toThrow('打不开')
})

test('an archive of very many parts is refused, though none of them would be read', async () => {
  const names = Array.from({ length: 2001 }, (_, at) => `xl/media/${at}.png`)
  const parts = zipSync(Object.fromEntries(names.map(name => [name, new Uint8Array()])), { level: 0 })
  await expect(readTables(parts)).rejects.toThrow('解压后太大')
})

test('a part that is named as two thousand sheets is refused', async () => {
  const sheets = Array.from(
    { length: 2000 },
    (_, at) => `<sheet name="${at}" sheetId="${at + 1}" r:id="r1"/>`,
  )
  const many = bookOf(`<sheetData><row r="1">${cell('A1', '姓名')}</row></sheetData>`, {
    'xl/workbook.xml': `<workbook><sheets>${sheets.join('')}</sheets></workbook>`,
  })
  await expect(readTables(many)).rejects.toThrow('解压后太大')
})

test('sheets of short texts are refused by the number of their cells', async () => {
  // 190,000 cells each: fewer than one sheet may merge, and all together two million characters.
  const sheets = Array.from({ length: 11 }, (_, at) => `<sheet name="${at}" sheetId="${at + 1}" r:id="r1"/>`)
  const merged = bookOf(
    `<sheetData><row r="1">${cell('A1', 'x')}</row></sheetData><mergeCells><mergeCell ref="A1:CV1900"/></mergeCells>`,
    { 'xl/workbook.xml': `<workbook><sheets>${sheets.join('')}</sheets></workbook>` },
  )
  await expect(readTables(merged)).rejects.toThrow('解压后太大')
})

test('a format of brackets takes no time by the square of its length', async () => {
  const styles = `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${'['.repeat(200_000)}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>`
  const book = bookOf('<sheetData><row r="1"><c r="A1" s="0"><v>12</v></c></row></sheetData>', {
    'xl/styles.xml': styles,
  })
  expect((await readTables(book))[0]?.rows).toEqual([['12']])
})

test('a cell holds as much as it does in Excel, and a row of a CSV no more columns than one of a workbook', async () => {
  const long = bookOf(`<sheetData><row r="1">${cell('A1', '长'.repeat(40_000))}</row></sheetData>`)
  expect((await readTables(long))[0]?.rows[0]?.[0]).toHaveLength(32_767)
  const [csv] = await readTables(strToU8(`${'甲,'.repeat(300)}\n${'长'.repeat(40_000)}\n`))
  expect(csv?.rows.map(row => [row.length, row[0]?.length])).toEqual([
    [200, 1],
    [1, 32_767],
  ])
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
