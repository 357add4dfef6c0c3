import { clausesOf } from '../../../../text/asides/asides.ts'
import { withPlainDigits } from './typed-codes.ts'

/** Longer messages tell a matter of their own. */
const longest = 30
/** Said to all, mostly by organizers. */
const call =
  /大家(?!好)|各位(?!老师|好|领导)|全体|所有人|同志|同学们?|小伙伴|抓紧|赶紧|赶快|尽快|记得|务必|别忘|开始|截止/u
const codeDigits = /(?<!\d)\d{4}(?!\d)/u

/** The code asked for by itself: 「码是多少啊」, 「数字看不清」. */
const codeAsked =
  /^(?:签到|现场|屏幕上?|今天|四位)?的?(?:码|数字?|口令)(?:是|在|要|都|我|有点|还|也)*(?:多少|什么|哪里?看?|几|看?不[清到见]楚?|没看[清到见]楚?|忘了|没有?|呢)[了啊呀呢吗的]*$|^(?:我|还|屏幕)*(?:没看[清到见]|看不[清到见]|不知道|没有|忘了)(?:签到|屏幕上?的?)?(?:码|数字|口令)[了啊呀]*$/u
/** Four digits alone, or beside words of one's own sign-in: 「我的是2890对吧」. */
const codeSent =
  /^(?:我的?)?(?:签到?|已?到|打卡|码|数字|口令)?[是为]?#(?:签到?|到|打卡)?(?:怎么|没有?|不|对|反应|成功|吗|么|吧|啊|了|是)*$|签到#|#签到|^#我.*[到来]了$/u
/** One digit too few, and neither a round sum nor a number with a meaning, as 「666」, 「123」 and 「520」. */
const tooFew = /^(?!(?<digit>\d)\k<digit>+$|007|123|365|52[01]|996|\d\d0)\d{3}$/u

/** Whether a short message asks for the code of a lesson, or sends one, where a lesson asks for a code. */
export function isNearCode(text: string): boolean {
  if (text.length > longest || call.test(text)) return false
  const said = clausesOf(withPlainDigits(text)).join('')
  return tooFew.test(said) || codeAsked.test(said) || codeSent.test(said.replace(codeDigits, '#'))
}
