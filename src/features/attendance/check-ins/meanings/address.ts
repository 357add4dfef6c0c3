const nouns =
  '(?:小?伙伴|老师|同志|同学|朋友|创客|党员|成员|学员|组员|家人|领导|嘉宾|人员|书记|主任|兄弟|姐妹|战友|群友|大佬|老板|企业家|邻居|亲)'
const leads = '(?:各位|诸位|大家|全体|在座的?|所有的?)'
const audience = `(?:${leads}人?|${nouns}们)们?(?:(?:[、和及\\s]?|,\\s?(?=${leads}))(?:${leads}|${nouns})们?)*`
const greeting = '(?:早上|上午|中午|下午|晚上|大家|你们)?(?:好|辛苦了?)[啊呀]?|早安?(?=[\\p{P}\\s])'
const atFront = new RegExp(
  `^(?<audience>${audience})(?<greeting>${greeting})?(?<gap>[\\p{P}\\p{S}\\s]*)(?<rest>.+)$`,
  'su',
)
const alone = new RegExp(`^${audience}$`, 'u')
/** 「大家」 and 「全体」 are for calls; to report oneself one speaks to 「各位」. */
const crowd = /大家|全体|所有/u

/** The words behind those spoken to at the front of a message. */
type Address = {
  rest: string
  /** Whether the message greets them: 「各位老师好」. */
  isGreeted: boolean
  /** Whether a comma, another mark or a space stands before the rest. */
  isApart: boolean
  /** Whether the address is one of a call: 「大家」. */
  isCrowd: boolean
}

/**
 * @param folded a folded message
 * @returns undefined where it does not begin by speaking to several people
 */
export function addressOf(folded: string): Address | undefined {
  const { audience: said, greeting: greeted, gap, rest } = atFront.exec(folded)?.groups ?? {}
  if (said === undefined || rest === undefined) return undefined
  return { rest, isGreeted: greeted !== undefined, isApart: gap !== '', isCrowd: crowd.test(said) }
}

/** Whether a clause only speaks to people: 「家人们」. 「大家」 is left in its place, as it is one of calls. */
export const isAddress = (clause: string): boolean => alone.test(clause) && !crowd.test(clause)
