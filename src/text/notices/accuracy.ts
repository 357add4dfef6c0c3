import { Temporal } from 'temporal-polyfill'
import { amountValues } from './amounts/amount-values.ts'
import { normalNumber } from './document-number.ts'
import { type NoticeFacts, readNotice, statedFrom } from './index.ts'

/** A notice with what a person found in it. */
export type LabelledNotice = {
  title: string
  text: string
  publishedOn: string
  deadline: string | null
  documentNumber: string | null
  amounts: readonly string[]
}

/** 0 to 1; null where nothing was to be found, or nothing was. */
type Score = { precision: number | null; recall: number | null }
export type NoticeScores = {
  notices: number
  deadline: Score
  documentNumber: Score
  amounts: Score
  /** Share of the notices with a deadline that is stated rightly or wrongly, 0 to 1. */
  stated: number | null
  /** Score of stated deadlines; see {@link statedFrom}. */
  deadlineStated: Score
  /** Share of the deadlines among the two likeliest days, 0 to 1. */
  inTwo: number | null
}
/** Values found wrongly, and values missed. */
export type Miss = {
  title: string
  field: 'deadline' | 'documentNumber' | 'amounts'
  wrong: string[]
  missed: string[]
}

/** A notice with what a person found in it, and what was read out of it. */
export type ReadNotice = { notice: LabelledNotice; facts: NoticeFacts }

/** Measures {@link readNotice} on labelled notices, see {@link compareNotices}. */
export const measureNotices = (notices: readonly LabelledNotice[]) =>
  compareNotices(
    notices.map(notice => ({
      notice,
      facts: readNotice({ ...notice, publishedOn: Temporal.PlainDate.from(notice.publishedOn) }),
    })),
  )

/**
 * Compares what was read with what a person found. Every value counts by itself over all notices: precision is the part
 * of what was found that is right, recall the part of what is there that was found.
 */
export function compareNotices(read: readonly ReadNotice[]): { scores: NoticeScores; misses: Miss[] } {
  const counts = { deadline: emptyCount(), documentNumber: emptyCount(), amounts: emptyCount() }
  const stated = emptyCount()
  let inTwo = 0
  const misses: Miss[] = []
  for (const { notice, facts } of read) {
    const compare = (field: Miss['field'], found: string[], labelled: string[]) => {
      const wrong = found.filter(value => !labelled.includes(value))
      const missed = labelled.filter(value => !found.includes(value))
      counts[field].found += found.length
      counts[field].labelled += labelled.length
      counts[field].right += found.length - wrong.length
      if (wrong.length + missed.length > 0) misses.push({ title: notice.title, field, wrong, missed })
    }
    compare('deadline', some(facts.deadline?.day.toString()), some(notice.deadline))
    const { deadline } = facts
    stated.labelled += notice.deadline ? 1 : 0
    if (deadline && deadline.probability >= statedFrom) {
      stated.found += 1
      stated.right += deadline.day.toString() === notice.deadline ? 1 : 0
    }
    if (facts.deadlineChoices.some(({ day }) => day.toString() === notice.deadline)) inTwo += 1
    compare('documentNumber', numbers(facts.documentNumber), numbers(notice.documentNumber))
    compare('amounts', values(facts.amounts.map(({ value }) => value)), values(notice.amounts))
  }
  const { deadline, documentNumber, amounts } = counts
  const scores = {
    notices: read.length,
    deadline: scoreOf(deadline),
    documentNumber: scoreOf(documentNumber),
    amounts: scoreOf(amounts),
    stated: share(stated.found, stated.labelled),
    deadlineStated: scoreOf(stated),
    inTwo: share(inTwo, stated.labelled),
  }
  return { scores, misses }
}

const emptyCount = () => ({ found: 0, labelled: 0, right: 0 })
const some = (value: string | null | undefined) => (value ? [value] : [])
const values = (amounts: readonly string[]) => [...new Set(amounts.flatMap(amountValues))]

/** 「国家税务总局公告2026年第4号」 and 「2026年第4号」 under that office's name are one number. */
const numbers = (number: string | null | undefined) =>
  some(number).map(each => normalNumber(each).replace(/^.*?(?=\d{4}年第)/u, ''))

function scoreOf({ found, labelled, right }: ReturnType<typeof emptyCount>): Score {
  return { precision: share(right, found), recall: share(right, labelled) }
}

const share = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000
