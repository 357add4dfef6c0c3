import type { LibraryDocument } from './records.ts'

/** Versions that wait for their review and would replace this one, or one of those that would. */
export function versionsUnderReview(
  { number }: LibraryDocument,
  documents: readonly LibraryDocument[],
): LibraryDocument[] {
  const found: LibraryDocument[] = []
  const numbers = new Set([number])
  for (const replaced of numbers)
    for (const one of documents)
      if (one.state === 'waiting' && one.supersedes === replaced && !numbers.has(one.number)) {
        found.push(one)
        numbers.add(one.number)
      }
  return found
}
