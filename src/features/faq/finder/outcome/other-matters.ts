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

/** 「区里高企奖励多少钱」: what the district itself gives is another matter than what city or state do. */
export function isOfDistrict({ district }: HeardQuery, [first, ...others]: readonly Ranked[]): boolean {
  const isIts = ({ item }: Ranked) => district !== undefined && item.region?.includes(district) === true
  return first !== undefined && !isIts(first) && others.slice(0, 2).some(isIts)
}
