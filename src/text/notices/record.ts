import { Temporal } from 'temporal-polyfill'
import { type FoundDay, type NoticeFacts, readNotice, statedFrom } from './index.ts'

/** A notice in plain values, which can be handed to a worker thread. Days are written `YYYY-MM-DD`. */
export type NoticeText = {
  title: string
  text: string
  publishedOn: string
  readOn: string
  /** The day of publication is unknown: a day without a year is not completed. */
  isGuess: boolean
}
export type NoticeRecord = ReturnType<typeof noticeRecord>

/** Days, number and amounts of a notice in the form of the stored record. */
export function noticeRecord({ title, text, isGuess, ...days }: NoticeText) {
  const publishedOn = Temporal.PlainDate.from(days.publishedOn)
  const readOn = Temporal.PlainDate.from(days.readOn)
  const facts = readNotice({ title, text, publishedOn, readOn })
  const earlier = isGuess
    ? readNotice({ title, text, publishedOn: publishedOn.subtract({ years: 1 }), readOn })
    : facts
  const certain = (name: 'effectiveFrom' | 'effectiveUntil') =>
    facts[name]?.day.toString() === earlier[name]?.day.toString() ? kept(facts[name]) : undefined
  return {
    documentNumber: facts.documentNumber,
    ...deadlineOf(facts, earlier),
    isSetLocally: facts.isSetLocally,
    dates: facts.dates.map(({ day, from, role, said, sentence }) => ({
      value: day.toString(),
      ...(from ? { from: from.toString() } : {}),
      role,
      said,
      sentence,
    })),
    effectiveFrom: certain('effectiveFrom'),
    effectiveUntil: certain('effectiveUntil'),
    amounts: facts.amounts.map(({ value }) => value),
  }
}

/** A deadline of which the text leaves no doubt; else the days from which a person chooses. */
function deadlineOf({ deadlineChoices }: NoticeFacts, earlier: NoticeFacts) {
  const [first] = deadlineChoices
  const isSame = first?.day.toString() === earlier.deadlineChoices[0]?.day.toString()
  if (!first || !isSame) return { deadline: undefined, deadlineChoices: [] }
  if (first.probability >= statedFrom) return { deadline: kept(first), deadlineChoices: [] }
  return { deadline: undefined, deadlineChoices: deadlineChoices.flatMap(choice => kept(choice) ?? []) }
}

const kept = (found: FoundDay | undefined) =>
  found && { value: found.day.toString(), sentence: found.sentence }
