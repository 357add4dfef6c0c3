import { asHeader, fieldOf } from './columns.ts'
import type { RosterTable } from './layout.ts'

/** Number of fields that a header names. */
export const knownFields = (header: readonly string[]) =>
  new Set(header.map(fieldOf).filter(field => field !== undefined)).size
/** A page of instructions names a field and tells about it; a list names several and has people below. */
export const weightOf = ({ header, body }: RosterTable) =>
  knownFields(header) * 1000 + Math.min(999, body.length)
/** 「优空间支部」, 「第二组」, 「三楼（8人）」: one sheet for each part of the people. */
const titleOfPart =
  /(?:支部|党总支|党委|空间|大厦|孵化器|园区?|基地|工场|[组班队楼座层])(?:[（(]\s*共?\s*\d+\s*[人名位]\s*[)）])?$/u

/**
 * Whether two sheets have the same header, or tell the same of their people in another order; of sheets that are each
 * named after a part of the people one may tell less.
 */
export function isSameKind(table: RosterTable, best: RosterTable): boolean {
  const signatureOf = ({ header }: RosterTable) => header.map(asHeader).join('|')
  if (signatureOf(table) === signatureOf(best)) return true
  const told = ({ fields }: RosterTable) => new Set(fields.filter(field => field && field !== 'note'))
  const [here, there] = [told(table), told(best)]
  const areParts = [table, best].every(({ title }) => titleOfPart.test(title.trim()))
  if (areParts)
    return Math.min(here.size, there.size) > 1 && (here.isSubsetOf(there) || there.isSubsetOf(here))
  return there.size > 1 && here.symmetricDifference(there).size === 0
}

const guideTitle = /说明|须知|指南|示例|样例|样表|范例|例表|示范/u
const left = '(?<![未没不非待拟])(?:退出|离职|离[开园]|转出|调[离出]|注销|作废|停用|归档|备份)'
/** Companies leave a park so; persons leave a school. */
const graduated = '^已?毕业'
const ofWhom = '(?:的)?(?:人员|成员|党员|企业|团队|名[单册]|花名册)?(?:[（(].*)?$'
/** 「已退出」, 「历史人员」, 「2024旧名单」. */
const titleOfFormer = new RegExp(
  [
    '^(?:历史|旧)(?:人员|成员|党员|企业|团队|名[单册]|花名册|数据|表|版|$)',
    '(?<![新依破老仍])旧(?:名[单册]|花名册|表(?![现彰])|版)',
    `(?:${left}|${graduated})${ofWhom}`,
  ].join('|'),
  'u',
)
const titleOfCount = /^(?:党员|成员|团队|应到|实到|在册|总)?(?:人数|数量|数|总数)$/u
/**
 * A sheet of numbers names those who answer for a branch, not its people; where it has their
 * phones or companies, it is a list.
 */
const isSummary = ({ header, fields, body }: RosterTable) =>
  !header.some(title => /姓名|名字/u.test(asHeader(title))) &&
  !fields.includes('phoneTail') &&
  !fields.includes('team') &&
  header.some(
    (title, place) =>
      titleOfCount.test(asHeader(title)) && body.some(({ cells }) => /^\d+$/u.test(cells[place] ?? '')),
  )

/**
 * Whether a sheet shows how to fill in the others, counts their people or holds those who have left; a template has no
 * more than two examples.
 */
export const isBesideLists = (table: RosterTable) =>
  guideTitle.test(table.title) ||
  (/模板|模版/u.test(table.title) && table.body.length <= 2) ||
  titleOfFormer.test(table.title.trim()) ||
  isSummary(table)
