/** Everything that the public pages show: approved, without names of people. Texts are Chinese; days `2026-11-29`. */
export type SiteContent = {
  /** Today in Asia/Shanghai. */
  day: string
  /** Approved items, latest first; withdrawn ones are left out. */
  items: readonly SiteItem[]
  /** Sent digests, latest first. */
  digests: readonly SiteDigest[]
  /** Live knowledge, by programme. */
  answers: readonly SiteAnswer[]
  /** Future events, by time. */
  events: readonly SiteEvent[]
  /** Sign-up forms that are open. */
  signUps: readonly SiteSignUp[]
  /** 承诺 and 示范岗, each with the consent of its member and without a name. */
  pledges: readonly { kind: string; text: string; byline: string }[]
  /** Approved documents of the library, by number. */
  documents: readonly SiteDocument[]
  /** By month, latest first. */
  report: readonly SiteReport[]
}

/** A form that is open. Its title is empty until it is made public. */
type SiteSignUp = { number: number; title: string; limits: string; closesAtMs: number | undefined }

export type SiteItem = {
  id: string
  stream: string
  title: string
  link: string | undefined
  publishedOn: string
  approvedOn: string
  deadline: string | undefined
}

export type SiteDigest = {
  /** Permanent. */
  number: number
  title: string
  sentOn: string
  parts: readonly string[]
  /** Corrections, each a sentence. */
  corrections: readonly string[]
}

export type SiteAnswer = {
  id: string
  programme: string
  question: string
  otherQuestions: readonly string[]
  /** As it is told in chat, with sources. */
  text: string
  /** Its earlier texts, latest first. */
  past: readonly { until: string; text: string }[]
}

export type SiteDocument = {
  /** In the library. */
  number: number
  title: string
  /** 「榕科〔2026〕12号」; empty where it has none. */
  documentNumber: string
  issuer: string
  /** ISO 8601; empty where it is not known. */
  dated: string
  /** Start and end, in words. */
  inForce: string
  state: 'current' | 'upcoming' | 'ended' | 'replaced'
  /** The version that replaced it, where that is published. */
  replacedBy: number | undefined
  /** Where it was published; empty where that is not known. */
  source: string
  /** Names of the clauses that a newer version under review changes; empty where there is none. */
  changing: readonly string[]
  /** Names are unique in their document: 「第三条（一）」. */
  clauses: readonly { name: string; text: string }[]
}

export type SiteEvent = { day: string; time: string; kind: string; title: string; atMs: number }

/** How the questions of a month were met. */
export type SiteReport = {
  month: string
  asked: number
  answered: number
  askedBack: number
  unanswered: number
  useful: number
  useless: number
}
