/** Fields of a document's head; empty or undefined where absent. */
export type DocumentHead = {
  /** The offices that issued it, the first first; not abbreviated. */
  issuers: string[]
  /** With 〔〕 and half-width digits: 「榕科〔2026〕12号」. */
  number: string | undefined
  /** In one line. */
  title: string
  /** The day of signature, ISO 8601; where none is written, the day of publication. */
  date: string | undefined
  /** 「各县（市）区科技局」「各有关单位」. */
  addressees: string[]
}

/** One clause, paragraph or table row, word for word as it stands in the document. */
export type Passage = {
  /** From the outermost level: `['第三章', '第五条', '第二款', '（一）']`, unique in its document. */
  path: string[]
  /** The page on which it begins, from 1. */
  page: number
  text: string
  /** Hash of `text`: 16 hexadecimal digits that change with every character. */
  hash: string
}

/** A day of validity, ISO 8601, and the clause that says it. */
type ValidityDay = { day: string; saidIn: string[] }

/** A document's own statements of validity, for a person to confirm. */
export type Validity = {
  from: ValidityDay | undefined
  /** The last day on which it holds. */
  until: ValidityDay | undefined
  /** Documents that it repeals: title and number as written. */
  repeals: { title: string; number: string | undefined; saidIn: string[] }[]
  /** The document says of itself that it is no longer in force. */
  isRepealed: boolean
}

/** One document of a collection; the paths of its clauses begin with its title. */
export type GatheredPart = { title: string; validity: Validity }

export type ParsedDocument = {
  head: DocumentHead
  passages: Passage[]
  /** Without days for a collection: each of its parts says its own. */
  validity: Validity
  /** In their order; empty for a document on its own. */
  parts: GatheredPart[]
  /** Text outside the passages, in its order: the head's lines, a table of contents, signature, copies. */
  outside: string[]
  /** Unreadable parts, a Chinese sentence each. */
  gaps: string[]
}

/** A paragraph and the page on which it begins. */
export type DocumentLine = { page: number; text: string }
