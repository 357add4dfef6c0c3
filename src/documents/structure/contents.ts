import { plainName } from './annexed.ts'
import { markerOf } from './markers.ts'
import type { DocumentLine } from './types.ts'

const mostTitleLines = 4
/** In characters; paragraphs are longer. */
const longestName = 160

/** The numbers of the lines of a table of contents: behind its heading, those whose name stands again further down. */
export function contentsIn(lines: readonly DocumentLine[]): Set<number> {
  const found = new Set<number>()
  const start = lines.findIndex(({ text }) => /^目\s*[录次]$/u.test(text.trim()))
  for (const [at, { text }] of lines.entries()) if (/[.．…·]{4,}\s*\d{0,4}\s*$/u.test(text)) found.add(at)
  if (start < 0) return found
  found.add(start)
  const names = lines.map(({ text }) => withoutPage(plainName(text)))
  const bareNames = lines.map(({ text }) => listedName(text))
  const lastPlaces = lastPlacesOf(names)
  const isBelow = (name: string | undefined, at: number) => (lastPlaces.get(name ?? '') ?? 0) > at
  for (let at = start + 1; at < lines.length; at += 1) {
    if (!isBelow(names[at], at) && !isBelow(bareNames[at], at) && !found.has(at)) break
    found.add(at)
  }
  return found
}

/** Where each name begins for the last time: one line, or some that follow each other. */
function lastPlacesOf(names: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  for (const [at, first] of names.entries()) {
    if (first === '') continue
    for (let count = 1; count <= mostTitleLines; count += 1) {
      const joined = names.slice(at, at + count).join('')
      if (joined.length <= longestName) places.set(joined, at)
    }
  }
  return places
}

/** An entry of the contents without its number and page. */
export const listedName = (text: string): string =>
  withoutPage(plainName(text.slice(markerOf(text)?.length ?? 0)))

const withoutPage = (name: string) => name.replace(/[.…·]*\d*$/u, '')
