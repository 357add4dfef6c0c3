import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detailInLine, detailLineOf } from '../../../../src/features/faq/editing/changes/detail-lines.ts'
import { type Base, baseOf } from '../../../../src/features/faq/editing/changes/pieces.ts'
import { planEntryImport, sheetNameOf } from '../../../../src/features/faq/editing/sheets/import-plan.ts'
import {
  asCell,
  makeEntrySheet,
  readEntrySheet,
} from '../../../../src/features/faq/editing/sheets/sheet-file.ts'
import { readKnowledge } from '../../../../src/features/faq/knowledge/knowledge.ts'
import { EntryRecord } from '../../../../src/features/faq/records.ts'
import { folderWith } from '../knowledge-samples.ts'

const shipped = readKnowledge('data')
const base = baseOf(shipped.sources.map(({ value }) => value))
const ground = { base, seed: base, programmes: shipped.programmes }

const bytesOf = async (of: Base) => (await makeEntrySheet(of, '知识.xlsx')).bytes
/** The sheet of the shipped base, edited as a person would in a spreadsheet. */
async function edited(
  edit: (cell: (line: number, word: string) => ExcelJS.Cell, sheet: ExcelJS.Worksheet) => void,
) {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await bytesOf(base)).slice().buffer as ArrayBuffer)
  const sheet = book.getWorksheet('条目')
  if (!sheet) throw new Error('no sheet of entries')
  const words = (sheet.getRow(1).values as string[]).slice(1)
  edit((line, word) => sheet.getCell(line, words.indexOf(word) + 1), sheet)
  return planEntryImport(await readEntrySheet(new Uint8Array(await book.xlsx.writeBuffer())), ground)
}

test('the whole base goes out and comes in again without a single difference', async () => {
  const plan = planEntryImport(await readEntrySheet(await bytesOf(base)), ground)
  expect(plan.rows.filter(({ kind }) => kind !== 'same')).toEqual([])
  expect(plan).toMatchObject({ steps: [], wrong: 0, untouched: 0 })
  expect(plan.rows.length).toBeGreaterThan(131)
})

test('a row is as high as its longest wrapped cell', async () => {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await bytesOf(base)).slice().buffer as ArrayBuffer)
  const sheet = book.getWorksheet('条目')
  const cells = (line: number) => Object.values(sheet?.getRow(line).values ?? []).map(String)
  const longest = (line: number) => Math.max(...cells(line).map(cell => cell.split('\n').length))
  for (let line = 2; line <= 100; line++)
    expect(sheet?.getRow(line).height).toBeGreaterThanOrEqual(Math.min(409, 15 * longest(line)))
})

const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map(text => text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, '').trim())
  .filter(text => text !== '')
const said = fc.oneof(
  line,
  line.map(text => `=HYPERLINK("http://x","${text}")`),
  fc.constantFrom(
    "'=1+1",
    "''+86",
    '@SUM(A1)',
    '-3',
    '＝1',
    '标准：〔待核实〕',
    '〔依据 rules〕',
    'a〔〕',
    '_x0041_',
    '  x',
  ),
)

