import type { Worksheet } from 'exceljs'
import type { HeldLesson } from '../../ports/attendance.ts'
import { asCellText } from '../../text/cells.ts'
import { asWallClock, sayFullTime } from '../../text/dates/time.ts'
import { emWidthOf } from '../cell-size.ts'
import { type Counts, definitions, expectedOf, type Kind, kinds, wordAt } from '../counts.ts'
import type { LedgerEntry, LedgerMember } from '../ledger.ts'
import { cellStyles, columnName, markStyles, writeRow } from './cells.ts'
import { printLayout, writeAcross, writeSignatures } from './sheets.ts'
import { isRate, totalsOf, totalTitles } from './totals.ts'

/** A person of the lesson. */
export type Present = LedgerEntry & Pick<LedgerMember, 'name' | 'branch' | 'space'>

const columns = [
  { header: '序号', width: 6 },
  { header: '姓名', width: 13 },
  { header: '支部', width: 18 },
  { header: '众创空间', width: 14 },
  { header: '状态', width: 9 },
  { header: '签到时间', width: 9 },
  { header: '迟到分钟', width: 9 },
  { header: '备注', width: 27 },
]
/** Stands behind the others, where people signed out. */
const presentColumn = { header: '在场分钟', width: 9 }
const countsRow = 6
const ratesRow = 7
const headRow = 9
const firstRow = headRow + 1
/** Characters of full width that stand in one line of a remark, and what a line is high. */
const remarkWide = 13
const lineHigh = 13.5
/** Spreadsheets take no higher row. */
const highestRow = 409
const stillOpen = '导出时签到还没截止：还没到的人暂时记在「未核对」一栏。'
/** Rows written before yielding to the event loop. */
const rowsAtOnce = 250

/** The cell of a total, the same on every sheet, so that the summary finds it: counts in a row, rates below. */
export function lessonTotalCell(place: number): string {
  const rates = new Map([
    [7, `$B$${ratesRow}`],
    [8, `$D$${ratesRow}`],
    [9, `$H$${countsRow}`],
  ])
  return rates.get(place) ?? `$${columnName(place + 1)}$${countsRow}`
}

export const lessonSheetOptions = (foot: string) =>
  printLayout({ landscape: false, head: [headRow, headRow], names: { frozen: 2, repeated: 'A:B' }, foot })

/** Writes one lesson: its totals first, then each person with state, time and remarks. */
export async function writeLesson(
  sheet: Worksheet,
  lesson: HeldLesson,
  {
    people,
    counts,
    by,
    pause,
  }: { people: readonly Present[]; counts: Counts; by: string; pause(): Promise<void> },
): Promise<void> {
  const isAnyoneExpected = expectedOf(counts) > 0
  const signsOut = people.some(({ presentMinutes }) => presentMinutes !== undefined)
  const shown = signsOut ? [...columns, presentColumn] : columns
  sheet.columns = shown.map(({ width }) => ({ width }))
  writeHead(sheet, lesson, shown.length)
  const last = Math.max(firstRow, headRow + people.length)
  writeTotals(sheet, counts, `$E$${firstRow}:$E$${last}`)
  writeRow(
    sheet,
    headRow,
    shown.flatMap(({ header }) => (header ? [[header, cellStyles.head] as const] : [])),
  )
  for (const [index, person] of people.entries()) {
    const at = firstRow + index
    const word = wordAt(person.kind, isAnyoneExpected)
    writePerson(sheet, at, { number: index + 1, person, word, signsOut })
    // A row that is written at once is collected while it is young, which costs the garbage collector least.
    sheet.getRow(at).commit()
    if (index % rowsAtOnce === rowsAtOnce - 1) await pause()
  }
  const after = last + 2
  const notes = counts.awaited > 0 ? [stillOpen, ...definitions] : definitions
  for (const [index, text] of notes.entries()) {
    writeAcross(sheet, after + index, { text, columns: shown.length, style: cellStyles.note })
    sheet.getRow(after + index).height = 26
  }
  writeSignatures(sheet, after + notes.length, { by, columns: shown.length })
}

function writeHead(
  sheet: Worksheet,
  { title, format, speaker, place, groupNames, ...lesson }: HeldLesson,
  wide: number,
): void {
  writeAcross(sheet, 1, { text: title, columns: wide, style: cellStyles.title })
  sheet.getRow(1).height = 28
  const end = sayFullTime(lesson.endsAt)
  const isOneDay = end.split(' ')[0] === sayFullTime(lesson.startsAt).split(' ')[0]
  const time = `时间：${sayFullTime(lesson.startsAt)}–${isOneDay ? end.split(' ')[1] : end}`
  const told = (name: string, what: string) => (what === '' ? [] : [`${name}：${what}`])
  const about = [time, ...told('地点', place), ...told('主讲', speaker), ...told('形式', format)]
  writeAcross(sheet, 2, { text: about.join('　　'), columns: wide, style: cellStyles.about })
  writeAcross(sheet, 3, { text: `群：${groupNames.join('、')}`, columns: wide, style: cellStyles.about })
}

/** Where no one was expected, the words of these stand for people who came all the same. */
const ofThoseExpected: ReadonlySet<Kind> = new Set(['present', 'late', 'leave', 'made-up'])

function writeTotals(sheet: Worksheet, counts: Counts, states: string): void {
  const isAnyoneExpected = expectedOf(counts) > 0
  const totals = totalsOf(counts, {
    count: kind =>
      kind === 'unverified'
        ? `COUNTIF(${states},"${kinds.unverified.word}")+COUNTIF(${states},"${kinds.awaited.word}")`
        : isAnyoneExpected || !ofThoseExpected.has(kind)
          ? `COUNTIF(${states},"${wordAt(kind, isAnyoneExpected)}")`
          : '0',
    cell: lessonTotalCell,
  })
  const inRow = totalTitles.flatMap((title, place) =>
    isRate(place) ? [] : [{ title, value: totals[place] }],
  )
  writeRow(
    sheet,
    countsRow - 1,
    inRow.map(({ title }) => [title, cellStyles.head] as const),
  )
  writeRow(
    sheet,
    countsRow,
    inRow.map(({ value }) => [value, cellStyles.sum] as const),
  )
  writeRow(sheet, ratesRow, [
    [totalTitles[7], cellStyles.head],
    [totals[7], cellStyles.sumRate],
    [totalTitles[8], cellStyles.head],
    [totals[8], cellStyles.sumRate],
  ])
}

function writePerson(
  sheet: Worksheet,
  at: number,
  { number, person, word, signsOut }: { number: number; person: Present; word: string; signsOut: boolean },
): void {
  const { kind } = person
  const remark = asCellText(person.remarks.join('；'))
  writeRow(sheet, at, [
    [number, cellStyles.number],
    [asCellText(person.name), cellStyles.name],
    [asCellText(person.branch), cellStyles.name],
    [asCellText(person.space), cellStyles.name],
    [word, markStyles[kind]],
    [person.signedAtMs === undefined ? undefined : asWallClock(person.signedAtMs), cellStyles.time],
    [person.lateMinutes, cellStyles.number],
    [remark === '' ? undefined : remark, cellStyles.remark],
    ...(signsOut ? [[person.presentMinutes, cellStyles.number] as const] : []),
  ])
  const lines = Math.ceil(emWidthOf(remark) / remarkWide)
  if (lines > 1) sheet.getRow(at).height = Math.min(highestRow, lines * lineHigh)
}
