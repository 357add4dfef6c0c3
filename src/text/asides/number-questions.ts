import { fold } from '../fold.ts'

const asked =
  /^(?<push>推送)?(?:第|#)?(?<number>\d{1,6})号?(?:的?(?<pushAfter>推送)|的?(?:身份)?申请)?(?:现在|已经?|到底|有没有|是不是|都)*(?:通过|同意|批准?|审核?|驳回|(?<sent>发|送))(?:出去|完|到)?(?:了|过)*(?:吗|么|没有?|不|嘛|啊|呢)*[?。!~]*$/u

/** Numbers of other things: a year, a batch (「第3批」), a day of the month on which something is sent. */
const otherNumber = /^(?:(?:19|20)\d\d(?!\d)|第\d+批|(?:[12]?\d|3[01])号(?:发|送))/u

/**
 * The number in a question for the state of something that waits for a yes: 「2通过了吗」「推送 2 发了没」.
 * @returns undefined for anything else; of what is sent, only a push has a number
 */
export function numberAskedAbout(text: string): { number: number; isPush: boolean } | undefined {
  const said = fold(text).replace(/\s+/gu, '')
  const found = otherNumber.test(said) ? undefined : asked.exec(said)?.groups
  if (!found || !/[?吗么没不嘛呢]/u.test(fold(text))) return undefined
  return { number: Number(found.number), isPush: (found.push ?? found.pushAfter ?? found.sent) !== undefined }
}
