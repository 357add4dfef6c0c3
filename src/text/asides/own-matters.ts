import { ownMatterNouns } from './own-matter-nouns.ts'
import { type OwnMatter, ownMatterSentences } from './own-matter-sentences.ts'

/** Longer sentences tell more than one matter. */
const longest = 24

/** Words of policy beside which no pattern of a matter says what is asked. */
const policy =
  /补贴|补助|奖励|奖补|资助|扣除|税|贷款|社保|医保|公积金|高企|国高|省高|科小|小巨人|专精特新|申报|认定|备案|专利|商标|执照|工商|年报|法人|股东|合同|劳动|孵化|人才|项目|减免|职称|学历/u

/**
 * @param folded a folded text without its address
 * @returns undefined for what may be a policy question
 */
export function ownMatterOf(folded: string): OwnMatter | undefined {
  if ([...folded].length > longest || policy.test(folded)) return undefined
  return ownMatterSentences.find(([, pattern]) => pattern.test(folded))?.[0]
}

/**
 * The matter that a noun of the bot's own world stands for; less sure than {@link ownMatterOf}.
 * @param folded as there
 */
export function nearOwnMatterOf(folded: string): OwnMatter | undefined {
  if ([...folded].length > longest || policy.test(folded)) return undefined
  return ownMatterNouns.find(([, pattern]) => pattern.test(folded))?.[0]
}
