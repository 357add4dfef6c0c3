import type { Worksheet } from 'exceljs'
import { loadExcelJs } from '../lib/exceljs.ts'
import type { ChatFile } from '../ports/chat.ts'
import { asCellText } from '../text/cells.ts'
import { rowHeight } from './cell-size.ts'
import { cellStyles, columnName, writeRow } from './sheets/cells.ts'
import { printLayout } from './sheets/sheets.ts'

/** A vote as it is counted by hand: all texts Chinese. */
export type VoteSheet = {
  title: string
  /** Rules and result, a line each. */
  lines: readonly string[]
  /** One for each nominee; where nominees are chosen, also one for ballots without any choice. */
  columns: readonly BallotColumn[]
  /** `choices` holds one word for each column, in their order. */
  ballots: readonly { receipt: string; choices: readonly string[] }[]
  voters: readonly { name: string; hasVoted: boolean }[]
  observers: readonly string[]
}

type BallotColumn = {
  head: string
  /** The words that a ballot may hold here, in the order in which they are counted. */
  sums: readonly string[]
}

/** As wide as the paper between its margins: a wider single column is cut at both sides. */
const aboutWide = 70
const signatureHigh = 30
const sumRows = 3
const firstBallotRow = sumRows + 3

/** A closed vote as a spreadsheet: every ballot a row under sums that the sheet counts itself, and who took part. */
export async function makeVoteFile(vote: VoteSheet): Promise<ChatFile> {
  const { Workbook } = await loadExcelJs()
  const workbook = new Workbook()
  const about = workbook.addWorksheet(
    '说明',
    printLayout({ landscape: false, head: [1, 1], foot: vote.title }),
  )
  about.columns = [{ width: aboutWide }]
  const signatures = vote.observers.map(name => `监票人 ${name} 签名：＿＿＿＿＿＿＿＿　日期：＿＿＿＿＿＿`)
  const lines = [
    ...vote.lines,
    '怎么重数：打开「选票」页，一行一张票。把一个人那一列里的字数一数，和上面「合计」行、和这里写的对一对。',
    '「名册」页写着谁投了，只给监票人核对人数，请不要外传。',
    ...signatures,
  ]
  writeRow(about, 1, [[asCellText(vote.title), cellStyles.title]])
  about.getRow(1).height = signatureHigh
  for (const [at, line] of lines.entries()) {
    writeRow(about, 2 + at, [[asCellText(line), cellStyles.note]])
    const isSignature = at >= lines.length - signatures.length
    about.getRow(2 + at).height = isSignature ? signatureHigh : rowHeight([line], [aboutWide])
  }
  writeBallots(
    workbook.addWorksheet(
      '选票',
      printLayout({ landscape: vote.columns.length > 4, head: [1, 5], foot: vote.title }),
    ),
    vote,
  )
  writeVoters(
    workbook.addWorksheet('名册', printLayout({ landscape: false, head: [1, 2], foot: vote.title })),
    vote,
  )
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer())
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { name: `评选-${vote.title.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()}.xlsx`, mimeType, bytes }
}

function writeBallots(sheet: Worksheet, { columns, ballots }: VoteSheet): void {
  sheet.columns = [{ width: 40 }, ...columns.map(() => ({ width: 14 }))]
  const words = [...new Set(columns.flatMap(({ sums }) => sums))]
  writeRow(sheet, 1, [[`选票 ${ballots.length} 张`, cellStyles.section]])
  const last = firstBallotRow + Math.max(0, ballots.length - 1)
  for (const [at, word] of words.entries())
    writeRow(sheet, 2 + at, [
      [`${word}合计`, cellStyles.sumName],
      ...columns.map(({ sums }, place) => {
        if (!sums.includes(word)) return ['', cellStyles.sum] as const
        const column = columnName(place + 2)
        const formula = `COUNTIF(${column}${firstBallotRow}:${column}${last},"${word}")`
        const result = ballots.filter(({ choices }) => choices[place] === word).length
        return [{ formula, result }, cellStyles.sum] as const
      }),
    ])
  writeRow(sheet, 5, [
    ['回执号', cellStyles.head],
    ...columns.map(({ head }) => [asCellText(head), cellStyles.head] as const),
  ])
  for (const [at, { receipt, choices }] of ballots.entries())
    writeRow(sheet, firstBallotRow + at, [
      [receipt, cellStyles.name],
      ...choices.map(word => [word, cellStyles.name] as const),
    ])
}

function writeVoters(sheet: Worksheet, { voters }: VoteSheet): void {
  sheet.columns = [{ width: 30 }, { width: 12 }]
  const formula = `COUNTIF(B3:B${Math.max(3, voters.length + 2)},"投了")`
  const result = voters.filter(({ hasVoted }) => hasVoted).length
  writeRow(sheet, 1, [
    ['投了的人数', cellStyles.sumName],
    [{ formula, result }, cellStyles.sum],
  ])
  writeRow(sheet, 2, [
    ['姓名', cellStyles.head],
    ['投了没有', cellStyles.head],
  ])
  for (const [at, { name, hasVoted }] of voters.entries())
    writeRow(sheet, 3 + at, [
      [asCellText(name), cellStyles.name],
      [hasVoted ? '投了' : '没投', cellStyles.name],
    ])
}
