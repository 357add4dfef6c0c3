import { taxesNamed } from '../../../../text/taxes.ts'
import type { HeardQuery } from '../query/query.ts'
import type { Ranked } from '../ranking/ranking.ts'

/** 「个税起征点多少」: what an entry says of one tax is false of another that it does not name. */
export function isOfOtherTax({ folded, isOfEdited }: HeardQuery, [first]: readonly Ranked[]): boolean {
  const asked = taxesNamed(folded)
  if (!isOfEdited || first === undefined || asked.length === 0) return false
  const { question, otherQuestions, answer } = first.item
  const spoken = taxesNamed([question, ...otherQuestions, answer].join('\n'))
  return asked.every(tax => !spoken.includes(tax))
}

/** A general taxpayer who asks, and not how one becomes it: 「超过多少要变一般纳税人」. */
const general = /(?<!变|转|升|成|为|当|登记)一般纳税人/u

/** 「一般纳税人税率多少」: what an entry says of small-scale taxpayers alone is false of general ones. */
export function isOfOtherTaxpayers({ folded, isOfEdited }: HeardQuery, [first]: readonly Ranked[]): boolean {
  if (!isOfEdited || first === undefined || folded.includes('小规模') || !general.test(folded)) return false
  const { question } = first.item
  return question.includes('小规模') && !question.includes('一般纳税人')
}

/** 「区里高企奖励多少钱」: what the district itself gives is another matter than what city or state do. */
export function isOfDistrict({ district }: HeardQuery, [first, ...others]: readonly Ranked[]): boolean {
  const isIts = ({ item }: Ranked) => district !== undefined && item.region?.includes(district) === true
  return first !== undefined && !isIts(first) && others.slice(0, 2).some(isIts)
}
