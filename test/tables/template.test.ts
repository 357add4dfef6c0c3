import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { fillTemplate } from '../../src/tables/template.ts'

/** A sheet as offices make them: a merged title, a heading of two rows, sequence formulas, a sum and a signature. */
async function officeSheet(emptyRows: number): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('填表说明').getCell('A1').value = '请如实填写'
  const sheet = book.addWorksheet('报名汇总')
  sheet.mergeCells('A1:E1')
  sheet.getCell('A1').value = '台江区路演报名汇总表'
  sheet.getRow(2).values = ['序号', '姓名', '单位名称', '参加人数', '人均']
  for (let row = 3; row < 3 + emptyRows; row += 1) {
    sheet.getCell(`A${row}`).value = { formula: `ROW()-2`, result: row - 2 }
    sheet.getCell(`B${row}`).border = { top: { style: 'thin' } }
    sheet.getCell(`E${row}`).value = { formula: `D${row}/1`, result: 0 }
  }
  const end = 3 + emptyRows
  sheet.mergeCells(`A${end}:C${end}`)
  sheet.getCell(`A${end}`).value = '合计'
  sheet.getCell(`D${end}`).value = { formula: `SUM(D3:D${end - 1})`, result: 0 }
  return new Uint8Array(await book.xlsx.writeBuffer())
}

const columns = [{ names: ['姓名'] }, { names: ['团队', '单位名称'] }, { names: ['人数', '参加人数'] }]

test('an office sheet is filled and keeps its formulas, merged cells and styles', async () => {
  const rows = [
    ['张三', '优梦 & <科技>', 2],
    ['=1+1', '', 1],
  ]
  const filled = fillTemplate(await officeSheet(4), { columns, rows })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(filled.buffer as ArrayBuffer)
  const sheet = book.getWorksheet('报名汇总')
  expect(['B3', 'C3', 'D3', 'B4', 'C4', 'D4'].map(cell => sheet?.getCell(cell).value)).toEqual([
    '张三',
    '优梦 & <科技>',
    2,
    '=1+1',
    null,
    1,
  ])
  expect(sheet?.getCell('A3').formula).toBe('ROW()-2')
  expect(sheet?.getCell('E4').formula).toBe('D4/1')
  expect(sheet?.getCell('D7').formula).toBe('SUM(D3:D6)')
  expect(sheet?.getCell('B1').master.address).toBe('A1')
  expect(sheet?.getCell('B7').master.address).toBe('A7')
  expect(sheet?.getCell('B3').border.top?.style).toBe('thin')
  expect(book.getWorksheet('填表说明')?.getCell('A1').value).toBe('请如实填写')
})

test('too few empty rows are refused before anything is written over', async () => {
  const bytes = await officeSheet(1)
  const rows = [['甲'], ['乙']]
  expect(() => fillTemplate(bytes, { columns, rows })).toThrow('只有 1 个空行，要填 2 行')
})

test('a sheet without a heading, and what is no sheet, are refused', async () => {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('空').getCell('A1').value = '没有表头'
  const bytes = new Uint8Array(await book.xlsx.writeBuffer())
  expect(() => fillTemplate(bytes, { columns, rows: [] })).toThrow('没找到表头')
  expect(() => fillTemplate(new Uint8Array([1, 2, 3]), { columns, rows: [] })).toThrow('打不开')
})
