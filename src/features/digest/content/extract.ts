import type { Item } from '../../../ports/items.ts'
import { figuresIn } from '../../../text/figures/figures.ts'
import { withFullStops } from '../../../text/notices/folding.ts'
import { attachedMark } from '../../../text/notices/index.ts'
import { namesUnconfirmedDay, withoutUnconfirmedDays } from './unconfirmed-days.ts'

/** An item in three lines: title, applicants and amounts, deadline and place. */
export type Lines = { what: string; who: string; when: string }

/** The maximum length of a line, in characters. */
const longestLine = 140
const seeOriginal = '（详见原文）'
const setLocally = '截止日以当地通知为准。'

const eligibility =
  /申报对象|申报主体|申报条件|支持对象|适用对象|适用范围|面向|符合|条件|企业|单位|个人|创业者|团队|法人/u
const support = /奖励|补助|补贴|资助|贴息|减免|减按|减半|扣除|支持|额度|不超过|最高|给予|免费|优惠/u
const place = /申报|提交|报送|登录|平台|网址|网站|窗口|地址|地点|办理|咨询|电话|联系|邮箱|系统/u

/** The three lines, in whole sentences of the item and in its order; none names an unconfirmed day. */
export function extractLines(item: Item): Lines {
  const sentences = sentencesOf(withFullStops(item.text)).filter(
    sentence => !namesUnconfirmedDay(sentence, item),
  )
  const dated = [item.deadline, item.effectiveUntil, item.effectiveFrom].find(found => found)
  const found = dated && withFullStops(dated.sentence.trim())
  const when = item.isSetLocally && !item.deadline ? setLocally : found
  const amount = best(sentences, scoreAmount)
  const audience = best(
    sentences.filter(sentence => sentence !== amount),
    scoreAudience,
  )
  const where = best(
    sentences.filter(sentence => ![amount, audience, when].includes(sentence)),
    scorePlace,
  )
  return {
    what: withoutUnconfirmedDays(item.title.trim(), item) || `${item.from}的通知`,
    who: joined(inOrder(sentences, audience, amount)) || '对象和金额见原文。',
    when: joined([when, where]) || '时间和办法见原文。',
  }
}

/** An organizer's lines if present, else extracted ones. */
export const linesOf = (item: Item): Lines => item.lines ?? extractLines(item)

function sentencesOf(text: string): string[] {
  return (text.match(/[^。！？；\n]+[。！？；]?/gu) ?? [])
    .map(sentence => sentence.replaceAll(/\s+/gu, ' ').trim())
    .filter(sentence => sentence.length >= 6 && !sentence.startsWith(attachedMark))
}

function best(sentences: readonly string[], score: (sentence: string) => number): string | undefined {
  let found: string | undefined
  let highest = 0
  for (const sentence of sentences) {
    const its = score(sentence)
    if (its > highest) [found, highest] = [sentence, its]
  }
  return found
}

const readable = (sentence: string) => (sentence.length <= longestLine ? 1 : 0.5)

function scoreAmount(sentence: string): number {
  const figures = figuresIn(sentence).filter(({ kind }) => kind === 'money' || kind === 'share')
  return figures.length === 0 ? 0 : (figures.length + (support.test(sentence) ? 3 : 0)) * readable(sentence)
}

function scoreAudience(sentence: string): number {
  const hits = sentence.match(new RegExp(eligibility, 'gu'))?.length ?? 0
  const isAbout = /对象|条件|范围|主体|面向|适用/u.test(sentence) ? 3 : 0
  return (hits + isAbout) * readable(sentence)
}

function scorePlace(sentence: string): number {
  const hits = sentence.match(new RegExp(place, 'gu'))?.length ?? 0
  return hits * readable(sentence) * (/https?:|\d{7,}|窗口|平台|系统/u.test(sentence) ? 2 : 1)
}

const inOrder = (sentences: readonly string[], ...chosen: (string | undefined)[]) =>
  sentences.filter(sentence => chosen.includes(sentence))

function joined(parts: readonly (string | undefined)[]): string {
  return [...new Set(parts.filter(part => part !== undefined).map(shortened))].join('')
}

/** Cuts a long sentence at a comma and says so: half a condition would be wrong. */
function shortened(sentence: string): string {
  if (sentence.length <= longestLine) return sentence
  const cut = Math.max(...['，', '、', ','].map(char => sentence.lastIndexOf(char, longestLine)))
  return `${sentence.slice(0, cut > longestLine / 2 ? cut : longestLine)}……${seeOriginal}`
}
