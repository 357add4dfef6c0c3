import { hasAtMost } from '../characters.ts'
import { fold } from '../fold.ts'
import { asksOnly, namesNothing } from '../intents.ts'
import { policyWordsIn } from './asides.ts'

/** Longer sentences name something. */
const longest = 12

/** Words that may be said of any event, clauses and numbers. */
const ofAnything = /几点钟?|地点|开始|结束|主讲|主题|[讲改变上]|第|[条款项号]|\d+(?:\.\d+)*/gu

/**
 * Whether a message asks, or is a number, and names nothing that it could be about: 「几点开始」「谁讲」「要什么材料」「4.1」.
 * Words of policy, as 「申请」, name something.
 * @param text as it was sent, without the mention
 */
export function isBareQuestion(text: string): boolean {
  const folded = fold(text).replace(/\s+/gu, '')
  if (!hasAtMost(folded, longest) || policyWordsIn(text).length > 0) return false
  const rest = folded.replace(ofAnything, '')
  return rest === folded ? asksOnly(folded) : namesNothing(rest)
}
