/** Words for made-up things that are asked for. */
const madeUp =
  /挂名|顶名|凑人头|代写|枪手|假(?:合同|发票|工时|流水|材料|社保|专利|证)|造假|作假|虚(?:开|报|构|增|列)|看起来像真|倒签|补造|伪造|刷流水|套取|骗(?:补|取)|P(?:图|掉|一张)/iu
const made = /(?:编|做|写|弄|补)(?:一?份|一?个|几个|一?套|一?些)?(?:像样的|假的?|现成的?)/u
const bought =
  /(?:哪|怎么|找谁|谁有|有没有|帮忙?|推荐|介绍|能不能|想)[^，。？]{0,6}买[^，。？]{0,6}(?:软[著着]|专利|论文|发票|社保|学历|证书|证)/u
/** Questions about consequences, or from victims: these want to know the rule. */
const asksAfterwards =
  /举报|处罚|罚|后果|会怎样|会怎么|算不算|违法|合法吗|被骗|被查|查出|查到|取消资格|算造假|算作假/u

/** Whether a folded text asks for help with deceiving an office: people put down in name only, bought certificates. */
export function asksForFraud(folded: string): boolean {
  if (asksAfterwards.test(folded)) return false
  return madeUp.test(folded) || made.test(folded) || bought.test(folded)
}
