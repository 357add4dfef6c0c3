import { isStatus, type PastedStatus, statusIn, statusOfCell } from './list-status.ts'
import type { PastedEntry } from './pasted-list.ts'
import {
  emptyCell,
  isName,
  type ListDay,
  notNames,
  peopleOf,
  plainTitle,
  readLessons,
  speaksAgainst,
} from './table-people.ts'

const statusTitle =
  /^(?:是否|能否)?能?(?:签到|到场|到会|出席|参加|参会|出勤|考勤|打卡)(?:情况|状态|结果|时间|与否)?$|^(?:首次)?(?:入会|加入|进入)时间$|^(?:状态|结果|(?:本人)?签[名字]|[来到签]了?[没不][来到签]?了?)$/u
/** Titles of columns that tell more than a time does, which a person who did not come may have too. */
const resultTitle = /(?:结果|状态|情况|与否)$/u
const timeTitle = /时间$/u
/** Titles that may tell of something else than who was there. */
const weakTitle = /^(?:结果|(?:本人)?签[名字])$/u
const remarkTitle = /备注|说明|附注|原因|情况|状态/u
/** Titles of columns that say who a person is. */
const ofPerson = /^(?:序号|编号|单位|支部|空间|团队|公司|电话|手机号?|联系方式|职务|性别|班组|部门)$/u
/** A column for one status, with a mark in it: 「到 | 迟到 | 请假 | 缺席」. */
const statusOfTitle: readonly [RegExp, PastedStatus][] = [
  [/^(?:[已实]?到(?:场|会)?|出席|出勤|参加|签到|迟到?|晚到|早退?|线上|线下|现场)$/u, 'here'],
  [/^(?:请?假|[事病公]假|公差|出差|缺席?|缺勤|旷[课工]?|未到|没到|未签到?|不参加|缺课)$/u, 'away'],
]

type TableOptions = {
  /** Status that an empty cell stands for; where it is empty too, a person decides. Default: empty. */
  blank?: string
  /** Chooses between the columns of several lessons; without it a person decides where they differ. */
  day?: ListDay | undefined
}

/**
 * Names of a table with a column that says who was there.
 * @returns undefined where the text is no such table
 */
export function readTable(text: string, { blank = '', day }: TableOptions = {}): PastedEntry[] | undefined {
  const rows = turned(spaced(text) ?? text.split(/\r?\n/u).map(cellsOf), text)
  const marked = readMarked(rows) ?? readMarked(columnsAsRows(rows))
  if (marked) return marked
  const at = rows.findIndex(cells => cells.some(isName) && cells.some(isStatusTitle))
  if (at < 0) return readLessons(rows, day) ?? readForm(rows) ?? readPairs(rows)
  const titles = rows[at] ?? []
  const starts = titles.flatMap((cell, column) => (isName(cell) ? [column] : []))
  // Two lists may stand side by side, each with its titles.
  const blocks = starts.length > 1 ? starts.map((from, n) => [from, starts[n + 1]] as const) : [[0] as const]
  const block = (from: number, to?: number) => rows.slice(at).map(cells => cells.slice(from, to))
  return blocks.flatMap(([from, to]) => readBlock(block(from, to), blank))
}

/** A table with one column for each status; of no mark, or of marks that differ, a person decides. */
function readMarked(rows: readonly string[][]): PastedEntry[] | undefined {
  const columnsOf = (titles: readonly string[]) =>
    titles.flatMap((title, column) => {
      const status = statusOfTitle.find(([words]) => words.test(plainTitle(title)))?.[1]
      return status ? [{ column, status }] : []
    })
  const at = rows.findIndex(
    cells =>
      cells.filter(isName).length === 1 &&
      columnsOf(cells).length > 1 &&
      columnsOf(cells).some(({ status }) => status === 'away'),
  )
  if (at < 0) return undefined
  const columns = columnsOf(rows[at] ?? [])
  const nameAt = (rows[at] ?? []).findIndex(isName)
  return peopleOf(rows.slice(at + 1), rows[at] ?? [], cells => {
    const told = columns.map(({ column, status }) => toldByMark(cells[column] ?? '', status))
    const isDenied = told.includes('denied')
    const [status = isDenied ? 'away' : 'unclear', ...others] = new Set(
      told.filter(one => one !== 'denied' && one !== undefined),
    )
    const remarks = cells.filter((_, at) => at > nameAt && columns.every(({ column }) => column !== at))
    const isDoubtful = others.length > 0 || (status === 'here' && remarks.some(speaksAgainst))
    return isDoubtful ? 'unclear' : status
  })
}

const noMark = /^(?:[×✗✘✖❌✕╳xnf🙅⛔🚫0否无]\uFE0F?|没有?|不是?|no|false)$/iu
const yesMark = /^(?:[√✓✔✅☑☒👍👌🙋✋🆗💯]\uFE0F?|\+?1|是|有|[yv]|yes|true)$/iu