test('whatever an entry says, it comes back as it was, and no cell is a formula', async () => {
  const [source] = readKnowledge(folderWith()).sources
  const [first] = source?.value.entries ?? []
  if (!source || !first) throw new Error('no sample')
  const about = fc.constantFrom('who', 'amount', 'when', 'how', 'papers', 'note')
  const detail = fc.record(
    { about, text: said, document: fc.constant('rules'), unsure: fc.constant(true) },
    { requiredKeys: ['about', 'text'] },
  )
  const entry = fc.record({
    question: said,
    otherQuestions: fc.uniqueArray(said, { maxLength: 5 }),
    short: said.map(text => [...text].slice(0, 40).join('').trim() || '好'),
    details: fc.array(detail, { maxLength: 5 }),
    policy: fc.constantFrom('hedge', 'state'),
    verifiedOn: fc.constantFrom('2026', '2026-08', '2026-08-31'),
    effectiveUntil: fc.constantFrom('2027-12-31', undefined),
  })
  await fc.assert(
    fc.asyncProperty(entry, async changes => {
      const parsed = EntryRecord.safeParse(JSON.parse(JSON.stringify({ ...first, ...changes })))
      if (!parsed.success) return
      const own = baseOf([{ ...source.value, entries: [parsed.data] }])
      const read = await readEntrySheet(await bytesOf(own))
      const plan = planEntryImport(read, { base: own, seed: own, programmes: shipped.programmes })
      expect(plan.rows.filter(({ kind }) => kind !== 'same')).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('a detail is written and read as it is', () => {
  fc.assert(
    fc.property(said, fc.boolean(), fc.boolean(), (text, isUnsure, hasDocument) => {
      const detail = {
        about: 'amount' as const,
        text,
        ...(hasDocument ? { document: 'rules' } : {}),
        ...(isUnsure ? { unsure: true } : {}),
      }
      expect(JSON.parse(JSON.stringify(detailInLine(detailLineOf(detail))))).toEqual(detail)
    }),
  )
})

test('no cell begins with a sign that a spreadsheet would take for a formula', () => {
  fc.assert(
    fc.property(said, text => {
      expect(asCell(text)).not.toMatch(/^[=+\-@＝＋－＠\t\r]/u)
    }),
  )
})

test('the dry run says row by row what changes, what is new and why a row is refused', async () => {
  const plan = await edited((cell, sheet) => {
    cell(2, '第一行').value = '公示20日。'
    cell(3, '止').value = '2026-02-31'
    cell(4, '能说到什么程度').value = '随便说'
    cell(5, '编号').value = cell(6, '编号').value
    cell(7, '项目').value = '不存在的项目'
    cell(8, '下面几行').value = '价钱：三百块'
    const copy = (sheet.getRow(9).values as unknown[]).slice(1)
    sheet.addRow(copy.map((value, at) => (at === 0 ? 'brand-new' : value)))
  })
  const of = (line: number) => plan.rows.find(row => row.sheet === '条目' && row.line === line)
  expect(of(2)).toMatchObject({
    kind: 'changed',
    notes: [expect.stringMatching(/^第一行：.+ → 公示20日。$/u)],
  })
  expect(of(3)).toMatchObject({ kind: 'wrong', notes: ['止：日历上没有这一天'] })
  expect(of(4)).toMatchObject({ kind: 'wrong', notes: [expect.stringMatching(/^能说到什么程度：/u)] })
  expect(of(6)).toMatchObject({ kind: 'wrong', notes: ['和第 5 行编号相同，请留一行'] })
  expect(of(7)).toMatchObject({ kind: 'wrong', notes: ['项目：没有这个项目：不存在的项目'] })
  expect(of(8)).toMatchObject({
    kind: 'wrong',
    notes: [expect.stringContaining('下面几行：第 1 行，要以「对象：」')],
  })
  expect(plan.rows.find(({ name }) => name === 'brand-new')).toMatchObject({ kind: 'added' })
  expect(plan.wrong).toBeGreaterThanOrEqual(5)
})

test('days that a spreadsheet made of what was typed are read as days, columns in any order', async () => {
  const plan = await edited(cell => {
    cell(2, '止').value = new Date(Date.UTC(2027, 11, 31))
    cell(2, '止').numFmt = 'yyyy-mm-dd'
  })
  expect(plan.rows.filter(({ kind }) => kind !== 'same')).toEqual([
    expect.objectContaining({ kind: 'changed', notes: ['止：（空） → 2027-12-31'] }),
  ])
})

test('a circle of replacements is refused on the rows that make it', async () => {
  const plan = await edited(cell => {
    const [one, two] = [String(cell(2, '编号').value), String(cell(3, '编号').value)]
    cell(2, '被哪条接替').value = two
    cell(3, '被哪条接替').value = one
  })
  expect(
    plan.rows.filter(({ kind }) => kind === 'wrong').map(({ line, notes }) => [line, notes[0]?.slice(0, 14)]),
  ).toEqual([
    [2, '被哪条接替：接替关系绕成了圈'],
    [3, '被哪条接替：接替关系绕成了圈'],
  ])
})

test.each([
  ['nothing', new Uint8Array(), '空的'],
  ['something else', new TextEncoder().encode('姓名,电话\n张三,1'), '没有找到条目'],
  ['no file of ours', Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2), '打不开'],
])('%s is refused in plain words', async (_, bytes, words) => {
  await expect(readEntrySheet(bytes)).rejects.toThrow(words)
})

test('a sheet that calls the programmes by their names imports unchanged', async () => {
  const names = new Map(shipped.programmes.map(({ id, name }) => [id, name]))
  expect(new Set(names.values()).size).toBe(names.size)
  const { bytes } = await makeEntrySheet(base, '知识.xlsx', id => names.get(id) ?? id)
  const read = await readEntrySheet(bytes)
  expect(read.entries.some(({ row }) => row.programme === names.get('hnte'))).toBe(true)
  const plan = planEntryImport(read, ground)
  expect(plan.steps).toEqual([])
})

test('programmes of one name keep apart in a sheet by their ids', async () => {
  const [first, second, ...others] = shipped.programmes
  if (!first || !second) throw new Error('no programmes')
  const programmes = [first, { ...second, name: first.name }, ...others]
  const nameOf = (id: string) => sheetNameOf(id, programmes)
  expect([nameOf(first.id), nameOf(second.id)]).toEqual([first.id, second.id])
  expect(others.map(({ id }) => nameOf(id))).toEqual(others.map(({ name }) => name))
  const { bytes } = await makeEntrySheet(base, '知识.xlsx', nameOf)
  expect(planEntryImport(await readEntrySheet(bytes), { ...ground, programmes }).steps).toEqual([])
})
