import { foldCharacters } from '../../text/characters.ts'

const endings =
  '局|厅|部|委|委员会|办|办公室|政府|会|院|中心|集团|公司|处|科|所|站|社|学校|大学|学院|党委|党组|支部|工委|组|指挥部|法院|检察院|银行|分行|支行|联合会|协会|总队|支队|大队|海关|园区|开发区|管委会|税务局|街道|镇|区|总局|署'
const office = new RegExp(
  `^\\p{Script=Han}[\\p{Script=Han}()·、]{1,38}(?:${endings})(?:\\([^()]{1,12}\\))?$`,
  'u',
)
const notOffice = /^(?:关于|附件|抄送|主送|各|第|本|联系)|的(?:通知|函)|办法|印发|申请|证书|通知/u

/** The offices that a line names, and nothing else; empty where it says anything more. */
export function officesIn(line: string): string[] {
  const pieces = foldCharacters(line)
    .trim()
    .split(/[\s|]+/u)
  const names = pieces.every(piece => [...piece].length === 1) ? [pieces.join('')] : pieces
  const areOffices = names.every(name => office.test(name) && !notOffice.test(name))
  return areOffices ? names.map(plainOffice) : []
}

/** With the brackets of Chinese text. */
export const plainOffice = (name: string) =>
  foldCharacters(name).replaceAll(/\s/gu, '').replaceAll('(', '（').replaceAll(')', '）')

/** 「某某局关于……的公告」, 「某某协会章程」; of several offices in one word none is told. */
export function officeOfTitle(title: string): string[] {
  const name = /^(.{4,40}?)(?:关于.*|章程)$/u.exec(title)?.[1] ?? ''
  const areSeveral = /[局厅会室府心部]\p{Script=Han}{1,8}[省市县区](?!域)/u.test(name)
  return areSeveral ? [] : officesIn(name)
}
