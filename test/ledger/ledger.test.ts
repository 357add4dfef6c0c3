import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  attendedOf,
  countKindOf,
  countsOf,
  expectedOf,
  guestsOf,
  kindOrder,
  lateOf,
  rateOf,
  rateWithMadeUpOf,
  sayRate,
} from '../../src/ledger/counts.ts'
import { groupBy, layOut } from '../../src/ledger/ledger.ts'
import { sheetName } from '../../src/ledger/sheets/sheets.ts'
import { makeLedgerFile, makeLessonFile } from '../../src/ledger/workbook.ts'
import { attendanceStates } from '../../src/ports/attendance.ts'
import { openBook } from './calc.ts'
import { bookOf, exported, quarter, sampleFile, sampleLedger, sampleLessons, sampleRoster } from './sample.ts'

describe('counting', () => {
  test('出勤率 is 实到 of those of whom it is known; who made up is shown apart', () => {
    const counts = countsOf([
      ...(['present', 'present', 'late', 'made-up', 'leave', 'absent', 'unverified'] as const),
      ...(['guest', 'guest-late', 'guest-leave', 'tried'] as const),
    ])
    expect([expectedOf(counts), attendedOf(counts), lateOf(counts), guestsOf(counts)]).toEqual([7, 5, 2, 2])
    expect(rateOf(counts)).toBe(3 / 6)
    expect(rateWithMadeUpOf(counts)).toBe(4 / 6)
  })
  test('where nobody is known, there is no rate', () => {
    expect(rateOf(countsOf(['unverified', 'guest', 'tried']))).toBeUndefined()
    expect(sayRate(undefined)).toBe('—')
  })
  test('a rate that is nearly full is not said to be full', () => {
    expect(sayRate(0.999)).toBe('99%')
    expect(sayRate(1)).toBe('100%')
    expect(sayRate(0)).toBe('0%')
  })
  test('who came without being expected is a guest; who was put down as absent was expected', () => {
    const kinds = attendanceStates.map(standing => countKindOf({ standing, isExpected: false }))
    expect(kinds).toEqual([
      'guest',
      'guest-late',
      'guest-made-up',
      'guest-leave',
      'absent',
      'unverified',
      'tried',
      'awaited',
    ])
    expect(attendanceStates.map(standing => countKindOf({ standing, isExpected: true }))).toEqual([
      ...attendanceStates,
    ])
  })
  test('more unverified people never change the rate', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kindOrder)), fc.nat(9), (kinds, more) => {
        const unknown = Array<'unverified'>(more).fill('unverified')
        expect(rateOf(countsOf([...kinds, ...unknown]))).toBe(rateOf(countsOf(kinds)))
      }),
    )
  })
})

describe('the ledger', () => {
  test('totals of members, lessons, branches and spaces are the same people counted four ways', async () => {
    const ledger = await sampleLedger(6, 40)
    const sum = (all: readonly Parameters<typeof expectedOf>[0][]) =>
      all.reduce((n, one) => n + expectedOf(one), 0)
    const total = expectedOf(ledger.total)
    expect(sum(ledger.lessonCounts)).toBe(total)
    expect(sum(ledger.lines.map(({ counts }) => counts))).toBe(total)
    for (const by of ['branch', 'space'] as const) {
      const groups = groupBy(ledger.lines, by)
      expect(groups.flatMap(({ lines }) => lines)).toHaveLength(40)
      expect(sum(groups.flatMap(({ lines }) => lines.map(({ counts }) => counts)))).toBe(total)
    }
  })
  test('a member who joined later is not expected before', async () => {
    const { lines } = await sampleLedger(6, 40)
    const joined = lines.find(({ id }) => id === 'm11')
    expect(joined?.entries.slice(0, 2)).toEqual([undefined, undefined])
    expect(expectedOf(joined?.counts ?? countsOf([]))).toBe(4)
  })
  test('names and branches are the roster’s; who is not on it any more stays as the lesson has them', async () => {
    const roster = sampleRoster(3)
    const lessons = sampleLessons(1, roster)
    const renamed = roster.slice(1, 2).map(member => ({ ...member, name: '新名字', branch: '新支部' }))
    const { lines } = await layOut(quarter, { ...bookOf(lessons), roster: renamed })
    expect(lines.map(({ name, branch }) => [name, branch])).toEqual([
      ['黄芳', '蒲公英创新工场支部'],
      ['新名字', '新支部'],
    ])
  })
})

