import type { QuotableDocument, QuotableDocuments } from '../../ports/passages.ts'
import { compareVersions } from './clauses/clause-lookup.ts'
import type { DocumentLibrary } from './library/library.ts'
import type { LibraryDocument } from './library/records.ts'
import { isQuotable, successors } from './library/rules.ts'

/** Keeps the documents that may be quoted in step with the library; one that stays as it was is not put again. */
export function publishQuotable(library: DocumentLibrary, quotable: QuotableDocuments): void {
  const published = new Map<string, string>()

  function sync(): void {
    const documents = library.all()
    const replaced = successors(documents)
    const live = documents
      .filter(({ state }) => state === 'live')
      .map(document => quotableOf(document, documents, replaced.has(document.number)))
    for (const document of live) {
      const text = JSON.stringify(document)
      if (published.get(document.id) !== text) quotable.put(document)
      published.set(document.id, text)
    }
    const ids = new Set(live.map(({ id }) => id))
    for (const id of published.keys()) if (!ids.has(id) && published.delete(id)) quotable.remove(id)
  }

  sync()
  library.onChange(sync)
}

/** Without what a newer version under review changes. */
function quotableOf(
  document: LibraryDocument,
  documents: readonly LibraryDocument[],
  isSuperseded: boolean,
): QuotableDocument {
  const { number, title, documentNumber, issuer, dated, inForce, passages } = document
  const next = documents.find(({ state, supersedes }) => state === 'waiting' && supersedes === number)
  const changed = new Set(next ? compareVersions(document, next).changed.map(({ before }) => before) : [])
  return {
    id: String(number),
    title,
    number: documentNumber || undefined,
    issuer: issuer || undefined,
    date: dated,
    from: inForce.from,
    until: inForce.until,
    isSuperseded,
    passages: passages
      .filter(passage => isQuotable(passage) && !changed.has(passage.text))
      .map(({ path, page, text }) => ({ path, page, text })),
  }
}
