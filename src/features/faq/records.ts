import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { statesFigure, statesNumber } from './wording/figures.ts'

/** One line: line breaks part wordings and details on the console and in spreadsheets. */
const text = z
  .string()
  .trim()
  .min(1)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u, '要写在一行里，不能有换行或控制字符')
const id = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, '只能用小写字母、数字、- 和 _')

/** True for a day that is in the calendar; 31 February is not. */
function isRealDay(day: string): boolean {
  try {
    Temporal.PlainDate.from(day, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}

/** A day, `2026-08-31`. */
export const Day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, '要写成 2026-08-31 这样的日期')
  .refine(isRealDay, '日历上没有这一天')

/** As much of a day as is known: `2026`, `2026-08` or `2026-08-31`. */
export const PartialDay = z
  .string()
  .regex(/^\d{4}(-\d\d(-\d\d)?)?$/, '要写成 2026、2026-08 或 2026-08-31')
  .refine(day => isRealDay(`${day}-01-01`.slice(0, 10)), '日历上没有这一天')

/** A public document. What was never found out is `null`, and is said as not found out. */
export const SourceDocument = z.strictObject({
  title: text,
  number: text.nullable(),
  issuer: text,
  /** `2018-11前` where only a latest date is known. */
  date: z
    .string()
    .regex(/^\d{4}(-\d\d(-\d\d)?)?前?$/, '要写成 2026-08-31、2026-08、2026，或后面加「前」')
    .refine(day => isRealDay(`${day.replace('前', '')}-01-01`.slice(0, 10)), '日历上没有这一天')
    .nullable(),
  /** Only links of public offices; `opened` is false where the link was quoted and never looked at. */
  link: z
    .strictObject({
      url: z.url({
        protocol: /^https?$/,
        hostname: /(^|\.)gov\.cn$/,
        error: '只能放 gov.cn 的 http(s) 链接',
      }),
      opened: z.boolean(),
    })
    .optional(),
})
export type SourceDocument = z.infer<typeof SourceDocument>

/** Behind a line or a verdict that comes from a single or weak source. */
export const unsureWords = '（这点没有完全核实，请再问一下）'

/** One line under the answer. A figure comes from `document`, or from the entry's first where none is named. */
const Detail = z.strictObject({
  about: z.enum(['who', 'amount', 'when', 'how', 'papers', 'note']),
  text,
  document: id.optional(),
  /** From a single or weak source: said in the full answer only, with a warning. */
  unsure: z.boolean().optional(),
})

/** Intents of a question; an entry can have a first line for each. */
export const Wish = z.enum(['can', 'amount', 'when', 'where', 'who', 'papers', 'how'])
export type Wish = z.infer<typeof Wish>

/** The first line of the answer to one kind of question: of a wish, with one of some words in it, or both. */
const FirstLine = z
  .strictObject({
    for: Wish.optional(),
    words: z.array(text).min(1).optional(),
    text: text.max(80, '第一行最多 80 个字'),
    /** From a single or weak source: said with a warning. */
    unsure: z.boolean().optional(),
  })
  .refine(line => line.for !== undefined || line.words !== undefined, '要写明问什么，或者写出问题里的词')
export type FirstLine = z.infer<typeof FirstLine>

/** Policies for an answer's figures, from freest to tightest. */
export const Policy = z.enum(['state', 'state_with_date', 'hedge', 'history_only', 'refer_only'])
export type Policy = z.infer<typeof Policy>
export const Region = z.enum(['国家', '福建省', '福州市', '台江区'])
export type Region = z.infer<typeof Region>

/** An entry as it stands in a file: its documents by the name they have in the same file. */
export const EntryRecord = z
  .strictObject({
    id,
    question: text,
    otherQuestions: z.array(text),
    /** The line that answers. 60 characters are a good length in a group. */
    short: text.max(80, '第一行最多 80 个字'),
    /** Said in place of `short` where the question asks for just that; the first that fits. */
    firstLines: z.array(FirstLine).min(1).optional(),
    details: z.array(Detail),
    documents: z.array(id),
    /** Clauses of the document library, 「榕科〔2026〕12号 第三条（一）」; behind each `#` and the mark of its text. */
    clauses: z.array(text).min(1).optional(),
    region: Region,
    effectiveFrom: PartialDay.optional(),
    /** The last day on which it holds. */
    effectiveUntil: Day.optional(),
    /** Up to when a person checked it; null where that is not known. */
    verifiedOn: PartialDay.nullable(),
    /** The desk that looks after it. */
    owner: text,
    /** The office that can say for certain; it is named in answers. */
    ask: text,
    policy: Policy,
    status: z.enum(['draft', 'live', 'withdrawn']),
    replacedBy: id.optional(),
    /** The fact items that it was written from. */
    facts: z.array(text).min(1),
    mayHaveChanged: z.enum(['no', 'maybe', 'yes']),
  })
  .superRefine(keepPolicy)
export type EntryRecord = z.infer<typeof EntryRecord>

/** Refuses entries that break their policy at load, so that no wording has to check it. */
function keepPolicy(entry: EntryRecordShape, context: z.core.$RefinementCtx): void {
  const refuse = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message })
  const firstLines = entry.firstLines ?? []
  const lines = [
    { path: ['short'], text: entry.short },
    ...firstLines.map((line, at) => ({ path: ['firstLines', at, 'text'], text: line.text })),
    ...entry.details.map((detail, at) => ({ path: ['details', at, 'text'], text: detail.text })),
  ]
  if (entry.policy === 'refer_only')
    for (const line of lines.filter(({ text }) => statesNumber(text)))
      refuse(line.path, 'refer_only（只给部门）的条目不能出现任何数字标准')
  else if (entry.documents.length === 0) refuse(['documents'], '没有来源文件')
  if (entry.policy === 'history_only')
    for (const { path } of lines.slice(0, 1 + firstLines.length).filter(({ text }) => statesFigure(text)))
      refuse(path, 'history_only（只当历史说）的第一行不能写数字标准，请放到下面几行（details）里')
  if (entry.policy.startsWith('state') && !entry.verifiedOn)
    refuse(['verifiedOn'], '没有核实日期的条目不能用 state（直接说）或 state_with_date（带时点说）')
  if (entry.effectiveFrom && entry.effectiveUntil && entry.effectiveFrom > entry.effectiveUntil)
    refuse(['effectiveUntil'], '结束日期早于开始日期')
}
type EntryRecordShape = {
  short: string
  firstLines?: { text: string }[] | undefined
  details: { text: string }[]
  documents: string[]
  policy: Policy
  verifiedOn: string | null
  effectiveFrom?: string | undefined
  effectiveUntil?: string | undefined
}