/**
 * Status that a cell tells in the column of one status.
 * @returns `denied` for a no in a column of those present, which counts where no other column is marked;
 *   undefined for a cell that tells nothing
 */
function toldByMark(cell: string, column: PastedStatus): PastedStatus | 'denied' | undefined {
  if (emptyCell.test(cell)) return undefined
  if (noMark.test(cell)) return column === 'here' ? 'denied' : undefined
  if (yesMark.test(cell)) return column
  if (column === 'away' && statusOfCell(cell) === 'here') return 'unclear'
  return statusIn(` ${cell}`, column)
}

/** The answers to a form, without a column that says who was there: who sent it is no name beside 「姓名」. */
function readForm(rows: readonly string[][]): PastedEntry[] | undefined {
  const at = rows.findIndex(
    cells =>
      cells.length > 2 && cells.filter(isName).length === 1 && cells.some(cell => formTitle.test(cell)),
  )
  if (at < 0) return undefined
  const nameAt = (rows[at] ?? []).findIndex(isName)
  return peopleOf(rows.slice(at + 1), rows[at] ?? [], cells => {
    const others = cells.filter((_, column) => column > nameAt)
    if (others.some(isAbsence)) return 'away'
    return others.some(speaksAgainst) ? 'unclear' : 'here'
  })
}
const formTitle =
  /^(?:填写人|提交[者人]|答题人|提交时间|填写时间|提交人昵称|微信昵称|昵称|来源|答题序号|用户)$/u

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

function readBlock([titles = [], ...rows]: readonly string[][], blank: string): PastedEntry[] {
  const nameAt = titles.findIndex(isName)
  if (nameAt < 0) return []
  const statusAt = statusColumn(titles)
  return peopleOf(rows, titles, (cells, name) => {
    const isOther = (at: number) => at > nameAt && at !== statusAt
    const others = cells.filter((_, at) => isOther(at))
    const cell = cells[statusAt] ?? ''
    const isEmpty = statusAt >= 0 && emptyCell.test(cell)
    const isBlank = cells.every((one, at) => at === nameAt || one === '' || ofPerson.test(titles[at] ?? ''))
    // 「请假」 as a remark beside an empty cell is told as plainly as within it.
    const remark = cells.find(
      (one, at) => isOther(at) && remarkTitle.test(titles[at] ?? '') && (isAbsence(one) || isLeave(one)),
    )
    const told = isEmpty ? (remark ?? (isBlank ? blank : '')) : cell
    const status = isSignature(told, name) ? 'here' : statusOfCell(told)
    // A remark that speaks against it, or for another person, leaves it to a person.
    return status === 'here' && others.some(speaksAgainst) ? 'unclear' : status
  })
}

/** A name beside itself. */
const isSignature = (cell: string, name: string) =>
  cell.replaceAll(/\s+/gu, '') === name || /^电子签[名字]?$/u.test(cell)

const isAbsence = (cell: string) => isStatus(cell) && statusOfCell(cell) === 'away'
/** 「请假（体检）」. */
const isLeave = (cell: string) => /^(?:请假|[事病公]假|出差)/u.test(cell) && statusOfCell(cell) === 'away'

/** The column that tells most; -1 where none tells who was there, so that a person decides. */
function statusColumn(titles: readonly string[]): number {
  const all = titles.flatMap((title, at) => (isStatusTitle(title) ? [at] : []))
  const strong = all.filter(at => !weakTitle.test(plainTitle(titles[at] ?? '')))
  const columns = strong.length > 0 ? strong : all
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

/** A table with one column for each person. */
function columnsAsRows(rows: readonly string[][]): string[][] {
  const full = rows.filter(cells => cells.length > 1)
  const width = full[0]?.length ?? 0
  return full[0]?.[0] !== undefined && isName(full[0][0])
    ? Array.from({ length: Math.min(width, mostColumns) }, (_, at) => full.map(cells => cells[at] ?? ''))
    : []
}
const mostColumns = 500

/** Rows whose cells are apart by single spaces, under titles of as many; undefined for any other text. */
function spaced(text: string): string[][] | undefined {
  const [titles = [], ...rows] = text
    .split(/\r?\n/u)
    .map(line => line.trim().split(/ +/u))
    .filter(cells => cells[0] !== '')
  const tellsOfPeople = titles.filter(isName).length > 1 || titles.some(isStatusTitle)
  const isTitled =
    titles.some(isName) && tellsOfPeople && titles.every(cell => notNames.test(cell) || isStatusTitle(cell))
  return isTitled && rows.every(cells => cells.length === titles.length) ? [titles, ...rows] : undefined
}

const isStatusTitle = (cell: string) => statusTitle.test(cell) || statusTitle.test(plainTitle(cell))

function cellsOf(line: string): string[] {
  const bare = line.trim().startsWith('|') ? line.trim().replace(/^\||\|$/gu, '') : line
  const separator = ['\t', '|', ',', '，'].find(one => bare.includes(one)) ?? /\s{2,}/u
  return bare.split(separator).map(cell => cell.trim())
}
