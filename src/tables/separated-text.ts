import { CsvError, type Options, parse } from 'csv-parse/sync'

/**
 * Reads the rows of a text whose cells a separator divides, with any line ends, as people export or type lists.
 * csv-parse splits it; the separator is found here: the one of tab, semicolon and comma that is in most of the first
 * lines, of two that are in half of them the one that begins above, then the more frequent one; 「，」 where none of
 * them is there. No text is an error: quotes inside a cell, or with more text behind them, are kept, and from a
 * quote that nothing closes on, quotes are plain characters. A blank line is an empty row, so that lines keep
 * their number; empty rows at the end fall out.
 */
export function rowsOfSeparatedText(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/u, '').replaceAll(/\r\n?/gu, '\n')
  const rows = split(plain, separatorOf(plain.slice(0, 2000)))
  const isFilled = (row: readonly string[]) => row.some(cell => cell !== '')
  return rows.slice(0, rows.findLastIndex(isFilled) + 1).map(row => (isFilled(row) ? row : []))
}

function split(text: string, delimiter: string): string[][] {
  const options = {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    cast: cell => cell.replace(quotedInside, '$1$2'),
  } satisfies Options
  try {
    return parse(text, options)
  } catch (error) {
    if (!(error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED')) throw error
    const bytes = Buffer.from(text)
    const open = bytes.indexOf('"', Number(error.bytes))
    const rows = parse(bytes.subarray(0, open).toString(), options)
    const [first = [], ...others] = parse(bytes.subarray(open).toString(), { ...options, quote: false })
    const cellsBefore = bytes[open - 1] === lineFeed || open === 0 ? [] : rows.pop()?.slice(0, -1)
    return rows.concat([[...(cellsBefore ?? []), ...first]], others)
  }
}

const lineFeed = 0x0a

/** 「="0012"」, as some programs keep a zero in front; and a quoted cell with blanks behind its quote. */
const quotedInside = /^(?:="([^"]*)"|"([^"]*)"[^\S\n]+)$/u

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