/** A file of entries: one programme, the documents that its entries rest on, the entries. */
export const EntryFile = z.strictObject({
  programme: id,
  documents: z.record(id, SourceDocument),
  entries: z.array(EntryRecord),
})

export type EntryFile = z.infer<typeof EntryFile>

/** An entry as the bot uses it: complete in itself. */
export type Entry = Omit<EntryRecord, 'documents' | 'details' | 'replacedBy'> & {
  programme: string
  documents: SourceDocument[]
  details: (Omit<z.infer<typeof Detail>, 'document'> & { document: SourceDocument | undefined })[]
  replacedBy?: { id: string; question: string }
}
export type Detail = Entry['details'][number]

/** Something a maker or a company may apply for. */
export const Programme = z.strictObject({
  id,
  name: text,
  who: text,
  region: Region,
  offices: z.array(text).min(1),
  /** Description in one line. */
  line: text.max(60),
  links: z.array(SourceDocument.shape.link.unwrap()),
  /** Its entries are on separate matters: what is asked after one of them is about no other. Default false. */
  hasSeveralMatters: z.boolean().optional(),
})
export type Programme = z.infer<typeof Programme>
export const ProgrammeFile = z.strictObject({ programmes: z.array(Programme) })
export type ProgrammeFile = z.infer<typeof ProgrammeFile>

/** Meaning of an ambiguous word; without `programme`, a subject that we do not cover. */
const Meaning = z.strictObject({ label: text, programme: id.optional() })
/** How people call a programme, and the words after which the bot always asks back. */
export const Aliases = z.strictObject({
  aliases: z.record(text, id),
  ambiguous: z.record(text, z.array(Meaning).min(2)),
})
export type Aliases = z.infer<typeof Aliases>
