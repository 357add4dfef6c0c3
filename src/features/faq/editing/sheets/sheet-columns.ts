import type { EntryRecord } from '../../records.ts'
import { detailInLine, detailLineOf, firstsOfText, lineOfFirst } from '../changes/detail-lines.ts'
import { type Piece, withoutGaps } from '../changes/pieces.ts'
import { changedWords, type fieldWords, policyWords, statusWords, valueOfWord } from '../changes/words.ts'

/** Fields for which sheets of before have no column. */
export const laterFields = ['firstLines', 'clauses'] as const
type LaterField = (typeof laterFields)[number]

/** One row of the sheet of entries, cell by cell as people read them. */
export type EntryRow = Record<Exclude<keyof typeof fieldWords, LaterField>, string> & {
  [field in LaterField]?: string
}
/** The columns in their order; the first is how a row finds its entry. */
export const entryColumns = [
  'id',
  'programme',
  'question',
  'otherQuestions',
  'short',
  'firstLines',
  'details',
  'documents',
  'clauses',
  'region',
  'effectiveFrom',
  'effectiveUntil',
  'verifiedOn',
  'owner',
  'ask',
  'policy',
  'status',
  'replacedBy',
  'facts',
  'mayHaveChanged',
] as const satisfies readonly (keyof typeof fieldWords)[]

export const documentColumns = {
  programme: '项目',
  name: '小名',
  title: '标题',
  number: '文号',
  issuer: '发文机关',
  date: '日期',
  url: '链接',
  opened: '打开核对过',
} as const
export type DocumentRow = Record<keyof typeof documentColumns, string>

/** An entry as a row; {@link pieceOfRow} gives it back. */
export function rowOfEntry(programme: string, entry: EntryRecord): EntryRow {
  return {
    ...entry,
    programme,
    otherQuestions: entry.otherQuestions.join('\n'),
    firstLines: (entry.firstLines ?? []).map(lineOfFirst).join('\n'),
    details: entry.details.map(detailLineOf).join('\n'),
    documents: entry.documents.join('\n'),
    clauses: (entry.clauses ?? []).join('\n'),
    facts: entry.facts.join('\n'),
    effectiveFrom: entry.effectiveFrom ?? '',
    effectiveUntil: entry.effectiveUntil ?? '',
    verifiedOn: entry.verifiedOn ?? '',
    replacedBy: entry.replacedBy ?? '',
    policy: policyWords[entry.policy],
    status: statusWords[entry.status],
    mayHaveChanged: changedWords[entry.mayHaveChanged],
  }
}

const linesOf = (cell: string) =>
  cell
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)

/** The piece that a row describes, not validated yet. */
export function pieceOfRow(row: EntryRow): Piece {
  const piece: Record<string, unknown> = {
    id: row.id,
    question: row.question,
    otherQuestions: linesOf(row.otherQuestions),
    short: row.short,
    firstLines: firstsOfText(row.firstLines ?? ''),
    details: linesOf(row.details).map(line => withoutGaps(detailInLine(line))),
    documents: linesOf(row.documents),
    clauses: row.clauses ? linesOf(row.clauses) : undefined,
    region: row.region,
    effectiveFrom: row.effectiveFrom || undefined,
    effectiveUntil: row.effectiveUntil || undefined,
    verifiedOn: row.verifiedOn || null,
    owner: row.owner,
    ask: row.ask,
    policy: valueOfWord(policyWords, row.policy),
    status: valueOfWord(statusWords, row.status),
    replacedBy: row.replacedBy || undefined,
    facts: linesOf(row.facts),
    mayHaveChanged: valueOfWord(changedWords, row.mayHaveChanged),
  }
  return withoutGaps(piece)
}

export function rowOfDocument(programme: string, name: string, document: Piece): DocumentRow {
  const { title, number, issuer, date } = document
  const link = document.link as { url: string; opened: boolean } | undefined
  return {
    programme,
    name,
    title: String(title),
    number: String(number ?? ''),
    issuer: String(issuer),
    date: String(date ?? ''),
    url: link?.url ?? '',
    opened: link ? (link.opened ? '是' : '否') : '',
  }
}

export function pieceOfDocumentRow({ title, number, issuer, date, url, opened }: DocumentRow): Piece {
  const link = url ? { url, opened: opened === '是' } : undefined
  return withoutGaps({ title, number: number || null, issuer, date: date || null, link })
}
