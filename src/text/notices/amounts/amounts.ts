import type { FeatureWeights } from '../dates/roles.ts'
import { foldNotice } from '../folding.ts'
import { amountFeatures, isOfRule, isReported } from './amount-features.ts'
import { amountValues } from './amount-values.ts'
import { tableAmounts } from './table-amounts.ts'

/** A sum of money as a notice writes it, and the sentence that it stands in. */
export type FoundAmount = { value: string; sentence: string }

const digits = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?'
const numeral = '[〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]'
const big = '[十百千]?[万亿]|[百千]'
const number = `(?:${digits})`
const currency = '(?:人民币|美元|美金|港元|港币|欧元|日元|英镑|元(?:人民币)?|圆)'
const join = '(?:-{1,2}|至|到)'
const comma = '[、/]|和|或|,(?!\\d{3}(?!\\d))'

/** 「分别给予50、30、20万元」: numbers that share the unit of the last. */
const listed = new RegExp(
  `(?<![\\d.])(?<list>(?:${number}\\s*(?:${big})?\\s*(?:${comma})\\s*)+)(?<last>${number})\\s*(?<unit>(?:${big})?\\s*元)`,
  'gu',
)
const plain = new RegExp(
  `(?:(?:人民币|[¥￥]|RMB)\\s*)?(?<![\\d.])(?:${number}\\s*(?:${big})?\\s*(?:${currency})?\\s*${join}\\s*)?${number}\\s*(?:${big})?\\s*${currency}(?:\\s*整)?`,
  'gu',
)
/** 「最高补助100万」: without 元 it is money only where the words say so. */
const bare = new RegExp(
  `(?<![\\d.])(?:${number}\\s*(?:[万亿])?\\s*${join}\\s*)?${number}\\s*[万亿](?![元\\p{Script=Han}]|\\s*元)`,
  'gu',
)
const bareBefore =
  /(?:补助|补贴|奖励|奖|再给|资助|支持|扶持|奖补|给|最高|不超过?|上限|封顶|顶格|达|额度|资金|经费|\p{Script=Han}金|再给|追加|再奖|低于|少于|高于|标准|人民币|资本|投资|收入|产值|营收|销售|资产|融资|费用|金额|额)[^,。;]{0,20}$/u
const bareFollowed = new RegExp(
  `(?<![\\d.])${number}\\s*[万亿](?=(?:奖励|补助|补贴|资助|经费|资金|奖金|扶持|封顶))`,
  'gu',
)
/** 「注册资本500万以上」. */
const bareBounded = new RegExp(
  `(?<![\\d.])${number}\\s*[万亿](?=\\s*(?:\\(含\\))?(?:以上|以下|以内|不等|的))`,
  'gu',
)
const sign = /[¥￥]\s*\d[\d,]*(?:\.\d+)?\s*[万亿]?(?!\s*[元\d])/gu
const words = new RegExp(`(?:人民币\\s*)?${numeral}+(?:点${numeral}+)?\\s*[元圆](?:\\s*整)?`, 'gu')

/** 「三元区」「多元」: no money. */
const noMoney = /^[^\d]*[一二两三四五六七八九十](?:圆桌|元(?:区|锂|材|催|结|桥|前驱|一次))|^[百千万亿]+元/u
const vague = /(?:数|几|上|近|成|好)$/u
/** 「每1美元」 is a measure. */
const measureBefore = /每\s*$/u
const fine = /(?:罚款|处以|并处|罚金|没收)[^,。;]{0,12}$/u
const fineAfter = /^[^,。;]{0,8}(?:罚款|罚金)/u
/** Corrections: the amount before one is no longer true. */
const corrected =
  /^[^,。;\d]{0,12}(?:(?:更正|修改|改|调整)(?:为|成)|(?:提高|上调|下调|降低|增加|减少)(?:为|到|至)|取消)/u
/** 「“奖励20万元”更正为“奖励30万元”」: the words in quotation marks are replaced. */
const replaced =
  /^[^“”"。;]{0,40}["”]\s*,?\s*(?:(?:现)?(?:更正|修改|改|调整|修订|应)(?:为|成)|(?:中的?)?(?:数额|金额|数字|标准)?(?:系笔误|有误|写错))/u
/** 「户均注册资本268万元」: a mean is a figure of a report. */
const mean = /(?:户均|家均|平均)(?!(?:不|超|达到|每月|工资)[^,。;]*)[^,。;\d]{0,8}$/u

/** A sum in a notice, with the features that tell whether a rule names it; none where it stands in a table of sums. */
export type SumOfMoney = FoundAmount & { features: readonly string[] | undefined }

/**
 * The sums of support, awards, thresholds and fees in a notice, as written, each once, in order; percentages, fines and
 * figures of reports are left out.
 */
export function findAmounts(title: string, text: string, weights: FeatureWeights): FoundAmount[] {
  const seen = new Set<string>()
  return moneyIn(title, text).flatMap(({ value, sentence, features }) => {
    if (seen.has(value) || (features && !isOfRule(features, weights))) return []
    seen.add(value)
    return [{ value, sentence }]
  })
}

