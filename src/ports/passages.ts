/** A clause of a reviewed document, word for word. */
export type QuotablePassage = {
  /** From the outermost level: `['第三章', '第五条', '（一）']`. */
  path: readonly string[]
  /** From 1. */
  page: number
  text: string
  /** True while a newer version under review says something else: the clause is found, and not told. Default: false. */
  isHeld?: boolean
}

/** A document that may be quoted: two people have checked it. */
export type QuotableDocument = {
  id: string
  title: string
  /** 「榕科〔2026〕12号」. */
  number: string | undefined
  /** 「示范区科学技术局」, several offices with blanks between. Default: not known. */
  issuer?: string | undefined
  /** The day of signature, ISO 8601. */
  date: string | undefined
  /** The first and the last day on which it holds, ISO 8601; undefined where there is no such bound. */
  from: string | undefined
  until: string | undefined
  /** A later version or a repeal has ended it: it is told as history only. */
  isSuperseded: boolean
  /** 「榕科〔2027〕3号」, the document in use that took its place. Default: not known. */
  replacedBy?: string | undefined
  passages: readonly QuotablePassage[]
}

/** The documents that questions are answered from. An approved document is put here, at each start too. */
export type QuotableDocuments = {
  /** Adds a document or puts it in the place of the one with its id; the next question sees it. */
  put(document: QuotableDocument): void
  /** @returns whether it was there. */
  remove(id: string): boolean
}
