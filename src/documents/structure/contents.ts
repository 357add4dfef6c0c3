import { plainName } from './annexed.ts'
import { markerOf } from './markers.ts'
import type { DocumentLine } from './types.ts'

const mostTitleLines = 4

/** The numbers of the lines of a table of contents: behind its heading, those whose name stands again further down. */
export function contentsIn(lines: readonly DocumentLine[]): Set<number> {
  const found = new Set<number>()
  const start = lines.findIndex(({ text }) => /^目\s*[录次]$/u.test(text.trim()))
  for (const [at, { text }] of lines.entries()) if (/[.．…·]{4,}\s*\d{0,4}\s*$/u.test(text)) found.add(at)
  if (start < 0) return found
  found.add(start)
  const names = lines.map(({ text }) => withoutPage(plainName(text)))
  const bareNames = lines.map(({ text }) => listedName(text))
  for (let at = start + 1; at < lines.length; at += 1) {
    const isRepeated = isNamedBelow(names, at, names[at]) || isNamedBelow(names, at, bareNames[at])
    if (!isRepeated && !found.has(at)) break
    found.add(at)
  }
  return found
}

/** Whether some lines further down make up a name. */
function isNamedBelow(names: readonly string[], at: number, name = ''): boolean {
  return names.some((first, below) => {
    if (below <= at || first === '' || !name.startsWith(first)) return false
    const lines = names.slice(below, below + mostTitleLines)
    return lines.some((_, count) => lines.slice(0, count + 1).join('') === name)
  })
}

/** An entry of the contents without its number and page. */
export const listedName = (text: string): string =>
  withoutPage(plainName(text.slice(markerOf(text)?.length ?? 0)))

const withoutPage = (name: string) => name.replace(/[.…·]*\d*$/u, '')
