import { recentlyUsed } from '../../../lib/recently-used.ts'
import type { LibraryDocument } from '../library/records.ts'
import { shownPassages } from './shown-passages.ts'

/** Documents of persons. */
const mostKept = 500

export type SeenPassages = ReturnType<typeof createSeenPassages>

/** The passages of documents under review that each person had before them on the console since the last start. */
export function createSeenPassages() {
  const seen = recentlyUsed<Map<number, string>>(mostKept)
  const keyOf = (personId: string, { number, file }: LibraryDocument) =>
    JSON.stringify([personId, number, file.sha256])

  return {
    /** @param shown places of passages, from 0 */
    note(personId: string, document: LibraryDocument, shown: readonly number[]): void {
      if (document.state !== 'waiting') return
      const key = keyOf(personId, document)
      const texts = seen.get(key) ?? new Map<number, string>()
      for (const at of shown) texts.set(at, document.passages[at]?.text ?? '')
      seen.set(key, texts)
    },
    /** The places of passages that the person was not shown as they are now; none where all stand on one view. */
    unseen(personId: string, document: LibraryDocument): number[] {
      const { passages } = document
      if (shownPassages(document, { page: passages[0]?.page ?? 1 }).shown.length === passages.length)
        return []
      const texts = seen.get(keyOf(personId, document))
      return passages.flatMap(({ text }, at) => (texts?.get(at) === text ? [] : [at]))
    },
  }
}
