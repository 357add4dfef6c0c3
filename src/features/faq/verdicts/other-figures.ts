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
  (/^[吗么嘛没不][？?，,]?$/u.test(folded.slice(to)) || (/能不能|会不会/u.test(folded) && to === folded.length))

/** 「31万，里面2万是专票」: a part of the figure ahead, which may be under a rule of its own. */
export const isPart = ({ from }: ToldFigure, folded: string): boolean =>
  /[，,；;（(](?:这)?(?:里面|里头|其中|当中|包括)[^，,。；;\d]{0,4}$/u.test(folded.slice(0, from))

/** A verb behind a thing that is counted: what follows is another thing, 「40个座位招小团队」. */
const verb = /[招租给让请供放摆坐]/u

/** The words behind a count that name what is counted. @param behind the clause behind the figure */
export const countedThing = (behind: string): string => behind.split(verb)[0] ?? ''
