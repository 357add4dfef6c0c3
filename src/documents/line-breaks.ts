import { markerOf } from './structure/markers.ts'
import { isRow } from './text.ts'

/** Half-width characters that a full line may lack: a word or a closing mark goes to the next line. */
const slack = 4
/** Wider lines are paragraphs, in half-width characters. */
const widest = 120
const narrowest = 40
const isWide =
  /[\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/u
const indent = /^(?:\u3000| {2}|\t)/u
/** An office or a day at the right: no paragraph begins that far in. */
const aligned = /^(?:\u3000{10}| {20}|\t{3})/u
const ended = /[。；：！？.;:!?]["”’）)》]?\s*$/u

/**
 * Tells whether a line of plain text goes on with the paragraph of the line before: where an editor broke lines at a
 * width, and where a full line breaks off.
 */
export function createContinuationTest(lines: readonly string[]): (before: string, line: string) => boolean {
  const written = lines.filter(line => line.trim() !== '')
  const broken = written.filter(line => !aligned.test(line) && !isRow(line))
  const widths = broken.map(widthOf).toSorted((a, b) => b - a)
  // A table or an address may be wider than the paragraphs.
  const width = widths[2] ?? 0
  const full = widths.filter(each => each >= width - slack).length
  const isWrapped =
    width >= narrowest && width <= widest && (widths[0] ?? 0) <= width + slack && full * 6 >= widths.length
  const isIndented = written.filter(line => indent.test(line)).length * 4 >= written.length
  /** Empty lines stand between the paragraphs. */
  const isSpaced = (lines.length - written.length) * 2 >= written.length && width <= widest
  const most = isWrapped ? width : (widths[0] ?? 0)

  return (before, line) => {
    if (line.trim() === '' || indent.test(line)) return false
    if (widthOf(before) < most - slack || isRow(before) || aligned.test(before)) return false
    if (isWrapped && isIndented) return true
    return !markerOf(line) && (isWrapped || isSpaced ? !ended.test(before) : /[，、,]$/u.test(before))
  }
}

const widthOf = (line: string) =>
  [...line.trimEnd()].reduce((sum, char) => sum + (isWide.test(char) ? 2 : 1), 0)
