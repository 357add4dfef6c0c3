import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type ExcelJS from 'exceljs'
import { loadExcelJs } from '../lib/exceljs.ts'
import type { Attendee, HeldLesson } from '../ports/attendance.ts'
import type { ChatFile } from '../ports/chat.ts'
import type { RosterMember } from '../ports/roster.ts'
import { inShanghai } from '../text/dates/time.ts'
import { type AttendanceLedger, layOut } from './ledger.ts'
import { lessonSheetOptions, type Present, writeLesson } from './sheets/lesson-sheet.ts'
import { memberSheetName, memberSheetOptions, writeMembers } from './sheets/member-sheet.ts'
import { sheetName } from './sheets/sheets.ts'
import { type Exported, summarySheetName, summarySheetOptions, writeSummary } from './sheets/summary-sheet.ts'

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

type Book = InstanceType<typeof ExcelJS.stream.xlsx.WorkbookWriter>

/**
 * The ledger (台账) as a spreadsheet: totals, members by lessons, and a sheet a lesson. Written row by row, so that
 * neither memory nor sign-ins wait for a year of 3,000 members.
 */
export function makeLedgerFile(ledger: AttendanceLedger, exported: Exported): Promise<ChatFile> {
  const name = `出勤台账-${ledger.period.title}.xlsx`
  return makeFile(name, async workbook => {
    const taken = new Set([summarySheetName, memberSheetName])
    const lessonSheets = ledger.lessons.map(lesson => sheetName(nameOf(lesson), taken))
    const foot = `出勤台账（${ledger.period.title}）`
    const summary = workbook.addWorksheet(summarySheetName, summarySheetOptions(foot))
    writeSummary(summary, ledger, { exported, lessonSheets })
    summary.commit()
    const members = workbook.addWorksheet(memberSheetName, memberSheetOptions(ledger.lessons.length, foot))
    await writeMembers(members, ledger, { by: exported.by, pause: nextTurn })
    members.commit()
    for (const [index, name] of lessonSheets.entries()) {
      await addLesson(workbook, name, { ledger, index, by: exported.by })
    }
  })
}

/** Makes a spreadsheet of one lesson's sheet (签到表), also while it runs. */
export async function makeLessonFile(
  lesson: HeldLesson,
  {
    attendees,
    roster,
    exported,
  }: { attendees: readonly Attendee[]; roster: readonly RosterMember[]; exported: Exported },
): Promise<ChatFile> {
  const day = inShanghai(lesson.startsAt).toPlainDate()
  const period = { title: lesson.title, firstDay: day, lastDay: day }
  const ledger = await layOut(period, { lessons: [lesson], attendees: async () => attendees, roster })
  const title = lesson.title.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim() || '课程'
  return makeFile(`签到表-${title}-${day.toString()}.xlsx`, workbook =>
    addLesson(workbook, '签到表', { ledger, index: 0, by: exported.by }),
  )
}

async function makeFile(name: string, write: (workbook: Book) => Promise<void>): Promise<ChatFile> {
  const stream = new PassThrough()
  const bytes = buffer(stream)
  const { stream: streams } = await loadExcelJs()
  const workbook = new streams.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: true })
  await write(workbook)
  await workbook.commit()
  return { name, mimeType: xlsxType, bytes: await bytes }
}

type Part = { ledger: AttendanceLedger; index: number; by: string }

async function addLesson(workbook: Book, name: string, { ledger, index, by }: Part): Promise<void> {
  const lesson = ledger.lessons[index]
  const counts = ledger.lessonCounts[index]
  if (!lesson || !counts) return
  const people = ledger.lines.flatMap(({ name, branch, space, entries }): Present[] => {
    const entry = entries[index]
    return entry ? [{ name, branch, space, ...entry }] : []
  })
  const sheet = workbook.addWorksheet(name, lessonSheetOptions(`签到表：${lesson.title}`))
  await writeLesson(sheet, lesson, { people, counts, by, pause: nextTurn })
  sheet.commit()
}

function nameOf({ startsAt, title }: HeldLesson): string {
  const { month, day } = inShanghai(startsAt)
  return `${month}.${day} ${title}`
}
