/** The clause and the sentence around an amount, in folded text. */
type Surroundings = {
  /** The sentence up to the amount. */
  before: string
  /** The sentence from the amount on. */
  after: string
  title: string
  /** The whole notice is told by a reporter, see {@link isReported}. */
  isNews: boolean
}

/** @param folded title and text, with characters folded */
export const isReported = (folded: string) => reported.test(folded)

/** A limit or a rate: always a rule, also in a sentence about what was achieved. */
const limitBefore =
  /(?:不低于|不少于|不高于|不超过?|不多于|不[得可能应](?:超过?|低于|高于|少于|多于)|至少|最多|最高|上限|封顶|限额|低于|少于|高于|多于|小于|大于|[满每]|[应须需要](?:当|该)?(?:达到?|超过?|在|有)?)[^,;:]{0,8}$/u
const limitAfter =
  /^(?:\s*[、,或和]\s*\d[\d,.]*\s*[万亿]?元)*\s*(?:\((?:含|不含)[^)]*\))?(?:以上|以下|以内|之内|起|封顶|的|,?\s*(?:给予|奖励|补助|资助|补贴|一次性|按))|^[^,。;]{0,6}(?:以上|以下|以内)/u
/** Words for sums that an applicant gets or pays. */
const benefit =
  /补助|补贴|补$|奖|资助|扶持|给予?|领|发给|加到?|贴息|减免|免除|减按|标准|收费|收取|缴|交|费用|资料费|票价|押金|额度|授信|定额|首次|租金|须|应当|要求|条件/u
/** Sums over many, or of a time that is past. */
const aggregate =
  /累计|合计|共计|总计|共(?=\p{Script=Han}{0,4}$|\d)|总(?:额|产值|投资额?)|余额|户均|人均|家均|平均|产值|零售额|成交|签约|交易额|促成|追回|核销|揭牌|出资|本金|投放|拿出|准备了|铺底|拟兑现|[全我](?:国|省|市|区|县|镇|乡|行|校)|(?:上|下)半年|前[一二三四\d]+个?(?:季度|月)|季度|截至|同比|环比|增长|惠及|去年|今年|往届|上期|上届|(?:收到|贷到|获得|拿到|领到)了?$|实现|完成|已(?:经|累计|兑现|发放|拨付|投入|帮助|落实|达|超|有|为)/u
/** Words of reports that always mark a statistic. */
const surelyAggregate =
  /(?:预算|(?:资金|经费)[^,;:]{0,6}安排了?|累计|合计|共计|总计|总额|户均|人均|余额|(?:拟对|已[为对给])\d+多?[家户名个人]|促成|追回|核销|(?:今年|全[市省区县国]).*(?:达到?|突破|超过?))[^,;:]*$/u
const doneAfter = /^\s*(?:已|到账|就?到了账|[,，]\s*(?:同比|增长|增速))/u
/** A reporter tells: what one company got is no rule. */
const reported = /记者|通讯员|供稿|获悉|据(?:了解|介绍|悉|统计)/u
/** Titles of news. */
const newsTitle = /侧记|捧回|惠及|直达|受益|签约|促成|召开|举行|首笔|动态|十强|揭晓|启动.*受益/u

/**
 * Whether a sum is a figure of a report (「全区零售额达412亿元」「合计87.4亿元」) and not one that a rule names: what an
 * applicant may get, must have or pays.
 */
export function isStatistic({ before, after, title, isNews }: Surroundings): boolean {
  const clause = before.replace(/^.*[,;:]/su, '')
  if (limitBefore.test(clause) || limitAfter.test(after)) return false
  if (surelyAggregate.test(clause) || doneAfter.test(after)) return true
  if (isNews && !/给予|拟/u.test(clause)) return true
  if (aggregate.test(clause)) return !benefit.test(clause)
  if (benefit.test(clause) || benefit.test(after.replace(/[,;。].*$/su, ''))) return false
  return (aggregate.test(before) && !benefit.test(before)) || newsTitle.test(title)
}
