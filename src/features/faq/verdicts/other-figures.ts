import type { ToldFigure } from './told-figures.ts'

/** 「一定要五年缴足吗」 asks for a duty, to which a limit on what is allowed is no answer. */
const duty = /(?:[一1]定|必须|非得|非要)[^，,。；;？?]*[吗么嘛][？?]?$/u

/** @param folded a question */
export const asksForDuty = (folded: string): boolean => duty.test(folded)

/** 「能凑到」, 「能不能达到」, 「能过」: a figure behind it that ends the question is what is hoped for. */
const reaching =
  /(?:能|会|可以|够得上?|有没有|是不是)[^，,。；;？?\d]{0,4}$|(?:凑|拿|得|达|评|打|做|占|提高|涨)(?:到|够|满|得到|得上)$|够$/u

/** Figure that the question asks to reach, 「能凑到60分吗」: not the maker's own. */
export const isHopedFor = ({ measure, from, to }: ToldFigure, folded: string): boolean =>
  (measure === 'points' || measure === 'percent') &&
  reaching.test(folded.slice(0, from)) &&
  (/^[吗么嘛没不][？?，,]?$/u.test(folded.slice(to)) ||
    (/能不能|会不会/u.test(folded) && to === folded.length))

/** 「31万，里面2万是专票」: a part of the figure ahead, which may be under a rule of its own. */
export const isPart = ({ from }: ToldFigure, folded: string): boolean =>
  /[，,；;（(](?:这)?(?:里面|里头|其中|当中|包括)[^，,。；;\d]{0,4}$/u.test(folded.slice(0, from))

/** A verb behind a thing that is counted: what follows is another thing, 「40个座位招小团队」. */
const verb = /[招租给让请供放摆坐]/u

/** The words behind a count that name what is counted. @param behind the clause behind the figure */
export const countedThing = (behind: string): string => behind.split(verb)[0] ?? ''

/** 「从280万涨到320万」 is two figures of one thing. */
export function isChanging(figure: ToldFigure, ofKind: readonly ToldFigure[], folded: string): boolean {
  return ofKind.some(other => {
    const [first, second] = other.from < figure.from ? [other, figure] : [figure, other]
    return first !== second && /^[^，,。；;]{0,4}[到至变涨降升~-]/u.test(folded.slice(first.to, second.from))
  })
}

/** 「120万和130万」, 「120万，乙项目130万」: the second has no words of its own, so that both may count together. */
const joining =
  /^(?:元|块钱?)?\s*(?:以及|还有|再?加上?|[和与及跟、，,+])\s*(?:(?:另外?|还有|再|又|其他|第?(?:[a-z\d]|[一二三四五甲乙丙丁]))?[1一]?(?:个|笔|项|家|款|部分)?)(?:项目|公司|产品|课题|店)?的?(?:是|有|投入?了?|花了?|用了?)?$/u

/** 「120万，委外又花了130万」 */
const adding = /^[^。；;？?]{0,8}(?:另|又|还有|再|加上?|外加)[^。；;？?]{0,8}$/u

export function isOneOfSum(figure: ToldFigure, ofKind: readonly ToldFigure[], folded: string): boolean {
  return ofKind.some(other => {
    const [first, second] = other.from < figure.from ? [other, figure] : [figure, other]
    const between = folded.slice(first.to, second.from)
    return first !== second && (joining.test(between) || adding.test(between))
  })
}
