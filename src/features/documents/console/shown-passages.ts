import type { LibraryDocument } from '../library/records.ts'

/** Most passages that are shown at once; a long file without pages is one page. */
export const mostShown = 200

export type ShownFrom = {
  page: number
  /** The place of the passage that is to be marked. Default: none. */
  marked?: number | undefined
  /** The place of the passage from which on a long page is shown. Default: its first. */
  from?: number | undefined
}

/** The passages of a page, and of many the part in which the marked one stands, or the one that is asked for. */
export function shownPassages({ passages }: LibraryDocument, { page, marked = -1, from = -1 }: ShownFrom) {
  const places = passages.flatMap((passage, at) => (passage.page === page ? [at] : []))
  const wanted = places.indexOf(places.includes(marked) ? marked : from)
  const start = Math.floor(Math.max(0, wanted) / mostShown) * mostShown
  return { places, start, shown: places.slice(start, start + mostShown) }
}
