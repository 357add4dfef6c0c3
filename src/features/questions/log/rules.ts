import { Temporal } from 'temporal-polyfill'
import type { AskedTally } from '../../../ports/asked.ts'
import { dayInShanghai, inShanghai } from '../../../text/dates/time.ts'
import { type Fingerprint, fingerprintOf, likeness, nearSameFrom } from '../../../text/likeness.ts'
import type { Kept, QuestionRecord } from './records.ts'

/** Questions that people would call one, the wording asked first standing for all. */
export type QuestionGroup = { question: string; asked: Kept[] }

/** True for what was not answered, or answered so that the maker called it useless. */
export function isInNeed({ outcome, useful, handled }: QuestionRecord): boolean {
  return handled === undefined && (outcome === 'none' || outcome === 'choices' || useful === false)
}

/** True for what ended with an answer. */
export function isAnswered({ outcome }: QuestionRecord): boolean {
  return outcome === 'answer' || outcome === 'chosen'
}

/**
 * Puts near-same wordings together: each joins the group whose first wording is most like it, if near-same at all,
 * else it begins one. Comparing with the first only keeps a group from drifting from question to question.
 * @param records oldest first
 * @returns the group with most questions first; of equals the one asked last
 */
export function groupNearSame(records: readonly Kept[]): QuestionGroup[] {
  const groups: (QuestionGroup & { first: Fingerprint })[] = []
  for (const record of records) {
    const mark = fingerprintOf(record.value.question)
    const found = nearest(groups, mark, record.value.question)
    if (found) found.asked.push(record)
    else groups.push({ question: record.value.question, asked: [record], first: mark })
  }
  const lastAt = ({ asked }: QuestionGroup) => asked.at(-1)?.value.at ?? ''
  return groups
    .map(({ question, asked }) => ({ question, asked }))
    .sort((a, b) => b.asked.length - a.asked.length || lastAt(b).localeCompare(lastAt(a)))
}

function nearest<G extends QuestionGroup & { first: Fingerprint }>(
  groups: readonly G[],
  mark: Fingerprint,
  question: string,
): G | undefined {
  let best: { group: G; likeness: number } | undefined
  for (const group of groups) {
    const alike = group.question === question ? 1 : likeness(group.first, mark)
    if (alike >= nearSameFrom && alike > (best?.likeness ?? 0)) best = { group, likeness: alike }
  }
  return best?.group
}

/** Counts how questions were met. */
export function countOutcomes(records: readonly QuestionRecord[]): AskedTally {
  const count = (has: (record: QuestionRecord) => boolean) => records.filter(has).length
  return {
    asked: records.length,
    answered: count(isAnswered),
    choices: count(({ outcome }) => outcome === 'choices'),
    none: count(({ outcome }) => outcome === 'none'),
    useful: count(({ useful }) => useful === true),
    useless: count(({ useful }) => useful === false),
  }
}

/** The Monday of the week in which something happened, in Shanghai. */
export function weekOf(at: Temporal.Instant): Temporal.PlainDate {
  const day = inShanghai(at).toPlainDate()
  return day.subtract({ days: day.dayOfWeek - 1 })
}

/** The last weeks up to that of `at`, oldest first, those without a question too. */
export function byWeek(
  records: readonly QuestionRecord[],
  at: Temporal.Instant,
  weeks: number,
): { monday: Temporal.PlainDate; tally: AskedTally }[] {
  const grouped = Map.groupBy(records, record => weekOf(Temporal.Instant.from(record.at)).toString())
  const thisWeek = weekOf(at)
  return Array.from({ length: weeks }, (_, i) => {
    const monday = thisWeek.subtract({ weeks: weeks - 1 - i })
    return { monday, tally: countOutcomes(grouped.get(monday.toString()) ?? []) }
  })
}

/** Groups records by programme, the most asked first; what is about none comes under `undefined`. */
export function byProgramme(
  records: readonly QuestionRecord[],
): { programme: string | undefined; tally: AskedTally }[] {
  return [...Map.groupBy(records, ({ programme }) => programme)]
    .map(([programme, group]) => ({ programme, tally: countOutcomes(group) }))
    .sort((a, b) => b.tally.asked - a.tally.asked)
}

/** Counts records by month in Shanghai, latest first. */
export function byMonth(records: readonly QuestionRecord[]): (AskedTally & { month: string })[] {
  const grouped = Map.groupBy(records, ({ at }) => dayInShanghai(Temporal.Instant.from(at)).slice(0, 7))
  return [...grouped]
    .map(([month, group]) => ({ month, ...countOutcomes(group) }))
    .sort((a, b) => b.month.localeCompare(a.month))
}

/** 「83%」; a dash where nothing was asked. */
export function sayShare(part: number, whole: number): string {
  return whole === 0 ? '—' : `${Math.round((100 * part) / whole)}%`
}

/** Judgement in 「有用」 or 「没用」; undefined for anything else. */
export function judgementIn(folded: string): boolean | undefined {
  if (/^(?:很|挺|非常|太)?(?:有用|有帮助)(?:了|的)?[,，!！。~ ]*(?:谢谢.{0,4})?$/u.test(folded)) return true
  if (/^(?:没有?用|没有?帮助|不对|答非所问|没用处)(?:啊|呀|的)?[,，!！。~ ]*$/u.test(folded)) return false
  return undefined
}
