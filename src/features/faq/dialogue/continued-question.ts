import { fold } from '../../../text/fold.ts'
import { asks, asksOnly } from '../../../text/intents.ts'
import { figuresTold } from '../verdicts/told-figures.ts'

/**
 * A question that a message may stand for after another. `named`: it counts where it names another programme;
 * `topic`: where the programme that was just spoken of answers it; `any`: whatever answers it.
 */
export type ContinuedQuestion = { question: string; countsFor: 'named' | 'topic' | 'any' }

/** The question that was answered last, and without the words that took the place of others in it. */
type Before = { asked: string; base: string }

/** Longer messages are read for themselves. */
const longestContinued = 24

/** 「那高企呢」「如果签两年呢」「我们不是高企呢」 */
const instead =
  /^(?:那么?|那要是|要是|如果|假如|换成|还有)?[，,\s]*(?:我们?)?(?:是)?(?<words>.{1,16}?)的?呢[？?。.!！~\s]*$/u
/** 「不是，我说的是个体户」「错了，我问省里的」 */
const corrected =
  /^(?:(?:不是|不对|错了|[你您]?(?:说|答|搞|弄|理解)错了?)[^，,。]{0,10}[，,。\s]+)?(?:我(?:要)?(?:说|问|指|讲)的?(?:是)?|我是(?:说|问))(?<words>.{1,16}?)的?[。.!！~\s]*$/u

const thanks =
  /^(?:(?:好的?|嗯+|哦+|行|ok|收到|明白了?|知道了?|懂了?|清楚了?|谢谢|多谢|感谢|谢了|辛苦了?)(?:[你您啊哈啦]|老师)?[，,。.!！~～\s]{1,3}){1,4}(?=\S)/iu
/** A question without the thanks for the answer before it: 「谢谢，那贷款呢」. */
export function withoutThanks(text: string): string {
  const rest = text.replace(thanks, '')
  return asks(fold(rest)) ? rest : text
}

const yearWords =
  /^(?:那)?(?<year>去年|前年|上一?年|往年|以前|之前|明年|后年|20\d\d年?)(?:度|那时候?|那次|那批)?的?呢?[？?。.!！~\s]*$/u
const yearsFromNow: Record<string, number> = { 去年: -1, 前年: -2, 上年: -1, 上1年: -1, 明年: 1, 后年: 2 }

/**
 * Another year that a message asks about, as an answer names it: 「2025年」; 「以前」 where no year is said. Undefined for any
 * other message.
 * @param thisYear in Shanghai
 */
export function otherYearIn(text: string, thisYear: number): string | undefined {
  const year = yearWords.exec(fold(text).trim())?.groups?.year
  if (year === undefined) return undefined
  const told = /^20\d\d/u.exec(year)?.[0]
  if (told !== undefined) return Number(told) === thisYear ? undefined : `${told}年`
  const away = yearsFromNow[year]
  return away === undefined ? '以前' : `${thisYear + away}年`
}

const subject = '有效期|期限|年限|条件|要求|材料|资料|比例|税率|额度|利[息率]|奖励|补贴|公示期?'
const modal = '是|还|能不能|能|可以|要|需要|有没有|有|该|会'
const questionWord = '怎么|如何|咋|多少|什么|啥|哪|几[年天个月分成]|多久|最[高多长]'
const event = '截止|开始|结束|到期|过期|公布|公示|出来|到账|发放?|批|开'
/** The words of a question that ask, with all behind them: 「怎么报」 of 「科小怎么报」. */
const asking = new RegExp(
  `(?:${subject})?(?:${modal})?(?:${questionWord}).*$|(?:(?:还能?|能|可以|要|有|算|会)[^，,]{0,8}|(?:${event})了?)(?:[吗嘛不么]|没有?)$`,
  'u',
)

/**
 * The questions that a message may stand for after another, the likeliest first; none for a message of its own.
 * @param isNear whether the message alone comes near the programme that was just spoken of
 */
export function continuedQuestions(text: string, before: Before, isNear: boolean): ContinuedQuestion[] {
  const folded = fold(text).trim()
  if (folded.length > longestContinued) return []
  const correction = wordsOf(corrected, folded)
  const words = correction ?? wordsOf(instead, folded)
  if (words === undefined)
    return asksOnly(folded) || (isNear && asks(folded))
      ? [{ question: `${withoutEnd(before.asked)}${folded}`, countsFor: 'topic' }]
      : []
  const asked = asking.exec(withoutEnd(fold(before.base)))?.[0]
  return [
    ...(asked === undefined ? [] : [{ question: `${words}${asked}`, countsFor: 'named' as const }]),
    { question: withWords(before, words), countsFor: 'topic' },
    ...(correction && asked !== undefined
      ? [{ question: `${words}${asked}`, countsFor: 'any' as const }]
      : []),
  ]
}

/** Whether a message puts other words into the question before it, or says that these were meant. */
export function replacementKind(text: string): 'correction' | 'replacement' | undefined {
  if (wordsOfCorrection(text) !== undefined) return 'correction'
  return wordsOf(instead, fold(text).trim()) === undefined ? undefined : 'replacement'
}

/** Words that were meant by 「不是，我说的是科小」; undefined for what corrects nothing. */
export const wordsOfCorrection = (text: string): string | undefined => wordsOf(corrected, fold(text).trim())

/** A question without its mark at the end, so that it and the next are read as one. */
export const withoutEnd = (question: string) => question.replace(/[？?。.!！~，,\s]{1,9}$/u, '')

/** The words of such a message; undefined where they ask something themselves, 「怎么办呢」. */
function wordsOf(form: RegExp, folded: string): string | undefined {
  const words = form.exec(folded)?.groups?.words
  return words === undefined || asks(words) ? undefined : words
}

const withWords = ({ asked, base }: Before, words: string) =>
  withFigure(asked, words) ?? withFigure(base, words) ?? `${base}，${words}`

/** 「51个呢」 after 「股东50个可以吗」: the figure takes the place of the only one of its kind. */
function withFigure(before: string, words: string): string | undefined {
  const folded = fold(before)
  const [figure, ...others] = figuresTold(words)
  if (!figure || others.length > 0) return undefined
  const [replaced, ...more] = figuresTold(folded).filter(({ measure }) => measure === figure.measure)
  if (!replaced || more.length > 0) return undefined
  return `${folded.slice(0, replaced.from)}${figure.words}${folded.slice(replaced.to)}`
}
