import { asHeader, fieldOf } from './columns.ts'
import type { RosterTable } from './layout.ts'

/** Number of fields that a header names. */
export const knownFields = (header: readonly string[]) =>
  new Set(header.map(fieldOf).filter(field => field !== undefined)).size
/** A page of instructions names a field and tells about it; a list names several and has people below. */
export const weightOf = ({ header, body }: RosterTable) =>
  knownFields(header) * 1000 + Math.min(999, body.length)
/** Whether two sheets have the same header, or tell the same of their people in another order. */
export function isSameKind(table: RosterTable, best: RosterTable): boolean {
  const signatureOf = ({ header }: RosterTable) => header.map(asHeader).join('|')
  if (signatureOf(table) === signatureOf(best)) return true
  const told = ({ fields }: RosterTable) => new Set(fields.filter(field => field && field !== 'note'))
  return told(best).size > 1 && told(table).symmetricDifference(told(best)).size === 0
}

const guideTitle = /说明|须知|指南|示例|样例|样表|范例|例表|示范/u
/** A sheet that shows how to fill in the others; a template has no more than two examples. */
export const isGuide = ({ title, body }: RosterTable) =>
  guideTitle.test(title) || (/模板|模版/u.test(title) && body.length <= 2)
