import type { QuotableDocument, QuotableDocuments } from '../../ports/passages.ts'
import { markFigures } from '../../text/figures/marked-figures.ts'
import type { DocumentLibrary } from './library/library.ts'
import type { InForce, LibraryDocument } from './library/records.ts'
import { isQuotable, successors } from './library/rules.ts'
import { heldTexts } from './marks.ts'

/** Keeps the documents that may be quoted in step with the library; one that stays as it was is not put again. */
export function publishQuotable(library: DocumentLibrary, quotable: QuotableDocuments): void {
  const published = new Map<string, string>()

  function sync(): void {
    const documents = library.all()
    const replaced = successors(documents)
    const live = documents
      .filter(({ state }) => state === 'live')
      .flatMap(document => quotablesOf(document, documents, replaced))
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

/** The number of the document in the library from the id of what is quoted of it. */
export const numberOfQuotable = (id: string): number => Number(id.split('.')[0])

/** A document, or each of those that a collection gathers. What a newer version under review changes is held. */
function quotablesOf(
  document: LibraryDocument,
  documents: readonly LibraryDocument[],
  replaced: ReadonlyMap<number, LibraryDocument>,
): QuotableDocument[] {
  const { number, title, documentNumber, issuer, dated, inForce, parts = [], passages } = document
  const next = replaced.get(number)
  const changed = heldTexts(document, documents)
  const quoted = passages
    .filter(isQuotable)
    .map(({ path, page, text }) =>
      changed.has(text) ? { path, page, text: withoutFigures(text), isHeld: true } : { path, page, text },
    )
  const titles = new Set(parts.map(part => part.title))
  const whole = {
    id: String(number),
    title,
    number: documentNumber || undefined,
    issuer: issuer || undefined,
    date: dated,
    from: inForce.from,
    until: inForce.until,
    isSuperseded: next !== undefined,
    replacedBy: next?.state === 'live' ? next.documentNumber || undefined : undefined,
    passages: quoted.filter(({ path }) => !titles.has(path[0] ?? '')),
  }
  const gathered = [...titles].map((name, at) => ({
    ...whole,
    id: `${number}.${at + 1}`,
    title: name,
    number: undefined,
    date: undefined,
    ...daysOf(parts.find(part => part.title === name)?.inForce),
    passages: quoted
      .filter(({ path }) => path[0] === name)
      .map(passage => ({ ...passage, path: passage.path.slice(1) })),
  }))
  return [whole, ...gathered].filter(one => titles.size === 0 || one.passages.length > 0)
}

/** Held words are there to be found by; no figure of theirs can be told. */
const withoutFigures = (text: string): string =>
  markFigures(text)
    .flatMap(piece => (piece.isFigure ? [] : [piece.text]))
    .join('')

const daysOf = (inForce?: InForce) => ({ from: inForce?.from, until: inForce?.until })
