/**
 * A spreadsheet cell can be saved as CSV and opened again, where a leading sign makes a formula (OWASP, CSV
 * injection): such text gets an apostrophe, and tabs and line breaks become spaces.
 */
export function asCellText(text: string): string {
  const oneLine = text.replaceAll(/[\t\r\n]+/gu, ' ').trim()
  return /^[=+\-@＝＋－＠]/u.test(oneLine) ? `'${oneLine}` : oneLine
}

/** The meant text of a cell: apostrophes before a sign, which {@link asCellText} puts there, are taken off again. */
export function fromCellText(cell: string): string {
  return cell
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/^'+(?=[=+\-@＝＋－＠])/u, '')
}

/**
 * The rows of a CSV text, whatever its line ends. A quote counts only where a cell begins with one, so that
 * no text at all is an error. The separator is a tab or semicolon where the first line has more of it than commas,
 * and 「，」 where none of them stands in the first lines.
 */
export function splitCsv(text: string): string[][] {
  const plain = text.replace(/^\uFEFF/u, '').replaceAll(/\r\n?/gu, '\n')
  const separator = separatorOf(plain.slice(0, plain.search(/\n|$/u)), plain.slice(0, 2000))
  const rows: string[][] = [[]]
  for (let at = 0; at <= plain.length; ) {
    const { cell, end } =
      plain[at] === '"' ? quotedCell(plain, at, separator) : plainCell(plain, at, separator)
    rows.at(-1)?.push(cell)
    if (plain[end] === '\n') rows.push([])
    at = end + 1
  }
  return rows.filter(row => row.some(cell => cell !== ''))
}

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

function separatorOf(line: string, start: string): string {
  if (line.includes('，') && !/[,;\t]/u.test(start)) return '，'
  const count = (separator: string) => line.split(separator).length
  return ['\t', ';'].find(separator => count(separator) > count(',')) ?? ','
}
