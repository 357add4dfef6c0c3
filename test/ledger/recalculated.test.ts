import type ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { makeLessonFile } from '../../src/ledger/workbook.ts'
import { isCalcMissing, openBook, recalculate, resultsOf } from './calc.ts'
import { exported, sampleFile, sampleLessons, sampleRoster } from './sample.ts'

const lessons = 13
const members = 60

/** The file with every result thrown away, so that what comes back can only have been calculated. */
async function withoutResults(bytes: Uint8Array, change: (book: ExcelJS.Workbook) => void = () => {}) {
  const book = await openBook(bytes)
  for (const sheet of book.worksheets) {
    sheet.eachRow(row =>
      row.eachCell(cell => {
        if (cell.formula) cell.value = { formula: cell.formula, result: 987_654 }
      }),
    )
  }
  change(book)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** Results of a calculation are as near as floating point comes. */
function sameResults(calculated: Map<string, unknown>, kept: Map<string, unknown>) {
  expect([...calculated.keys()].sort()).toEqual([...kept.keys()].sort())
  const different = [...kept].filter(([cell, value]) => {
    const other = calculated.get(cell)
    return typeof value === 'number' && typeof other === 'number'
      ? Math.abs(value - other) > 1e-9
      : value !== other
  })
  expect(different).toEqual([])
}

describe.skipIf(isCalcMissing)('opened by LibreOffice, which calculates again', () => {
  test('every total is the one that we wrote beside its formula, and follows a mark that is changed', async () => {
    const { bytes } = await sampleFile(lessons, members)
    const roster = sampleRoster(members)
    const [lesson] = sampleLessons(1, roster)
    if (!lesson) throw new Error('no lesson')
    const attendees = lesson.attendees.map((one, n) =>
      n % 5 === 0 ? { ...one, standing: 'awaited' as const } : one,
    )
    const single = (await makeLessonFile(lesson, { attendees, roster, exported })).bytes
    const again = await recalculate({
      ledger: await withoutResults(bytes),
      lesson: await withoutResults(single),
      changed: await withoutResults(bytes, book => {
        const cell = findMark(book, '缺')
        cell.value = '到'
      }),
    })
    const kept = resultsOf(await openBook(bytes))
    expect(kept.size).toBeGreaterThan(1000)
    sameResults(resultsOf(again.ledger as ExcelJS.Workbook), kept)
    sameResults(resultsOf(again.lesson as ExcelJS.Workbook), resultsOf(await openBook(single)))

    const moved = resultsOf(again.changed as ExcelJS.Workbook)
    const sumRow = sumRowOf(await openBook(bytes))
    const [attended, absent] = ['S', 'W'].map(column => `成员出勤!${column}${sumRow}`)
    expect(moved.get(attended ?? '')).toBe(Number(kept.get(attended ?? '')) + 1)
    expect(moved.get(absent ?? '')).toBe(Number(kept.get(absent ?? '')) - 1)
  })
})

function findMark(book: ExcelJS.Workbook, mark: string): ExcelJS.Cell {
  const found: ExcelJS.Cell[] = []
  book
    .getWorksheet('成员出勤')
    ?.eachRow(row => row.eachCell(cell => void (cell.value === mark && found.push(cell))))
  const [first] = found
  if (!first) throw new Error(`no ${mark} on the sheet`)
  return first
}

function sumRowOf(book: ExcelJS.Workbook): number {
  const sheet = book.getWorksheet('成员出勤')
  for (let row = 1; row <= (sheet?.rowCount ?? 0); row += 1) {
    if (sheet?.getCell(row, 2).value === '合计（人次）') return row
  }
  throw new Error('no sums')
}
