import { startWords, wantedKinds } from './words.ts'

/** Words that steer an interview, besides answers. */
export type InterviewWord = 'back' | 'more' | 'result' | 'end' | 'why' | 'route' | 'show' | 'save'

const patterns: readonly [InterviewWord, RegExp][] = [
  ['back', /^(?:上一[题步个]|返回|退回|回退)$/u],
  ['more', /^继续$/u],
  ['result', /^结果$/u],
  ['end', /^(?:结束|退出|不测了|算了|停|停止)$/u],
  ['why', /^为(?:什么|啥)(?<rest>.+)$/u],
  ['route', /^(?:怎么补|怎样补|怎么补上|如何补)(?<rest>.+)$/u],
  ['show', /^保存$/u],
  ['save', /^确认保存(?<rest>并给指导员看)?$/u],
]

/** The steering word of a folded text, and what follows it. */
export function interviewWordIn(said: string): { word: InterviewWord; rest: string } | undefined {
  for (const [word, pattern] of patterns) {
    const found = pattern.exec(said)
    if (found) return { word, rest: found.groups?.rest ?? '' }
  }
  return undefined
}

/** Our words that make no sense without an interview. */
export const ownWords = /^(?:上一题|继续|结果|保存|确认保存(?:并给指导员看)?)$/u

/** Words of a question, of which no answer to ours has any. */
export const asksElse = (said: string) =>
  /[?？吗]|怎么|如何|什么|啥|哪[里儿个些天]|多少|能不能|可不可以|是不是|有没有|要不要|谁|请问|转人工/u.test(
    said,
  ) && !/^[?？]$/u.test(said)

export const whichKinds = [startWords[1], ...wantedKinds.map(({ label }, at) => `${at + 1} ${label}`)].join(
  '\n',
)

/** The kinds that a reply names by number or by word: 「1 3」「1、3」「税费优惠」「都看」. */
export function kindsIn(said: string) {
  if (/^\d(?:[\s、,，和.]*\d)*[.。]?$/u.test(said))
    return (said.match(/\d/g) ?? []).flatMap(digit => wantedKinds[Number(digit) - 1] ?? [])
  if (/^(?:都|全部|所有|全都)/u.test(said)) return wantedKinds.slice(-1)
  return wantedKinds.filter(({ label }) => said.length >= 2 && label.includes(said))
}

/** 「去年3月」 as 「2025年3月」. @param on today, ISO 8601 */
export const withYears = (text: string, on: string) =>
  text
    .trim()
    .replace(
      /^(?:今年|去年|前年)/u,
      word => `${Number(on.slice(0, 4)) - ['今年', '去年', '前年'].indexOf(word)}年`,
    )

/** Short words without a question are meant as answers; longer ones may ask something else. */
export const looksLikeAnswer = (said: string) => /^[\d\s.,、，%万亿元人年月日-]{1,12}$/u.test(said)

/** Asks for the unit of a sum. */
export const askUnit = (said: string) => `「${said.trim()}」是元还是万元？请带上单位再发一次，例如「500万」。`
