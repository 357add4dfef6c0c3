import { alternation } from '../alternation.ts'

/** Over a list of what a notice rests on, or in a clause that cites another document. */
const citing = alternation([
  /依据|根据|参照|按照?|依照|贯彻|落实|执行|对照|政策文件|相关文件|兑现政策|(?:链接|清单)\s*:|(?:计划|项目|备案|批准|许可|合同|采购)(?:文号|编号)|批文|批复/u,
  /证书?编号|原文|来源|出处|转[载自来]|上级|[省市区]里|省厅|废止|参见|参考|详见|转发|(?:近日|日前)(?:正式)?(?:联合)?(?:印发|下发|发布|出台)/u,
])
/** 「《申报公告》（编号：」, 「《若干措施》武新管〔2022〕18号」 */
const behindName = /》\s*[,(]?\s*$/u
/** 「2. 榕科规〔2024〕3号」 is an item of a list, and so is 「1 | 甲项目 | 榕科〔2025〕31号」. */
const listItem =
  /(?:^|[:;。])\s*(?:\d{1,2}[.、)]|\(?[一二三四五六七八九十\d]{1,3}[)、])\s*$|^\s*\d{1,3}\s*[|\t]/u
/** 「参考：银发〔2025〕8号、」: behind a label that is none of a number, or behind another number. */
const behindOther = /(?:\p{Script=Han}\s*:|号\s*[、和及])\s*$/u
/** The lines of a web page above a notice: 「来源：福州市妇联 发布时间：2026-11-20」. */
const pageLabels = /^\s*(?:[^\s:。;,]{2,8}:\s?[^\s。;,:]+\s+)+$/u
const reposted = /转[载自发]/u
/** Words of a citation that run into the letters of an office: 「根据榕财企〔2026〕31号」. */
const citingLead = /^\p{Script=Han}{0,4}(?:根据|按照?|依据|依照|参照|参见|详见|贯彻|落实|执行|转发|废止)/u

/** @param line up to a number, its label not included */
export function isCiting(line: string): boolean {
  if (pageLabels.test(line) && !reposted.test(line)) return false
  return behindName.test(line) || citing.test(lastClause(line))
}

/** Whether a number without a label of its own is one of a list. @param line up to the number */
export const isListed = (line: string): boolean => listItem.test(line) || behindOther.test(line)

/** @param number as it stands in the text */
export const beginsAsCitation = (number: string): boolean => citingLead.test(number.trim())

const lastClause = (line: string) => line.replace(/[。;\s]+$/u, '').replace(/^.*[。;]/u, '')

/** 「原文照登如下」: what follows is the notice itself, not a citation. */
const reprints = /(?:原文|全文)[^。;]{0,4}(?:如下|附后|照登)/u
/** The name of a document in a line of its own. */
const isName = /^\s*《[^》]{4,60}》\s*$/u
const issues = /(?:印发|发布|公布|关于)\s*$/u

/**
 * Whether a number in a line of its own is cited by the lines above it.
 * @param above the line above, and the one above that; empty where there is none
 */
export function isCitedAbove([above, further]: readonly [string, string]): boolean {
  if (isName.test(above)) return !issues.test(further)
  return citing.test(above) && !reprints.test(above)
}
