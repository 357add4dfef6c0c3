import { isCopyLine } from './structure/copies.ts'
import { titleEnd } from './structure/head/title.ts'
import { markerOf } from './structure/markers.ts'
import { isRow } from './text.ts'

/** Half-width characters that a full line may lack: a word or a closing mark goes to the next line. */
const slack = 4
/** A figure or a word that no line breaks, 「2000 万元」: the line before lacks its width too. */
const unbroken = /^[\w.%]{1,20}\s?/u
const slackBefore = (line: string) => slack + (unbroken.exec(line)?.[0].length ?? 0)
/** Wider lines are paragraphs, in half-width characters. */
const widest = 120
const narrowest = 40
const isWide =
  /[\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/u
const indent = /^(?:\u3000| {2}|\t)/u
/** An office or a day at the right: no paragraph begins that far in. */
const aligned = /^(?:\u3000{10}| {20}|\t{3})/u
/** 「依照本办法」 at the end of a line goes on with 「第三条第二款代为申领的」. */
const namesRules = /(?:本?(?:办法|条例|规定|细则|规则|章程)|本法|》)\s*$/u
const citesArticle = /^第[\d一二三四五六七八九十百]{1,5}条(?:第|规定|所|的|至|、|和|以)/u
/** No paragraph begins with such a mark. */
const closing = /^[》）」』”’，。；、]/u
const ended = /[。；：！？.;:!?]["”’）)》]?\s*$/u

/**
 * Tells whether a line of plain text goes on with the paragraph of the line before: where an editor broke lines at a
 * width, and where a full line breaks off.
 */
export function createContinuationTest(lines: readonly string[]): (before: string, line: string) => boolean {
  const written = lines.filter(line => line.trim() !== '')
  const isIndented = written.filter(line => indent.test(line)).length * 4 >= written.length
  /** Empty lines stand between the paragraphs. */
  const isSpaced = (lines.length - written.length) * 2 >= written.length
  const width = breakingWidth(lines, isIndented || isSpaced ? 1 : fewestBreaks)
  const length = breakingLength(lines)
  const longest = Math.max(0, ...written.map(widthOf))

  return (before, line) => {
    if (namesRules.test(before) && citesArticle.test(line)) return true
    if (line.trim() === '' || indent.test(line) || isRow(before) || aligned.test(before)) return false
    if (closing.test(line) && widthOf(before) >= narrowest) return true
    if (isCopyLine(line) || isCalledBelowTitle(before, line)) return false
    if (widthOf(before) < (width ?? longest) - slackBefore(line) && lengthOf(before) !== length) return false
    if (width !== undefined && isIndented) return true
    if (width === undefined) return !markerOf(line) && /[，、,]$/u.test(before)
    return !markerOf(line) && (isSpaced || !ended.test(before))
  }
}

/** 「各有关单位：」 below 「关于……的通知」. */
const isCalledBelowTitle = (before: string, line: string) =>
  titleEnd.test(before.trim()) && /^[^。；]*[:：]\s*$/u.test(line)

/**
 * The width at which an editor broke the lines: the one at which most lines break off within a sentence, less what is
 * wider. Tables and what is set at the right may be.
 * @param fewest how many lines break off at least
 * @returns in half-width characters; undefined where paragraphs are one line each
 */
function breakingWidth(lines: readonly string[], fewest: number): number | undefined {
  const prose = lines.flatMap((line, at) => {
    const isProse = line.trim() !== '' && !aligned.test(line) && !isRow(line)
    return isProse ? [{ width: widthOf(line), breaks: breaksOff(line, lines[at + 1] ?? '') }] : []
  })
  const scored = [...new Set(prose.map(({ width }) => width))]
    .filter(width => width >= narrowest && width <= widest)
    .map(width => {
      const broken = prose.filter(each => each.width <= width && each.width >= width - slack && each.breaks)
      return { width, score: broken.length - widerCost * prose.filter(each => each.width > width).length }
    })
  const best = scored.toSorted((one, other) => other.score - one.score || other.width - one.width)[0]
  return best && best.score >= fewest ? best.width : undefined
}
/** Some editors break lines behind a count of characters, digits among them. */
function breakingLength(lines: readonly string[]): number | undefined {
  const counts = new Map<number, number>()
  for (const [at, line] of lines.entries())
    if (line.trim() !== '' && !aligned.test(line) && breaksOff(line, lines[at + 1] ?? ''))
      counts.set(lengthOf(line), (counts.get(lengthOf(line)) ?? 0) + 1)
  const [length, count] = [...counts].toSorted((one, other) => other[1] - one[1])[0] ?? []
  return count !== undefined && count >= fewestOfLength ? length : undefined
}
const fewestOfLength = 4

/** A line that is wider is as telling as two that break off. */
const widerCost = 2
/** Where neither indents nor empty lines tell paragraphs. */
const fewestBreaks = 2

/** A line goes on with the next one in the middle of a sentence, and that one ends it or is full too. */
const breaksOff = (line: string, next: string) =>
  next.trim() !== '' &&
  !indent.test(next) &&
  !ended.test(line) &&
  !markerOf(next) &&
  (ended.test(next) || widthOf(next) >= widthOf(line) - slack)

const lengthOf = (line: string) => [...line.trimEnd()].length

function widthOf(line: string): number {
  let width = 0
  for (const char of line.trimEnd()) width += isWide.test(char) ? 2 : 1
  return width
}
