import { markerOf } from '../structure/markers.ts'

const fewestHeads = 3
const mostLinesAbove = 300
/** In characters. */
const longestHead = 60

/**
 * A site lists the heads of a document above it: three numbered lines or more that follow each other above the first
 * sentence and all stand below again, with text between them. A list below 「目录」 is one of the document.
 */
export function withoutCatalogue(lines: readonly string[]): string[] {
  const sentence = lines.findIndex(line => line.includes('。'))
  const isHead = (line: string | undefined) =>
    line !== undefined && line.length <= longestHead && markerOf(line) !== undefined
  const above = lines.slice(0, Math.min(mostLinesAbove, Math.max(0, sentence)))
  const start = above.findIndex((line, at) => isHead(line) && lines.includes(line, at + 1))
  if (start < 0 || /^目\s*[录次]/u.test(lines[start - 1] ?? '')) return [...lines]
  const places: number[] = []
  for (let at = start; at < Math.min(sentence, places[0] ?? sentence) && isHead(lines[at]); at += 1) {
    const again = lines.indexOf(lines[at] ?? '', (places.at(-1) ?? at) + 1)
    if (again < 0) break
    places.push(again)
  }
  const isParted = (places.at(-1) ?? 0) - (places[0] ?? 0) >= places.length
  return places.length >= fewestHeads && isParted
    ? lines.filter((_, at) => at < start || at >= start + places.length)
    : [...lines]
}
