/**
 * Reads the rows of a text whose cells some separator divides, with any line ends, as people export or type lists. It
 * is no CSV by RFC 4180, and csv-parse does not serve: it wants the separator named, takes an open quote for an error
 * and keeps the quotes of 「"c"d」 and 「="0012"」. Here the separator is found: the one of tab, semicolon and comma that
 * is in most of the first lines, of two that are in half of them the one that begins above, then the more frequent
 * one; 「，」 where none of them is there. A quote counts only where a cell begins with one, so no text is an error. A
 * blank line is an empty row, so that lines keep their number; empty rows at the end fall out.
 */
export function rowsOfSeparatedText(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/u, '').replaceAll(/\r\n?/gu, '\n')
  const separator = separatorOf(plain.slice(0, 2000))
  const rows: string[][] = [[]]
  for (let at = 0; at <= plain.length; ) {
    const { cell, end } =
      plain[at] === '"' ? quotedCell(plain, at, separator) : plainCell(plain, at, separator)
    rows.at(-1)?.push(cell.replace(textFormula, '$1'))
    if (plain[end] === '\n') rows.push([])
    at = end + 1
  }
  const isFilled = (row: readonly string[]) => row.some(cell => cell !== '')
  return rows.slice(0, rows.findLastIndex(isFilled) + 1).map(row => (isFilled(row) ? row : []))
}

/** 「="0012"」, as some programs keep a zero in front. */
const textFormula = /^="([^"]*)"$/u

function plainCell(text: string, from: number, separator: string) {
  let end = from
  while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1
  return { cell: text.slice(from, end), end }
}

function quotedCell(text: string, from: number, separator: string) {
  let close = text.indexOf('"', from + 1)
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  if (close < 0) return plainCell(text, from, separator)
  const after = plainCell(text, close + 1, separator)
  return { cell: text.slice(from + 1, close).replaceAll('""', '"') + after.cell, end: after.end }
}

/** Lines that tell the separator: some have a title above. */
const linesWithSeparator = 20

/** Cells may hold the other signs, and so may notes below: a separator stands in half of the lines, and first above. */
function separatorOf(start: string): string {
  if (start.includes('，') && !/[,;\t]/u.test(start)) return '，'
  const lines = start
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(0, linesWithSeparator)
  const linesWith = (separator: string) => lines.filter(line => line.includes(separator)).length
  const isUsual = (separator: string) => linesWith(separator) * 2 >= lines.length
  const firstLine = (separator: string) => lines.findIndex(line => line.includes(separator))
  const count = (separator: string) => start.split(separator).length
  const [first = ','] = [',', '\t', ';'].toSorted((a, b) => {
    const areUsual = isUsual(a) && isUsual(b)
    return (areUsual ? firstLine(a) - firstLine(b) : 0) || linesWith(b) - linesWith(a) || count(b) - count(a)
  })
  return first
}
