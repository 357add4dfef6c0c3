import { linkKey } from '../../../text/pages/links.ts'
import { unpackSketch } from '../../../text/sketches/sketch.ts'
import { createSketchIndex } from '../../../text/sketches/sketch-index.ts'
import { compareItems, type ItemText } from './repeats.ts'

/** Fields by which an item is recognized as known. */
export type KnownText = Pick<ItemText, 'title' | 'documentNumber'> & {
  link?: string | undefined
  /** Packed; empty where there is no text. */
  sketch: string
}

/** Below this likeness two texts are no reposts; see repeats.ts for what is decided above. */
const leastLikeness = 0.5
const mostCompared = 8

/** Finds the items that one repeats: by its link, its number, its title and its text. */
export function createRepeatIndex() {
  const known = new Map<number, KnownText>()
  const byLink = new Map<string, number>()
  const byDocument = new Map<string, number>()
  const byTitle = new Map<string, number>()
  const likes = createSketchIndex()

  function nearOf({ title, documentNumber, sketch }: KnownText): [number, number | undefined][] {
    const own = unpackSketch(sketch)
    const alike = own ? likes.search(own, leastLikeness).slice(0, mostCompared) : []
    const near = new Map(alike.map(({ id, likeness }): [number, number | undefined] => [id, likeness]))
    for (const number of [documentNumber && byDocument.get(documentNumber), byTitle.get(title)]) {
      if (number && !near.has(number)) near.set(number, undefined)
    }
    return [...near]
  }

  const addLink = (number: number, link: string | undefined) => {
    if (link) byLink.set(linkKey(link), number)
  }

  return {
    add(number: number, item: KnownText): void {
      const sketch = unpackSketch(item.sketch)
      if (sketch) likes.add(number, sketch)
      if (item.documentNumber) byDocument.set(item.documentNumber, number)
      byTitle.set(item.title, number)
      addLink(number, item.link)
      const { title, documentNumber, link } = item
      known.set(number, { title, documentNumber, link, sketch: '' })
    },
    /** Where else it stands. */
    addLink,
    /** Title or number were put right. */
    rename(number: number, { title, documentNumber, link }: KnownText): void {
      known.set(number, { title, documentNumber, link, sketch: '' })
      if (documentNumber) byDocument.set(documentNumber, number)
      byTitle.set(title, number)
      addLink(number, link)
    },
    /** Forgets an item: its sketch finds nothing any more. */
    forget(number: number): void {
      const item = known.get(number)
      if (!item) return
      known.delete(number)
      byTitle.delete(item.title)
      if (item.link) byLink.delete(linkKey(item.link))
      if (item.documentNumber) byDocument.delete(item.documentNumber)
    },
    hasLink: (link: string) => byLink.has(linkKey(link)),
    /** The item that this one repeats, and the one that it may repeat, the most alike first. */
    earlierOf(item: KnownText): { same?: number; perhaps?: number } {
      const linked = item.link && byLink.get(linkKey(item.link))
      if (linked) return { same: linked }
      const found: { same?: number; perhaps?: number } = {}
      for (const [number, textLikeness] of nearOf(item)) {
        const other = known.get(number)
        const verdict = other ? compareItems({ ...item, textLikeness }, other) : 'no'
        if (verdict === 'same') found.same ??= number
        if (verdict === 'perhaps') found.perhaps ??= number
      }
      return found
    },
  }
}
