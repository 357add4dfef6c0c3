import { fold } from '../../../../text/fold.ts'
import type { EntryDraft } from '../changes/records.ts'
import type { Fields } from '../forms.ts'
import { draftFieldsOf, draftIdOf, type PlainQuestion } from './question-sheet.ts'

/** An entry as a sheet is compared with it. */
type ComparedEntry = {
  question: string
  short: string
  details: readonly { text: string }[]
  /** The form in which it is edited. */
  fields(): Fields
}
type Existing = { drafts: readonly EntryDraft[]; entries: readonly ComparedEntry[] }

/** A row of the sheet with its part in the import; a row that becomes a draft has the draft's id and form. */
export type PlannedDraft = PlainQuestion & { note: string } & (
    | { kind: 'draft' | 'other-answer'; id: string; fields: Fields }
    | { kind: 'known' | 'wrong' }
  )

/** The place of a question that is known already, and its answers there, each as its lines. */
type KnownQuestion = { where: string; answers: readonly (readonly string[])[] }

const longestQuestion = 200

/**
 * Plans the import of plain questions, row by row. A question that is known becomes a draft only where the sheet
 * answers it differently; with an entry's question it is a draft of that entry, so that
 * handing it in changes the entry.
 */
export function planDrafts(
  questions: readonly PlainQuestion[],
  { drafts, entries }: Existing,
): PlannedDraft[] {
  const draftIds = new Set(drafts.map(({ id }) => id))
  const entryOf = new Map(entries.map(entry => [keyOf(entry), entry]))
  const drafted = Map.groupBy(drafts, ({ fields: { question = '' } }) => keyOf({ question }))
  const rows = new Map<string, PlainQuestion[]>()

  function findKnown(one: PlainQuestion): KnownQuestion | undefined {
    if (draftIds.has(draftIdOf(one))) return { where: '草稿里', answers: [linesOf(draftFieldsOf(one))] }
    const question = keyOf(one)
    const entry = entryOf.get(question)
    if (entry) return { where: '条目里', answers: [[entry.short, ...entry.details.map(({ text }) => text)]] }
    const same = drafted.get(question)
    if (same) return { where: '草稿里', answers: same.map(({ fields }) => linesOf(fields)) }
    const [first, ...more] = rows.get(question) ?? []
    if (!first) return undefined
    const answers = [first, ...more].map(row => linesOf(draftFieldsOf(row)))
    return { where: `第 ${first.line} 行`, answers }
  }

  return questions.map((one): PlannedDraft => {
    const fault = faultOf(one)
    if (fault) return { ...one, kind: 'wrong', note: fault }
    const question = keyOf(one)
    const known = findKnown(one)
    if (known && !isOtherAnswer(one, known)) return { ...one, kind: 'known', note: `${known.where}已经有` }
    rows.set(question, [...(rows.get(question) ?? []), one])
    const entry = entryOf.get(question)
    const fields = entry ? changedFields(entry.fields(), draftFieldsOf(one)) : draftFieldsOf(one)
    const id = draftIdOf(one)
    if (known) return { ...one, kind: 'other-answer', note: `${known.where}是另一个答案`, id, fields }
    return { ...one, kind: 'draft', note: one.answer === '' ? '还没有答案' : '', id, fields }
  })
}

/** A question as it is compared, with or without a mark at its end. */
const keyOf = ({ question }: { question: string }) => fold(question).replace(/[?？!！.。\s]+$/u, '')

function faultOf({ question }: PlainQuestion): string | undefined {
  if (question === '') return '没有写问题'
  return [...question].length > longestQuestion ? `问题超过 ${longestQuestion} 个字` : undefined
}

/** Lines are compared whole: 「收费」 also stands in 「不收费」. */
function isOtherAnswer(one: PlainQuestion, { answers }: KnownQuestion): boolean {
  const lines = linesOf(draftFieldsOf(one)).map(fold)
  return lines.length > 0 && !answers.some(answer => isWithin(lines, new Set(answer.map(fold))))
}

const isWithin = (lines: readonly string[], known: ReadonlySet<string>) =>
  lines.every(line => known.has(line))

const detailName = /^d\d+\.text$/u

const linesOf = (fields: Fields) =>
  [
    fields.short ?? '',
    ...Object.entries(fields).flatMap(([name, text]) => (detailName.test(name) ? [text] : [])),
  ].filter(line => line !== '')

/** The entry's form with the sheet's first line in place of its own, and the sheet's other lines below the entry's. */
function changedFields(own: Fields, { question: _, short = '', ...written }: Fields): Fields {
  const count = Object.keys(own).filter(name => detailName.test(name)).length
  const below = Object.entries(written).map(([name, text]): [string, string] => [
    name.replace(/^d(\d+)\./u, (_whole, at: string) => `d${count + Number(at)}.`),
    text,
  ])
  return { ...own, ...(short === '' ? {} : { short }), ...Object.fromEntries(below) }
}
