import { foldCharacters } from '../../../text/characters.ts'
import { levels, type Marker, markerOf } from '../markers.ts'

/** Levels whose items may follow each other within a paragraph. */
const listed = new Set<number>([levels.article, levels.topic, levels.item, levels.number, levels.bracketed])
type Candidate = { at: number; marker: Marker }

/**
 * Cuts a paragraph in which numbered clauses follow each other, as pages of the web run them together. Numbers that do
 * not count on are left alone.
 */
export function splitInline(text: string): string[] {
  const first = markerOf(text)
  const last = new Map<number, number>(first ? [[first.level, first.value]] : [])
  const cuts = [0]
  const all = candidatesIn(text)
  for (const [index, { at, marker }] of all.entries()) {
    const { level, value } = marker
    const goesOn = value === (last.get(level) ?? Number.NaN) + 1
    const starts =
      value === 1 && all.slice(index + 1).some(({ marker: next }) => next.level === level && next.value === 2)
    if (!goesOn && !starts) continue
    last.set(level, value)
    cuts.push(at)
  }
  return cuts.map((at, index) => text.slice(at, cuts[index + 1]).trim()).filter(piece => piece !== '')
}

function candidatesIn(text: string): Candidate[] {
  return [...foldCharacters(text).matchAll(/[。;:](?:\s*)(?=[第一二三四五六七八九十(\d])/gu)].flatMap(
    found => {
      const at = found.index + found[0].length
      const marker = markerOf(text.slice(at))
      return marker && listed.has(marker.level) ? [{ at, marker }] : []
    },
  )
}