describe('the spreadsheet', () => {
  const read = async (lessons = 3, members = 12) => openBook((await sampleFile(lessons, members)).bytes)

  test('has a sheet of totals, one of members by lessons, and one a lesson', async () => {
    const book = await read()
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      '汇总',
      '成员出勤',
      '7.4 周末微党课',
      '7.11 国高申报 培训 第二期 ：材料怎么准备',
      '7.18 党员创客论坛',
    ])
    expect(book.getWorksheet('汇总')?.getCell('A1').value).toBe('出勤台账（2026年第三季度）')
    expect(book.getWorksheet('汇总')?.getCell('A3').value).toContain('导出：陈静，2026年10月2日 09:30')
  })
  test('prints on A4: as wide as the paper, head repeated, pages numbered; a year goes over several pages', async () => {
    for (const sheet of (await read()).worksheets) {
      expect(sheet.pageSetup).toMatchObject({ paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 })
      expect(sheet.pageSetup.printTitlesRow).toMatch(/^\d+:\d+$/u)
      expect(sheet.headerFooter.oddFooter).toContain('第 &P 页，共 &N 页')
      expect(sheet.views[0]?.state).toBe('frozen')
    }
    const year = (await read(52, 3)).getWorksheet('成员出勤')
    expect(year?.pageSetup).toMatchObject({ fitToWidth: 3, printTitlesColumn: 'A:B' })
  })
  test('the legend of the marks is read whole on the page of a single lesson', async () => {
    const sheet = (await read(1, 3)).getWorksheet('成员出勤')
    expect(sheet?.getCell('A2').alignment.wrapText).toBe(true)
    expect(sheet?.getRow(2).height).toBeGreaterThan(20)
  })
  test('where some signed out, the row of each person ends with the same frame', async () => {
    const roster = sampleRoster(3)
    const [lesson] = sampleLessons(1, roster)
    if (!lesson) throw new Error('the sample has no lesson')
    const attendees = lesson.attendees.map((one, index) => ({
      ...one,
      isExpected: true,
      presentMinutes: index === 0 ? 48 : undefined,
    }))
    const file = await makeLessonFile(lesson, { attendees, roster, exported })
    const [sheet] = (await openBook(file.bytes)).worksheets
    expect(sheet?.getCell('I9').value).toBe('在场分钟')
    for (const at of attendees.map((_, index) => 10 + index))
      expect(sheet?.getCell(`I${at}`).border?.right?.style).toBe('thin')
  })
  test('explains its marks and its rates on the sheet itself', async () => {
    const book = await read()
    const text = JSON.stringify(book.getWorksheet('汇总')?.getSheetValues())
    for (const words of [
      '核（未核对）',
      '出勤率 =（实到 − 自愿参加）÷（应到 − 未核对）',
      '不算缺勤',
      '后来加入的成员',
    ]) {
      expect(text).toContain(words)
    }
  })
  test('no text that people choose becomes a formula, whoever chooses it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('=', '+', '-', '@', '\t=', '＝', ' ='),
        fc.constantFrom('cmd|calc!A0', 'HYPERLINK("http://x")', '1+1'),
        async (sign, evil) => {
          const text = sign + evil
          const [lesson] = sampleLessons(1, sampleRoster(1))
          if (!lesson) return
          const attendees = lesson.attendees.map(one => ({
            ...one,
            name: text,
            branch: text,
            space: text,
            remarks: [text],
          }))
          const hostile = {
            ...lesson,
            title: text,
            speaker: text,
            place: text,
            format: text,
            groupNames: [text],
            attendees,
          }
          const book = { ...bookOf([hostile]), roster: [] }
          const by = { by: text, at: exported.at }
          for (const { bytes } of [
            await makeLedgerFile(await layOut(quarter, book), by),
            await makeLessonFile(hostile, { attendees, roster: [], exported: by }),
          ]) {
            for (const sheet of (await openBook(bytes)).worksheets) {
              sheet.eachRow(row =>
                row.eachCell(cell => {
                  if (cell.type === ExcelJS.ValueType.String)
                    expect(String(cell.value)).not.toMatch(/^[=+\-@＝]/u)
                  else if (cell.formula) expect(cell.formula.replaceAll(/'[^']*'!/gu, '')).not.toContain(evil)
                }),
              )
            }
          }
        },
      ),
      { numRuns: 8 },
    )
  })
  test('names of sheets are such as spreadsheets take, and each its own', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 50 })), titles => {
        const taken = new Set<string>()
        const names = titles.map(title => sheetName(`7.4 ${title}`, taken))
        expect(new Set(names.map(name => name.toLowerCase())).size).toBe(titles.length)
        for (const name of names) {
          expect(name.length).toBeLessThanOrEqual(31)
          expect(name).not.toMatch(/[\\/*?:[\]']/u)
        }
      }),
    )
  })
})

test.each(['{row}', "{row}'!A1", '$& $1 {col}', '第一讲\n{row}'])(
  'a title %j leaves every formula of the summary right',
  async title => {
    const roster = sampleRoster(4)
    const lessons = sampleLessons(1, roster).map(lesson => ({ ...lesson, title }))
    const book = bookOf(lessons)
    const ledger = await layOut(quarter, { ...book, roster })
    const workbook = new ExcelJS.Workbook()
    const { bytes } = await makeLedgerFile(ledger, exported)
    await workbook.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer)
    const names = workbook.worksheets.map(({ name }) => `'${name}'!`)
    const referred = new Set<string>()
    workbook.getWorksheet('汇总')?.eachRow(row =>
      row.eachCell(({ formula }) => {
        for (const [sheet] of (formula ?? '').matchAll(/'[^']+'!/gu)) referred.add(sheet)
      }),
    )
    expect(referred.size).toBeGreaterThan(1)
    expect(names).toEqual(expect.arrayContaining([...referred]))
  },
)
