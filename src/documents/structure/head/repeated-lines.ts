import type { LineFacts } from './line-facts.ts'
import { unspaced } from './title.ts'

const mostTitleLines = 10
/** A line this long, in characters, is none of a title; a hostile file may have some of a million. */
const longestLine = 300

/** How many lines from this one on may be a title. */
export function mostLinesAt(lines: readonly LineFacts[], at: number): number {
  const next = lines.slice(at, at + mostTitleLines)
  const long = next.findIndex(({ text }) => text.length > longestLine)
  return long < 0 ? next.length : long
}

/**
 * A page of the web says its title twice, over lines of another length each.
 * @returns where the lines that stand there twice end, by their first line
 */
export function repeatedIn(lines: readonly LineFacts[]): Map<number, number[]> {
  const places = new Map<string, { at: number; end: number }[]>()
  for (const at of lines.keys())
    for (let end = at + 1; end <= at + mostLinesAt(lines, at); end += 1) {
      const said = unspaced(
        lines
          .slice(at, end)
          .map(({ folded }) => folded)
          .join(''),
      )
      if (said.length >= 4) places.set(said, [...(places.get(said) ?? []), { at, end }])
    }
  const found = new Map<number, number[]>()
  for (const same of places.values()) {
    if (same.length < 2) continue
    for (const { at, end } of same) found.set(at, [...(found.get(at) ?? []), end])
  }
  return found
}
