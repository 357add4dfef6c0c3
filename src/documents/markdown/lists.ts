import { markerOf } from '../structure/markers.ts'

const item = /^(\s*)(\d{1,3})\.(\s+\S.*)$/u

/** Items of a list may all be written as 「1.」: they are counted where they are shown. */
export function withCounts(lines: readonly string[]): string[] {
  const numbers = lines.flatMap(line => item.exec(line)?.[2] ?? [])
  return numbers.length > 1 && numbers.every(said => said === '1') ? countedThrough(lines) : countedOn(lines)
}

/** A number that stands again right below itself is the next one. */
function countedOn(lines: readonly string[]): string[] {
  let last: { space: string; said: string; count: number } | undefined
  return lines.map(line => {
    const [, space, said, rest] = item.exec(line) ?? []
    if (space === undefined || said === undefined) {
      // Neither an empty line nor one that is set in ends a list.
      if (/^\S/u.test(line)) last = undefined
      return line
    }
    const isSame = last?.space === space && last.said === said
    last = { space, said, count: isSame ? (last?.count ?? 0) + 1 : Number(said) }
    return `${space}${last.count}.${rest}`
  })
}

/**
 * In a text without any 「2.」 a list goes on behind whatever its items hold. It ends at a heading, at what opens a list,
 * and at a number of a kind that stands above the first list.
 */
function countedThrough(lines: readonly string[]): string[] {
  const first = lines.findIndex(line => item.test(line))
  const outer = new Set(lines.slice(0, first).map(line => formatOf(line)))
  const counts = new Map<string, number>()
  return lines.map(line => {
    const [, space = '', , rest] = item.exec(line) ?? []
    if (rest === undefined) {
      const format = formatOf(line)
      const ends = format !== undefined && outer.has(format)
      if (ends || /^\s*#|[：:][*_\s]*$/u.test(line)) counts.clear()
      return line
    }
    const count = (counts.get(space) ?? 0) + 1
    for (const other of counts.keys()) if (other.length > space.length) counts.delete(other)
    counts.set(space, count)
    return `${space}${count}.${rest}`
  })
}

/** The kind of number in front of a line, without the marks of headings, lists and bold type. */
const formatOf = (line: string) => markerOf(line.replace(/^[\s#>*_+-]+/u, ''))?.format
