import { instantOf, sayFullTime } from '../../../text/dates/time.ts'
import { aliasesOf } from '../identities/ledger.ts'
import type { Identity } from '../records/identity-records.ts'
import type { RosterRow } from '../records/records.ts'
import { fieldNames, fields } from '../roster/file/columns.ts'

/** Sensitive (PIPL article 28): shown to the person by an organizer, face to face. */
const notInChats = 'party'

/** The roster row, for the member who proved to be that person. */
export function sayOwnRow(row: RosterRow): string[] {
  const told = fields.filter(field => row[field] !== '' && field !== notInChats)
  return [
    `名单：${told.map(field => `${fieldNames[field]} ${row[field]}`).join('，')}`,
    ...(row.party === '' ? [] : ['名单上还有：政治面貌（内容请向组织者当面查看，不在聊天里说）']),
  ]
}

/** The same to who goes by that name without a proof: nothing but how to prove it. */
export const sayUnprovenRow = ({ name, phoneTail }: RosterRow): string =>
  phoneTail === ''
    ? `名单：按群昵称对上了${name}，内容要组织者核对过身份才显示。`
    : `名单：按群昵称对上了${name}，内容要核对过身份才显示：请发「我是 ${name} 手机尾号四位」。`

export function sayIdentity(identity: Identity): string {
  const names = aliasesOf(identity).slice(0, 3).join('、')
  return `${names || '（没有名字）'}，${sayFullTime(instantOf(identity.linkedAt))}记下`
}
