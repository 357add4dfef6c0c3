import type { SiteDocument } from '../../site/content.ts'
import type { LibraryDocument } from './library/records.ts'
import { isRestricted, successors } from './library/rules.ts'
import { validityOn } from './library/validity.ts'
import { heldTexts } from './marks.ts'
import { clauseOf, sayParts, sayValidity } from './words.ts'

/** The documents that two persons approved, unless the file says that it is not public. */
export function publishedDocuments(documents: readonly LibraryDocument[], day: string): SiteDocument[] {
  const replaced = successors(documents)
  const shown = documents.filter(one => one.state === 'live' && !isRestricted(one))
  return shown.map(document => {
    const { number, title, documentNumber, issuer, dated = '', source, passages } = document
    const next = replaced.get(number)
    return {
      ...{ number, title, documentNumber, issuer, dated, source },
      inForce: [sayValidity(document), ...sayParts(document)].join('；'),
      state: next ? 'replaced' : validityOn(document, day),
      replacedBy: next && shown.includes(next) ? next.number : undefined,
      changing: changingIn(document, documents),
      clauses: passages.map((passage, at) => ({ name: clauseOf(passage, at), text: passage.text })),
    }
  })
}

function changingIn(document: LibraryDocument, documents: readonly LibraryDocument[]): string[] {
  const held = heldTexts(document, documents)
  return document.passages.flatMap((passage, at) => (held.has(passage.text) ? [clauseOf(passage, at)] : []))
}
