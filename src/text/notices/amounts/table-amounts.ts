/** A number whose unit stands above it; `at` its place in the text. */
export type TableAmount = { start: number; end: number; written: string }

const unit = '(?:人民币)?(?<unit>[百千]?[万亿]?元)(?:\\s*/\\s*[^)\\s,;:]{1,4})?'
/** 「奖励标准（万元）」「补助档次，单位：元/次」. */
const heading = new RegExp(
  `(?:\\(\\s*(?:单位\\s*:?\\s*)?${unit}\\s*\\)|单位\\s*:?\\s*\\(?${unit.replace('unit', 'unit2')}\\)?)`,
  'u',
)
const number = '\\d[\\d,]*(?:\\.\\d+)?'
const value = new RegExp(`(?<![\\d.])(?:${number}\\s*(?:-{1,2}|至|到)\\s*)?${number}(?=\\s*[。;]?\\s*$)`, 'u')
/** Columns of sums; where no column is named, the last one holds them. */
const sums = /金额|标准|补[助贴]|奖|资金|支持|资助|扶持|限|额|费|价|元\)/u
/** A cell of a year, a day or a telephone is none of money. */
const noSum = /年度?\s*$|日期|电话|联系|号码|邮编|QQ|[\d-]{8,}\s*$/u

/**
 * A table that is being read: its unit, the columns of sums where they are known, and
 * the lines until its first sum.
 */
type Table = { unit: string; columns: readonly number[] | undefined; linesLeft: number }
type Read = { table: Table | undefined; amounts: TableAmount[] }

/** Greatest number of lines of words between the unit and the first sum. */
const mostLinesBefore = 2

/**
 * The numbers of tables and lists whose unit stands in a heading above them, or in front of them on its own line.
 * @param folded the text with characters folded, as long as the original
 */
export function tableAmounts(folded: string): TableAmount[] {
  const found: TableAmount[] = []
  let table: Table | undefined
  for (const line of linesOf(folded)) {
    const read: Read = headed(line) ?? (table ? rowOf(line, table) : { table, amounts: [] })
    table = read.table
    found.push(...read.amounts)
  }
  return found
}

/** A line that names the unit of those below it. */
function headed({ line, start }: Line): Read | undefined {
  const head = heading.exec(line)
  const unitOf = head?.groups?.unit ?? head?.groups?.unit2
  if (!head || !unitOf) return undefined
  const rest = head.index + head[0].length
  const cells = cellsOf(line)
  const column = cells.findIndex(({ from, text }) => from <= head.index && head.index < from + text.length)
  const columns = cells.length > 1 && !/单位/u.test(head[0]) ? [column] : undefined
  return {
    table: { unit: unitOf, columns, linesLeft: mostLinesBefore },
    amounts: rowAmounts(line.slice(rest), start + rest, unitOf),
  }
}

function rowOf({ line, start }: Line, table: Table): Read {
  const cells = cellsOf(line)
  if (cells.length > 1 && !/\d/u.test(line)) {
    const named = cells.flatMap(({ text }, at) => (sums.test(text) ? [at] : []))
    return { table: named.length > 0 ? { ...table, columns: named } : table, amounts: [] }
  }
  const amounts = table.columns
    ? table.columns.flatMap(at => cellAmount(cells[at], start, table.unit))
    : rowAmounts(line, start, table.unit)
  const linesLeft = amounts.length > 0 ? 0 : table.linesLeft - 1
  return { table: linesLeft < 0 ? undefined : { ...table, linesLeft }, amounts }
}

type Cell = { text: string; from: number }
type Line = { line: string; start: number }

function* linesOf(text: string): Generator<Line> {
  for (const match of text.matchAll(/[^\n]+/gu)) {
    if (match[0].trim() !== '') yield { line: match[0], start: match.index }
  }
}

const cellsOf = (line: string): Cell[] =>
  [...line.matchAll(/[^\t|]+/gu)].map(match => ({ text: match[0], from: match.index }))

/** 「一类：40，二类：15」: the number at the end of each piece, of the last cell where there are cells. */
function rowAmounts(row: string, start: number, unitOf: string): TableAmount[] {
  const last = cellsOf(row).at(-1)
  if (!last) return []
  return [...last.text.matchAll(/[^、;。]+?(?=[、;。]|,(?!\d{3}(?!\d))|$)/gu)].flatMap(match =>
    cellAmount({ text: match[0], from: last.from + match.index }, start, unitOf),
  )
}

function cellAmount(cell: Cell | undefined, start: number, unitOf: string): TableAmount[] {
  const found = cell && value.exec(cell.text)
  if (!found || noSum.test(cell.text.slice(0, found.index)) || noSum.test(found[0])) return []
  const from = start + cell.from + found.index
  const text = found[0].trimEnd()
  return [{ start: from, end: from + text.length, written: `${text.replaceAll(/\s/gu, '')}${unitOf}` }]
}
