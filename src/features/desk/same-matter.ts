import { Temporal } from 'temporal-polyfill'
import { asideOf, policyWordsIn } from '../../text/asides/asides.ts'
import { fold } from '../../text/fold.ts'
import { fingerprintOf, likeness, nearSameFrom } from '../../text/likeness.ts'
import type { Ticket } from './records.ts'

/** Words that say how something is asked, not what about. */
const asking =
  /请问|想问|问一?下|咨询|麻烦|怎么样?|怎样|如何|什么时候|何时|什么|啥|哪[些个里]?|多少|几|能不能|可不可以|可以|是不是|是否|有没有|需要|要不要|[需要能会该办做呢吗啊呀吧么嘛的了都也还又再是有不没我你您们这那个些一下到在对于关于它，,。.!！?？、~～:：;；"'「」\s]/gu

/** Whether two wordings are so near that people would call them one question. */
export function isSameQuestion(one: string, other: string): boolean {
  if (one.trim() === other.trim()) return true
  if (isFarLonger(one, other) || isFarLonger(other, one)) return false
  return likeness(fingerprintOf(one), fingerprintOf(other)) >= nearSameFrom && !isSubstituted(one, other)
}

/** A pasted page is not the question that it may begin with, and takes long to compare. */
const isFarLonger = (one: string, other: string) =>
  one.length > longestCompared && one.length > 4 * other.length
const longestCompared = 500

/** Whether each says something that the other does not: 「高企要什么材料」 and 「科小要什么材料」. */
function isSubstituted(one: string, other: string): boolean {
  const [mine, theirs] = [contentOf(one), contentOf(other)]
  const isMissing = (from: string) => (letter: string) => !from.includes(letter)
  return [...mine].some(isMissing(theirs)) && [...theirs].some(isMissing(mine))
}

const contentOf = (text: string) => fold(text).replace(asking, '')

/** From this likeness on a wording adds nothing that the person who has the question would want to read. */
const sameWordsFrom = 0.9

/** Whether a wording is just the same question again, without anything new in it. */
export function isSameWords(one: string, other: string): boolean {
  if (one.trim() === other.trim()) return true
  if (isFarLonger(one, other) || isFarLonger(other, one)) return false
  return likeness(fingerprintOf(one), fingerprintOf(other)) >= sameWordsFrom
}

/** Within this after the last word on a ticket, 「那……」 goes on from it. */
const leansForMinutes = 30
/** Openings that make sense only after an earlier message. */
const leaning =
  /^(?:那(?!里|儿|边|个)|还有|还要|还需|它|这个|这种|就是说?|补充|对了|我们?(?:是|公司|这边|的情况)|具体|再问)/u

/**
 * Whether what the maker says now belongs to the ticket, so that the bot passes it on instead of answering: it is
 * near-same to the question or to something the maker added, or it only makes sense after what was said before
 * (「那……」「我们是……」, or 「没看懂」 after an answer) and the ticket was the last thing spoken of. Anything else the bot
 * answers as always.
 * @param isLastSpokenOf nothing else was asked of the bot in this conversation since the ticket moved.
 */
export function isSameMatter(
  ticket: Ticket,
  text: string,
  { at, isLastSpokenOf }: { at: Temporal.Instant; isLastSpokenOf: boolean },
): boolean {
  const said = [
    ticket.question,
    ...ticket.turns.filter(({ kind }) => kind === 'follow-up').map(turn => turn.text),
  ]
  if (said.some(earlier => isSameQuestion(earlier, text))) return true
  const since = at.since(Temporal.Instant.from(ticket.movedAt)).total('minutes')
  if (!isLastSpokenOf || since > leansForMinutes) return false
  if (ticket.state === 'answered' && asideOf(text) === 'complaint') return true
  return leaning.test(text.trim()) && (adds.test(text.trim()) || !isOfItsOwn(text, said))
}

/** Says itself that it belongs to what was said before. */
const adds = /^(?:补充|具体|就是说?|再问|对了[，,]?\s*补充)/u
/** Number of characters from which new content is another subject. */
const newSubjectFrom = 5

/** Words of the knowledge base that go with any subject. */
const general =
  /^(?:补贴|补助|奖励|奖补|资助|资金|扣除|税|费|申报|申请|认定|备案|入库|项目|扣|减免|政策|通知书|人才|合同|工资|证书)$/u

/** Whether two characters in a row stand in both. */
const sharesPair = (one: string, other: string) =>
  [...one].some((_, at) => at > 0 && other.includes(one.slice(at - 1, at + 1)))

/** Asks, also without a mark: 「能多抵点不」. */
const asks = /[?？吗呢]|怎|什么|啥|哪|谁|几|多少|如何|能不能|可不可以|[不没么吧][。.!！~～]*$/u

/** Whether a sentence is about something that was not spoken of: 「那下次课几点」, 「我们公司想报高企」. */
function isOfItsOwn(text: string, said: readonly string[]): boolean {
  const spoken = fold(said.join(' '))
  if (policyWordsIn(text).some(word => !general.test(word) && !spoken.includes(word))) return true
  const aside = asideOf(text)
  if (aside !== undefined && aside !== 'assent') return true
  const content = contentOf(text).replace(/^(?:公司|单位|企业)+/u, '')
  return asks.test(text) && content.length >= newSubjectFrom && !sharesPair(content, spoken)
}
