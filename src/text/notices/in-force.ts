import type { Temporal } from 'temporal-polyfill'
import { dateNumber } from '../dates/tokens/day-tokens.ts'
import { findDays, isFromPrinting } from './dates/days.ts'
import type { NoticeSentence } from './passages.ts'

type FoundDay = { day: Temporal.PlainDate; passage: NoticeSentence }
type InForce = { from: FoundDay | undefined; until: FoundDay | undefined }

/** Every sentence that says so has one of these; the days of all others need not be looked for. */
const inForce = /施行|实施|执行|生效|试行|起效|有效/u
const begins = /^\s*起?(?:正式)?(?:施行|实施|执行|生效|试行|起效)/u
const fromIssue = /(?:发布|印发|公布|发文|下发|公告|即)(?:之)?日起(?:正式)?(?:施行|实施|执行|生效|试行)/u
/** 「自发布之日起30日后施行」. */
const daysAfterIssue =
  /(?:发布|印发|公布)之日起(?:满)?(?<count>\d{1,3}|[一二三四五六七八九十]{1,3})(?:个?自然)?[日天](?:后|之后)(?:起)?(?:正式)?(?:施行|实施|执行|生效)/u
const untilBefore =
  /(?:有效期限?|执行期限?|实施期限?|施行期限?|试行期|执行|施行|实施|有效)[^,。;]{0,16}(?:至|到|-)\s*$/u
const years =
  /(?<!证书[^,。;]{0,6})(?:有效期限?|试行期?|执行期限?|实施期限?)[^,。;\d一二两三四五六七八九十]{0,6}(?<count>\d{1,2}|[一二两三四五六七八九十])(?:个)?(?<unit>年|月)/u
/** A licence or a certificate is in force too, but it is not this notice. */
const ofSomethingElse = /证书|资格|资质|证件|合同|项目执行期|许可证/u

/** The days from which 「自发布之日起」 and 「自印发之日起」 count. */
type Issue = { publishedOn: Temporal.PlainDate; printedOn: Temporal.PlainDate | undefined }

/**
 * Finds from and until when a notice says that it is in force, with the sentences that say so.
 * @param passages of a folded text
 */
export function findInForce(
  passages: readonly NoticeSentence[],
  { publishedOn, printedOn = publishedOn }: Issue,
): InForce {
  const dayOfIssue = (said: string) => (isFromPrinting(said) ? printedOn : publishedOn)
  let from: FoundDay | undefined
  let until: FoundDay | undefined
  for (const passage of passages) {
    const { text } = passage
    if (!inForce.test(text) || ofSomethingElse.test(text)) continue
    const days = findDays(text, publishedOn)
    const beginning = days.find(({ end }) => begins.test(text.slice(end)))
    if (beginning) from ??= { day: beginning.day, passage }
    const issued = fromIssue.exec(text)?.[0]
    if (issued) from ??= { day: dayOfIssue(issued), passage }
    const [later, count] = daysAfterIssue.exec(text) ?? []
    if (later && count) from = { day: dayOfIssue(later).add({ days: dateNumber(count) }), passage }
    const ending = days.find(({ start, isPeriod }) => !isPeriod && untilBefore.test(text.slice(0, start)))
    if (ending) until ??= { day: ending.day, passage }
    else until ??= afterYears(passage, from?.day)
  }
  return { from, until }
}

/** 「有效期五年」 ends on the day before its fifth return. */
function afterYears(passage: NoticeSentence, from: Temporal.PlainDate | undefined): FoundDay | undefined {
  const said = years.exec(passage.text)?.groups
  if (!said || !from) return undefined
  const count = dateNumber(said.count ?? '')
  const end = from.add(said.unit === '年' ? { years: count } : { months: count })
  return { day: end.subtract({ days: 1 }), passage }
}
