import { expect, test } from 'vitest'
import { makeFormFile } from '../../src/ledger/form-file.ts'
import { openBook } from './calc.ts'
import { exported } from './sample.ts'

test('columns are as wide as what they hold, and long texts are written in several lines', async () => {
  const long = '改推送（改动时间、批次、时间、状态），改推送（版次、状态）；'.repeat(4)
  const file = await makeFormFile({
    kind: '操作记录',
    title: '2026年12月',
    total: '1 条',
    columns: ['序号', '动了什么'],
    rows: [['1', long]],
    exported,
  })
  expect(file.name).toBe('操作记录-2026年12月.xlsx')
  const sheet = (await openBook(file.bytes)).getWorksheet('操作记录')
  expect(sheet?.getCell('A1').value).toBe('2026年12月操作记录')
  expect(sheet?.getColumn(1).width).toBeLessThan(10)
  expect(sheet?.getColumn(2).width).toBe(36)
  expect(sheet?.getCell('B4').alignment).toMatchObject({ wrapText: true })
  expect(sheet?.getRow(4).height).toBeGreaterThan(80)
})
