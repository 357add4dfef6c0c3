import { isHeading } from './clauses/sequence.ts'

/** 「（二）研究开发服务。」 is a heading with a full stop. */
export const isShortHeading = (text: string) => isHeading(text) || /^[^，,；;：:\d]{2,16}。$/u.test(text)
/** 「（一）加强领导。各地要……」 opens a section of its own. */
export const hasRunInHeading = (text: string) => /^[^，,；;：:。]{2,24}。./u.test(text)
/** A paragraph in Latin letters: several words, or letters that are spaced out, and no ideograph. */
export const isTranslation = (text: string): boolean =>
  !/\p{Script=Han}/u.test(text) &&
  ((text.match(/[A-Za-z]{2,}/gu)?.length ?? 0) > 2 || /^(?:[A-Za-z]\s*){16,}$/u.test(text))
/** 「3.问：……？」 opens its answer. */
export const isQuestion = (text: string) => /[？?]\s*$/u.test(text)
/** 「特此通知。」「专此函达，请予支持。」「此复。」「妥否，请批示。」 */
const closing = /^(?:特此|专此|此复|此令|此致|妥否|当否)[^。：:]{0,24}[。.]?$/u
/** Closing paragraphs that belong to the whole document, unless its clauses are articles. */
const ofWhole =
  /^未尽事宜|^希望|^(?:再次|衷心)*感谢(?:您|你|贵|各)|^公示(?:时间|期|期限|期间)|^此外[，,]对.{0,20}(?:条文|条款)|根据本决定[作做]相应修[改正]/u
/** A contact. */
export const isContact = (text: string): boolean =>
  /^[（(]?(?:联\s*系\s*(?:人|电话|方式|单位)|咨询(?:电话|方式))\s*[:：]/u.test(text)
/** Those who took part in a meeting; behind other paragraphs of its last topic they are of all topics. */
export const isAttendance = (text: string): boolean =>
  /^[（(]?(?:出席|列席|参加|参会|与会|请假|缺席|主持|记录)(?:会议)?(?:的)?(?:人员|单位|同志|领导|人)?\s*[:：]/u.test(
    text,
  )

/** 「以上措施自印发之日起施行」 is of the whole document, unless its clauses are articles. */
const ofAll =
  /^(?:以上|本)(?:实施|行动|工作|若干|暂行|管理)*(?:政策|措施|意见|通知|决定|方案|公告|通告|指南|规定|办法|细则|计划|规程|批复|纪要)+(?=[^。]{0,40}(?:施行|实施|执行|有效期|解释))/u
export const isClosing = (text: string, isKept: boolean) =>
  closing.test(text) || (!isKept && (ofWhole.test(text) || ofAll.test(text)))

/** 「同志们，……」 at the end of a speech speaks to all again. */
export const isAddressing = (text: string, addressees: readonly string[]) => {
  const called = /^([^，。：:！]{3,16})[，：:！]/u.exec(text)?.[1]
  return called !== undefined && addressees.some(each => each.endsWith(called))
}
