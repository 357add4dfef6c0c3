/** Spreadsheets take no higher row, in points. */
const highestRow = 409
const lineHigh = 15

/** How wide a text is in characters of full width: Latin letters and digits take half of one. */
export const emWidthOf = (text: string): number =>
  [...text].reduce((width, character) => width + ((character.codePointAt(0) ?? 0) < 0x2e80 ? 0.5 : 1), 0)

/**
 * The height of a row whose texts are wrapped: some programs do not find it themselves.
 * @param widths of the columns, in characters of half width
 * @returns points
 */
export function rowHeight(texts: readonly string[], widths: readonly number[]): number {
  const lines = texts.map((text, at) => linesOf(text, widths[at] ?? 1))
  return Math.min(highestRow, lineHigh * Math.max(1, ...lines) + 2)
}

function linesOf(text: string, width: number): number {
  return text.split('\n').reduce((lines, line) => {
    const needed = Math.ceil((2 * emWidthOf(line)) / Math.max(1, width - 1))
    // A long word moves to the next line as a whole.
    return lines + Math.max(1, needed > 1 && /[!-~]{14}/u.test(line) ? needed + 1 : needed)
  }, 0)
}
