import type { Detail, Wish } from './records.ts'

/** Words that ask for each wish, in order of precedence: 「能不能网上办」 wants a yes or no, 「多久」 no amount. */
const askedBy: readonly (readonly [Wish, RegExp])[] = [
  [
    'can',
    /(?:[吗嘛不没]|(?<![什怎甚多那这要])么)$|吗[，,]|是否|可否|能否|有没有?|还能|还有没|(?<yes>[\u4e00-\u9fff])不\k<yes>/u,
  ],
  ['papers', /材料|资料|带什么|带啥|证明|表格|证件|什么证|啥证|准备什么|准备啥|交什么|交啥|哪些东西/u],
  [
    'where',
    /哪里|哪儿|在哪|去哪|到哪(?!1?[档类级种])|找谁|哪个部门|什么部门|哪个单位|哪个网|网址|网站|入口|平台|窗口|地址|电话|哪家银行|谁管/u,
  ],
  [
    'when',
    /什么时候|啥时候|啥时|何时|几月|几号|哪天|哪年|截止|期限|多久|多长时间|几天|几年|几个月|有效期|几时|时限/u,
  ],
  [
    'amount',
    /多少|几分(?!钟)|几个点|几个?百分点|金额|额度|比例|税率|几成|最高|最多|上限|几万|几千|几块|几折|百分之几|多大|收费|费用/u,
  ],
  ['who', /条件|要求|门槛|资格|谁能|谁可以|哪些人|哪些企业|哪些公司|什么样的|啥样的|什么公司|什么企业|哪类/u],
  ['how', /怎么|怎样|如何|咋|流程|步骤|手续|办法/u],
  // 「外地户口也能领吧」「个体户可以办」
  [
    'can',
    /^(?!.*(?:什么|啥|哪|谁|为何)).*(?:吧$|可以|够得?上|(?<!只|才|就|都|不|智|功|性|技|职|产)能(?!够|力|源|耗))/u,
  ],
]

const endings = new Set('的了啊呀呢哦？?！!。.~～ \n\t')

/** Wish of a question; undefined where it is not clear. @param folded without the signs at its end */
export function wishOf(folded: string): Wish | undefined {
  // By hand: a pattern for the end of a text is tried anew at each of these signs in its midst.
  let end = folded.length
  while (endings.has(folded.charAt(end - 1))) end -= 1
  const asked = folded.slice(0, end)
  return askedBy.find(([, words]) => words.test(asked))?.[0]
}

/** The lines under an answer that tell what is wished for. */
export const detailsFor: Readonly<Partial<Record<Wish, Detail['about']>>> = {
  amount: 'amount',
  when: 'when',
  where: 'how',
  who: 'who',
  papers: 'papers',
  how: 'how',
}
