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
