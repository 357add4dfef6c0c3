import { compareVersions } from './clauses/clause-lookup.ts'
import type { LibraryDocument } from './library/records.ts'
import { versionsUnderReview } from './library/versions.ts'

/** Texts of clauses that some version under review changes or drops; they are held until it is decided. */
export function heldTexts(document: LibraryDocument, documents: readonly LibraryDocument[]): Set<string> {
  const newer = versionsUnderReview(document, documents)
  return new Set(
    newer.flatMap(one => compareVersions(document, one).changed.flatMap(({ before }) => before ?? [])),
  )
}

/** A version in use, and the number of its clauses that a version under review marks. */
export type Marks = { older: number; clauses: number }

/** Marks that the upload of this document set; undefined where it set none. */
export function marksOf(document: LibraryDocument, documents: readonly LibraryDocument[]): Marks | undefined {
  if (document.state !== 'waiting') return undefined
  const older = documents.find(({ number, state }) => state === 'live' && number === document.supersedes)
  const clauses = older ? compareVersions(older, document).changed.length : 0
  return older && clauses > 0 ? { older: older.number, clauses } : undefined
}
