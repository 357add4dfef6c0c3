import type { FeatureWeights } from '../dates/roles.ts'
import { scoresOf, softmax } from '../dates/roles.ts'

/** An amount in the folded text of a notice. */
export type AmountPlace = {
  /** The sentence up to the amount. */
  before: string
  written: string
  /** The sentence from the amount on. */
  after: string
  /** In yuan, or in the currency that is named. */
  worth: number
  title: string
  /** The whole notice is told by a reporter, see {@link isReported}. */
  isNews: boolean
  /** 0 at the beginning of the text, 1 at its end. */
  position: number
}

/** A reporter tells: sums that one company got are no rule. */
const reported =
  /记者|通讯员|供稿|获悉|据(?:了解|介绍|悉)|算了一笔账|(?:先生|女士|[老小]\p{Script=Han}|负责人|总经理|董事长)(?:说|介绍|表示|坦言|回忆|告诉)/u

/** @param folded title and text, with characters folded */
export const isReported = (folded: string) => reported.test(folded)

/** Classes of words that the features name; which of them speak for a rule is learnt, not written here. */
const classes: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    'limit',
    /不低于|不少于|不高于|不超过?|不多于|不[得可能应](?:超过?|低于|高于|少于|多于)|至少|最多|最高|上限|封顶|限额|低于|少于|高于|多于|小于|大于|以内|门槛/u,
  ],
  ['each', /每|户均|人均|单个|单家|单户|单项|单笔|各/u],
  ['must', /须|应|需|要求|条件|达到|满足|具备/u],
  ['benefit', /补助|补贴|奖|资助|扶持|给予?|领|发给|贴息|减免|免除|支持|补/u],
  ['fee', /收费|收取|缴|交|费用|资料费|票价|押金|租金|费/u],
  ['credit', /额度|授信|贷款|担保|融资/u],
  ['rank', /等奖|等级|一等|二等|三等|特等|名次|档|类/u],
  ['turnover', /收入|销售|营收|产值|投资|投入|资产|资本|注册|零售|进出口|纳税|税收|利润|估值/u],
  [
    'total',
    /累计|合计|共计|总计|一共|(?<!公)共(?:安排|投入|支出|发放|兑现|奖补|补助|扶持|资助|花|下达|拨)|加起来|总额|总(?:产值|投[资入]|规模|市值|盘子|收入|金额|计|成交|支出)|余额|总量/u,
  ],
  ['mean', /户均|人均|家均|平均/u],
  ['everyone', /[全我](?:国|省|市|区|县|镇|乡|行|校|园)|各类|历届|往届|辖区|民企|大赛/u],
  [
    'past',
    /去年|上年末|上届|上期|上半年|往年|前[一二三四\d]+个?(?:季度|月)|季度|截至|截止目前|目前|以来|年来|至今/u,
  ],
  ['this year', /今年/u],
  [
    'done',
    /已(?:经|累计|兑现|发放|拨付|投入|帮助|落实|达|超|有|为)|实现|完成|发放了?|兑现|达成|签约|签订|成交|促成|带动|撬动|吸引|获得|拿到|贷到|收到|贡献|新增|追回|核销|揭牌/u,
  ],
  ['exceeded', /突破|超过?|达到?|逾|近|约/u],
  ['worth', /价值|市值|单价|售价|造价|估值|损失|节[约省]|降本|省下|省税|增收|订单|意向|最[高大多]的一/u],
  ['plan', /计划[^,。;]{0,10}(?:安排|投入)|三年|五年|未来|力争|预计/u],
  ['grown', /同比|环比|增长|增幅|增速|占|位列|再创|创新高/u],
  ['served', /[\d一二三四五六七八九十百][\d,]*\s*(?:余|多)?[家户名个项件人张笔次栋]/u],
  ['fund', /资金池|基金|规模|预算|安排|经费|专项/u],
  ['old', /由|原|从/u],
  ['year', /\d{4}\s*(?:年|-)/u],
  ['list', /公示|名单|结果|发放|下达|拟(?:对|奖|拨|发|立)/u],
  ['fraud', /骗|诈|冒充|假冒|黄牛|包办|代办/u],
  ['event', /侧记|捧回|惠及|直达|受益|召开|举行|首笔|动态|十强|揭晓|启动|走进|落地/u],
]

/** The features of an amount as names: how much each speaks for a rule or for a figure of a report is learnt. */
export function amountFeatures(place: AmountPlace): string[] {
  const { before, after, title, isNews, position } = place
  const [clause, next] = [before.replace(/^.*[,;:]/su, ''), after.replace(/[,;。].*$/su, '')]
  const size = sizeOf(place)
  const own = [...classesIn('B', clause), ...classesIn('A', next)]
  return [
    ...new Set([
      'any',
      `size=${size}`,
      `at=${Math.min(3, Math.floor(position * 4))}`,
      `news=${isNews}`,
      ...own,
      ...own.map(name => `${name} ${size}`),
      ...classesIn('L', before),
      ...classesIn('F', after),
      ...classesIn('T', title),
      ...grams('b', clause),
      ...grams('a', next.slice(0, longestAfter)),
      `b<${clause.slice(-1)}`,
      `b<${clause.slice(-2)}`,
      `b<${clause.slice(-3)}`,
      `a>${after.slice(0, 1)}`,
      `a>${after.slice(0, 2)}`,
    ]),
  ]
}

/** From a hundred million yuan on. */
const largeSizes = ['size=4', 'size=5']

/** Words by which a rule bounds a sum. */
const bounds = ['B=limit', 'A=limit', 'B=must', 'B=each', 'B=fund', 'a>以', 'a>及', 'a>(', 'a>的']

/** Words of a total, of the past or of what is done. */
const reports = ['B=total', 'B=past', 'B=done']

/** 「累计新增销售收入46.8亿元」: so large a total that no limit bounds is a figure of a report, whatever the weights say. */
const isLargeFigure = (features: readonly string[]): boolean =>
  [largeSizes, reports].every(some => some.some(feature => features.includes(feature))) &&
  !features.some(feature => bounds.includes(feature))

/** Whether an amount is one that a rule names: what an applicant may get, must have or pays. */
export function isOfRule(features: readonly string[], weights: FeatureWeights): boolean {
  return !isLargeFigure(features) && (softmax(scoresOf(features, weights, 2))[1] ?? 0) >= 0.5
}

const longestAfter = 12

/** Ten thousand, a million, ten millions, a hundred millions, a thousand millions. */
const steps = [1e4, 1e6, 1e7, 1e8, 1e9]
const sizeOf = ({ worth }: AmountPlace) => steps.filter(step => worth >= step).length

function* grams(name: string, text: string): Generator<string> {
  const letters = text.replaceAll(/[\d\s.]+/gu, '#')
  for (let at = 0; at + 2 <= letters.length; at++) yield `${name}:${letters.slice(at, at + 2)}`
}

const classesIn = (name: string, text: string) =>
  classes.flatMap(([word, pattern]) => (pattern.test(text) ? [`${name}=${word}`] : []))
