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

test('a heading of two rows and merged cells in every row are filled, and no result of the empty sheet stays', async () => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('汇总')
  sheet.getCell('A1').value = '序号'
  sheet.mergeCells('A1:A2')
  sheet.getCell('B1').value = '姓 名*'
  sheet.mergeCells('B1:C2')
  sheet.getCell('D1').value = '参加情况'
  sheet.mergeCells('D1:E1')
  sheet.getCell('D2').value = '人数'
  sheet.getCell('E2').value = '单位名称（全称）'
  for (const row of [3, 4]) {
    sheet.mergeCells(`B${row}:C${row}`)
    sheet.getCell(`A${row}`).value = { formula: `IF(B${row}="","",ROW()-2)`, result: '' }
  }
  sheet.getCell('A5').value = '合计'
  sheet.getCell('D5').value = { formula: 'SUM(D3:D4)', result: 0 }
  const rows = [
    ['张三', '优梦科技', 2],
    ['李四', '', 3],
  ]
  const bytes = new Uint8Array(await book.xlsx.writeBuffer())
  const filled = new ExcelJS.Workbook()
  await filled.xlsx.load(fillTemplate(bytes, { columns, rows }).buffer as ArrayBuffer)
  const found = filled.getWorksheet('汇总')
  expect(['B3', 'D3', 'E3', 'B4', 'D4'].map(cell => found?.getCell(cell).value)).toEqual([
    ...['张三', 2, '优梦科技', '李四', 3],
  ])
  expect(found?.getCell('C4').master.address).toBe('B4')
  expect(found?.getCell('D5').value).toEqual({ formula: 'SUM(D3:D4)' })
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

test('a heading whose names stand below a group, beside cells merged over both rows, is filled', async () => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('汇总')
  const texts = {
    A1: '报名汇总表',
    A2: '序号',
    B2: '参加人员',
    D2: '人数',
    B3: '姓 名*',
    C3: '单位名称',
    A7: '合计',
  }
  for (const [cell, text] of Object.entries(texts)) sheet.getCell(cell).value = text
  for (const merge of ['A1:D1', 'A2:A3', 'B2:C2', 'D2:D3', 'A7:C7']) sheet.mergeCells(merge)
  for (const row of [4, 5, 6]) sheet.getCell(`A${row}`).value = row - 3
  sheet.getCell('D7').value = { formula: 'SUM(D4:D6)', result: 0 }
  const bytes = new Uint8Array(await book.xlsx.writeBuffer())
  const filled = fillTemplate(bytes, { columns, rows: [['张三', '优梦科技', 2]] })
  const again = new ExcelJS.Workbook()
  await again.xlsx.load(filled.buffer as ArrayBuffer)
  const cells = ['A4', 'B4', 'C4', 'D4', 'D2'].map(cell => again.getWorksheet('汇总')?.getCell(cell).value)
  expect(cells).toEqual([1, '张三', '优梦科技', 2, '人数'])
  expect(again.getWorksheet('汇总')?.getCell('D7').formula).toBe('SUM(D4:D6)')
})
