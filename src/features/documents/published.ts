import type { LibraryDocument } from './library/records.ts'
import { isRestricted, successors, validityOn } from './library/rules.ts'
import { clauseOf, sayInForce } from './words.ts'

/** An approved document as anyone may read it. */
export type PublishedDocument = {
  /** In the library. */
  number: number
  title: string
  /** 「榕科〔2026〕12号」; empty where it has none. */
  documentNumber: string
  issuer: string
  /** ISO 8601; empty where it is not known. */
  dated: string
  /** In words. */
  inForce: string
  state: 'current' | 'upcoming' | 'ended' | 'replaced'
  /** The number of the version that replaced it, where that is published. */
  replacedBy: number | undefined
  /** Where it was published; empty where that is not known. */
  source: string
  clauses: readonly { name: string; text: string }[]
}

/** The documents that two persons approved, unless the file says that it is not public. */
export function publishedDocuments(documents: readonly LibraryDocument[], day: string): PublishedDocument[] {
  const replaced = successors(documents)
  const shown = documents.filter(one => one.state === 'live' && !isRestricted(one))
  return shown.map(document => {
    const { number, title, documentNumber, issuer, dated = '', inForce, source, passages } = document
    const next = replaced.get(number)
    return {
      ...{ number, title, documentNumber, issuer, dated, source },
      inForce: sayInForce(inForce),
      state: next ? 'replaced' : validityOn(document, day),
      replacedBy: next && shown.includes(next) ? next.number : undefined,
      clauses: passages.map((passage, at) => ({ name: clauseOf(passage, at), text: passage.text })),
    }
  })
}
