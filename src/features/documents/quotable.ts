import type { QuotableDocument, QuotableDocuments } from '../../ports/passages.ts'
import { compareVersions } from './clauses/clause-lookup.ts'
import type { DocumentLibrary } from './library/library.ts'
import type { LibraryDocument } from './library/records.ts'
import { isQuotable, successors } from './library/rules.ts'

/** Keeps the documents that may be quoted in step with the library. */
export function publishQuotable(library: DocumentLibrary, quotable: QuotableDocuments): void {
  const put = new Map<number, LibraryDocument>()

  function sync(): void {
    const documents = library.all()
    const replaced = successors(documents)
    for (const document of documents) {
      const id = String(document.number)
      if (document.state === 'live')
        quotable.put(quotableOf(document, documents, replaced.has(document.number)))
      else if (put.has(document.number)) quotable.remove(id)
      if (document.state === 'live') put.set(document.number, document)
      else put.delete(document.number)
    }
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
  const { number, title, documentNumber, dated, inForce, passages } = document
  const next = documents.find(({ state, supersedes }) => state === 'waiting' && supersedes === number)
  const changed = new Set(next ? compareVersions(document, next).changed.map(({ before }) => before) : [])
  return {
    id: String(number),
    title,
    number: documentNumber || undefined,
    date: dated,
    from: inForce.from,
    until: inForce.until,
    isSuperseded,
    passages: passages
      .filter(passage => isQuotable(passage) && !changed.has(passage.text))
      .map(({ path, page, text }) => ({ path, page, text })),
  }
}