/** A table of those who were chosen holds what each of them gets, no rule. */
const isOfResults = /公示|名单|结果/u

/** In characters: a longer sentence is read in pieces, as time grows by the square of the length. */
const longestSentence = 2000
/** Sums of one sentence that are read: no rule names more. */
const mostSums = 100
/** In characters, on either side: words that make a number a sum of money, or none, stand within. */
const nearestWords = 100

/** Every sum of money in a notice, in order. */
export function moneyIn(title: string, text: string): SumOfMoney[] {
  const whole = `${title}\n${text}`
  const folded = foldNotice(whole)
  const inTables = isOfResults.test(title) ? [] : tableAmounts(folded)
  const isNews = isReported(folded)
  return sentencesOf(folded).flatMap(({ start, sentence }) => {
    const asWritten = whole.slice(start, start + sentence.length).trim()
    const said = (at: Span, written?: string) => ({
      value: written ?? whole.slice(start + at.start, start + at.end).trim(),
      sentence: asWritten,
    })
    const tabled = inTables.filter(amount => start <= amount.start && amount.start < start + sentence.length)
    const ofProse = amountsIn(sentence)
      .slice(0, mostSums)
      .map(({ at, written }) => {
        const found = said(at, written)
        const place = {
          before: sentence.slice(0, at.start),
          written: found.value,
          after: sentence.slice(at.end),
          worth: Number.parseFloat(amountValues(found.value).at(-1) ?? '') || 0,
          title: folded.slice(0, title.length),
          isNews,
          position: (start + at.start) / folded.length,
        }
        return { ...found, features: amountFeatures(place) }
      })
    const ofTables = tabled.map(({ start: from, end, written }) => ({
      ...said({ start: from - start, end: end - start }, written),
      features: undefined,
    }))
    return [...ofProse, ...ofTables]
  })
}

const sentencePieces = new RegExp(`[^。;\\n]{1,${longestSentence}}[。;]?`, 'gu')

/** At the places of the original, as long as it. */
const sentencesOf = (folded: string) =>
  [...folded.matchAll(sentencePieces)].map(match => ({ start: match.index, sentence: match[0] }))

type Span = { start: number; end: number }
/** `written` where the unit stands elsewhere in the text. */
type Amount = { at: Span; written?: string }

function amountsIn(sentence: string): Amount[] {
  const found: Amount[] = []
  const add = (amount: Amount) => {
    const isFree = found.every(({ at }) => amount.at.end <= at.start || at.end <= amount.at.start)
    if (isFree && isMoney(sentence, amount.at)) found.push(amount)
  }
  for (const match of sentence.matchAll(listed)) for (const amount of membersOf(match)) add(amount)
  for (const pattern of [plain, sign, words])
    for (const match of sentence.matchAll(pattern)) add({ at: spanOf(match) })
  for (const match of sentence.matchAll(bareFollowed)) add({ at: spanOf(match) })
  for (const pattern of [bare, bareBounded]) {
    for (const match of sentence.matchAll(pattern)) {
      if (bareBefore.test(wordsBefore(sentence, match.index))) add({ at: spanOf(match) })
    }
  }
  return found.sort((a, b) => a.at.start - b.at.start)
}

const spanOf = (match: RegExpExecArray): Span => ({
  start: match.index,
  end: match.index + match[0].replace(/\s+$/u, '').length,
})

/** Each member of a list with the unit that it has or shares. */
function membersOf(match: RegExpExecArray): Amount[] {
  const { unit = '' } = match.groups ?? {}
  const body = match[0].slice(0, match[0].length - unit.length)
  return [...body.matchAll(new RegExp(`(${number})\\s*(${big})?`, 'gu'))].map(member => {
    const start = match.index + member.index
    const own = member[2] ? `${member[2]}元` : unit.replaceAll(/\s/gu, '')
    const isLast = member.index + member[0].length >= body.trimEnd().length
    return {
      at: { start, end: start + (isLast ? match[0].length - member.index : member[0].trimEnd().length) },
      written: `${member[1]}${own}`,
    }
  })
}

const wordsBefore = (sentence: string, at: number) => sentence.slice(Math.max(0, at - nearestWords), at)

function isMoney(sentence: string, { start, end }: Span): boolean {
  const before = wordsBefore(sentence, start)
  const after = sentence.slice(end, end + nearestWords)
  const written = sentence.slice(start, end)
  if (noMoney.test(written + after)) return false
  if (vague.test(before) && /^\p{Script=Han}/u.test(written)) return false
  if (!/[1-9一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]/u.test(written)) return false
  if (measureBefore.test(before) && /^\d+\s*(?:美元|元)/u.test(written)) return false
  if (mean.test(before) || replaced.test(after)) return false
  return !fine.test(before) && !fineAfter.test(after) && !corrected.test(after)
}
