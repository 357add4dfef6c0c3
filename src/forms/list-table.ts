import { isStatus, statusIn, statusOfCell, withoutRemarks } from './list-status.ts'
import type { PastedEntry } from './pasted-list.ts'

/** Cells of a table and words over a list that are no names. */
export const notNames =
  /^(?:序号|编号|姓名|名字|单位|支部|空间|团队|公司|电话|手机|手机号|联系方式|备注|说明|附注|签到|签名|时间|签到时间|日期|职务|性别|是否到场|状态|出勤|情况|班组|部门|名单|无|[-—:]+|例.*|\d[\d\s:：./年月日-]*|1[3-9]\d{9})$/u
const statusTitle =
  /^(?:是否)?(?:签到|到场|到会|出席|参加|参会|出勤|考勤|打卡)(?:情况|状态|结果|时间|与否)?$|^(?:首次)?(?:入会|加入|进入)时间$|^状态$/u
/** Titles of columns that tell more than a time does, which a person who did not come may have too. */
const resultTitle = /(?:结果|状态|情况|与否)$/u
const timeTitle = /时间$/u
const nameTitle = /^(?:姓名|名字|成员|参会人员|人员)$/u

/**
 * Names of a table with a column that says who was there; an empty cell there is for a person to decide.
 * @returns undefined where the text is no such table
 */
export function readTable(text: string): PastedEntry[] | undefined {
  const rows = turned(spaced(text) ?? text.split(/\r?\n/u).map(cellsOf), text)
  const at = rows.findIndex(cells => cells.some(isName) && cells.some(isStatusTitle))
  if (at < 0) return readPairs(rows)
  const titles = rows[at] ?? []
  const starts = titles.flatMap((cell, column) => (isName(cell) ? [column] : []))
  // Two lists may stand side by side, each with its titles.
  const blocks = starts.length > 1 ? starts.map((from, n) => [from, starts[n + 1]] as const) : [[0] as const]
  return blocks.flatMap(([from, to]) => readBlock(rows.slice(at).map(cells => cells.slice(from, to))))
}

/** Rows of names with the status behind each, without titles: 「甘棠 | √ | 柏舟 | ×」. */
function readPairs(rows: readonly string[][]): PastedEntry[] | undefined {
  const full = rows.filter(cells => cells.some(cell => cell !== ''))
  const isPair = (cell: string, column: number) =>
    column % 2 === 0 ? /^\p{Script=Han}{2,4}$/u.test(cell) && !isStatus(cell) : cell !== '' && isStatus(cell)
  const isPaired = full.every(cells => cells.length >= 4 && cells.length % 2 === 0 && cells.every(isPair))
  if (full.length === 0 || !isPaired) return undefined
  return full.flatMap(cells =>
    cells.flatMap((name, column) =>
      column % 2 === 0 ? [{ name, status: statusOfCell(cells[column + 1] ?? '') }] : [],
    ),
  )
}

function readBlock([titles = [], ...rows]: readonly string[][]): PastedEntry[] {
  const nameAt = titles.findIndex(isName)
  if (nameAt < 0) return []
  const statusAt = statusColumn(titles)
  return rows.flatMap((cells): PastedEntry[] => {
    const name = withoutRemarks(cells[nameAt] ?? '')
    if (name === '' || notNames.test(name)) return []
    const status = statusOfCell(cells[statusAt] ?? '')
    // A remark that speaks against it, or for another person, leaves it to a person.
    const others = cells.filter((_, at) => at > nameAt && at !== statusAt)
    const isDoubtful = others.some(cell => statusIn(` ${cell}`, 'here') !== 'here' || standIn.test(cell))
    return [{ name, status: status === 'here' && isDoubtful ? 'unclear' : status }]
  })
}

/** The column that tells most; -1 where none tells who was there, so that a person decides. */
function statusColumn(titles: readonly string[]): number {
  const columns = titles.flatMap((title, at) => (isStatusTitle(title) ? [at] : []))
  const isKind = (kind: RegExp) => (at: number) => kind.test(titles[at] ?? '')
  return columns.find(isKind(resultTitle)) ?? columns.find(at => !isKind(timeTitle)(at)) ?? columns[0] ?? -1
}

/** A list whose names stand in one line and the marks below them; a line of another length is read as it is. */
function turned(rows: string[][], text: string): string[][] {
  const lines = text.split(/\r?\n/u).map(line =>
    line
      .trim()
      .split(/[\s|,，\t]+/u)
      .filter(Boolean),
  )
  const names = lines.find(cells => isName(cells[0] ?? '') && cells.length > 2)
  const marks = lines.find(cells => isStatusTitle(cells[0] ?? '') && cells.length === names?.length)
  if (!names || !marks) return rows
  return names.map((name, at) => [name, marks[at] ?? ''])
}

/** Rows whose cells are apart by single spaces, under titles of as many; undefined for any other text. */
function spaced(text: string): string[][] | undefined {
  const [titles = [], ...rows] = text
    .split(/\r?\n/u)
    .map(line => line.trim().split(/ +/u))
    .filter(cells => cells[0] !== '')
  const isTitled = titles.filter(isName).length > 1 && titles.every(cell => notNames.test(cell))
  return isTitled && rows.every(cells => cells.length === titles.length) ? [titles, ...rows] : undefined
}

const standIn = /^[代替帮]\p{Script=Han}{2,4}/u
const isName = (cell: string) => nameTitle.test(cell)
const isStatusTitle = (cell: string) => statusTitle.test(cell)

function cellsOf(line: string): string[] {
  const bare = line.trim().startsWith('|') ? line.trim().replace(/^\||\|$/gu, '') : line
  const separator = ['\t', '|', ',', '，'].find(one => bare.includes(one)) ?? /\s{2,}/u
  return bare.split(separator).map(cell => cell.trim())
}
