import { hasAtMost } from '../characters.ts'
import { fold } from '../fold.ts'
import { asksOnly, namesNothing } from '../intents.ts'
import { policyWordsIn } from './asides.ts'

/** Longer sentences name something. */
const longest = 12

/** Words that may be said of any event, clauses and numbers. */
const ofAnything = /几点钟?|地点|开始|结束|主讲|主题|[讲改变上]|第|[条款项号]|\d+(?:\.\d+)*/gu

/** Asking words that are a matter of their own. */
const matter =
  /[利税费]率|有效期|期限|年限|周期|截止|优惠|奖励|扶持|支持|待遇|福利|好处|网[址站]|平台|系统|入口|渠道|介绍/u
/** Acts of offices and applicants; 「怎么报」 asks how alone. */
const officeAct = /(?<!怎么?|咋|如何)[办发领拿交报]/u

/**
 * Whether a message asks, or is a number, and names nothing that it could be about: 「几点开始」「谁讲」「要什么材料」「4.1」.
 * Words of policy, as 「申请」, name something, as do a matter, 「利率多少」, and an act, 「哪里办」.
 * @param text as it was sent, without the mention
 */
export function isBareQuestion(text: string): boolean {
  const folded = fold(text).replace(/\s+/gu, '')
  if (!hasAtMost(folded, longest) || policyWordsIn(text).length > 0) return false
  if (matter.test(folded) || officeAct.test(folded)) return false
  const rest = folded.replace(ofAnything, '')
  return rest === folded ? asksOnly(folded) : namesNothing(rest)
}
