import { foldCharacters } from '../../../text/characters.ts'
import { officesIn } from '../offices.ts'

const kinds =
  '联盟|协会|学会|商会|促进会|联谊会|联合会|基金会|研究会|总会|合作社|局|厅|委员会|管委会|办公室|政府|中心|公司|集团|银行|分行|支行|大学|学院|党工委|党委|支部|团委|科技园|产业园|创业园|园区|工坊|工场|创客空间|众创空间|孵化器|街道办事处|法院|检察院|专班|指挥部|海关|研究院|居委会|村委会|组委会|联席会议|图书馆|博物馆|文化馆|科技馆|工会|大队|支队|学校|中学|医院|事务所|服务站|驿站|实验室|出版社|杂志社'
const fullOffice = new RegExp(`^\\p{Script=Han}[\\p{Script=Han}（）·]{1,38}(?:${kinds})$`, 'u')
/** 「本局」, 「园区运营部」 and 「市科技局」 are known to their readers only. */
const shortOffice = /^(?:[本我该各省市县区]|有关|相关)/u

/** The whole name of an office, which tells its readers who it is wherever it stands. */
export const isFullOffice = (name: string): boolean =>
  name.length >= 6 && fullOffice.test(name) && !shortOffice.test(name)

/** In characters. */
const longestByline = 60

/** Offices with their whole names beside something else in a line of no text: 「某某公司　2026-11-03　已读 318」. */
export function officesBeside(line: string): string[] {
  const folded = foldCharacters(line).trim()
  const pieces = folded.split(/[\s|·丨/-]+/u)
  const isByline = pieces.length > 1 && folded.length <= longestByline && !/[。;《]|:(?!\d\d)/u.test(folded)
  return isByline ? pieces.filter(isFullOffice).flatMap(officesIn) : []
}

/**
 * The body that gives itself a rule, 「某某协会会费管理办法」, where its text calls it 「本会」.
 * @param texts paragraphs of the text
 */
export function officeActingInTitle(title: string, texts: readonly string[]): string[] {
  const rule = ofBody.exec(title)?.[1] ?? ''
  for (const { index, 0: kind } of rule.matchAll(anyKind)) {
    const name = rule.slice(0, index + kind.length)
    const own = [`本${kind}`, `我${kind}`, `${kind}秘书处`, ...(kind.endsWith('会') ? ['本会'] : [])]
    const isOwn =
      kind === '公司' ||
      /^[“《]/u.test(rule.slice(name.length)) ||
      texts.some(text => own.some(word => text.includes(word)))
    if (isOwn && isFullOffice(name)) return officesIn(name)
  }
  return []
}
const anyKind = new RegExp(kinds, 'gu')
const ofBody =
  /^(?!.*关于)(\p{Script=Han}[\p{Script=Han}（）“”《》\w]{6,50}?)(?:公约|办法|规定|规则|细则|制度|守则|准则|指引|规范|须知|倡议书?|承诺书?|声明|规程|流程|手册|章程|标准|要求|指南|方案|计划|公告|通告|公示|启事|说明)(?:（.{1,12}）)?$/u

/** A name of whatever kind in the last line of a text, with which its title begins. */
export function nameSigned(title: string, texts: readonly string[]): string[] {
  const name = (texts.at(-1) ?? '').trim()
  const isName = /^\p{Script=Han}{4,24}$/u.test(name) && title.startsWith(name) && title !== name
  return isName ? [name] : []
}

/** Lines at either end of a text that may say who wrote it. */
const mostLines = 3
const wrote = new RegExp(
  `(?<=^|[。，,;、：:\\s]|由)((?!由)\\p{Script=Han}(?:(?!由)[\\p{Script=Han}（）]){2,30}?(?:${kinds}))(?:(?<!由.*)\\p{Script=Han}{0,4}(?:梳理|整理|编写|汇总|编制|归纳|汇编|编印|制作)|(?<=本.*)负责解释(?=[。；;，,]|$))`,
  'gu',
)

/**
 * The office that a text names as its own: below 「三、解读机构」, in 「某某局梳理了以下问题」 of its first or last lines,
 * or in 「由某某局负责解释」.
 */
export function officesSaidIn(texts: readonly string[]): string[] {
  const ends = [...texts.slice(0, mostLines), ...texts.slice(-mostLines)]
  const sentences = [...ends, ...texts.filter(text => text.includes('负责解释'))]
  const said = sentences.flatMap(text =>
    [...text.matchAll(wrote)].map(([, name = '']) => name.replace(/^(?:由|经)/u, '')),
  )
  const [first] = [...belowHeading(texts), ...said].filter(isFullOffice)
  return first ? officesIn(first) : []
}

const headed =
  /^(?:\p{Script=Han}{1,3}、|（\p{Script=Han}{1,3}）|\d{1,2}[.．])?\s*(?:政策|文件)?(?:解读|制定|编制|发布|起草)(?:机构|单位|部门|机关)(?:(?:及|和|与)?联系(?:方式|电话))?\s*[：:]?\s*/u

function belowHeading(texts: readonly string[]): string[] {
  const at = texts.findIndex(text => headed.test(text))
  const rest = (texts[at] ?? '').replace(headed, '')
  const said = rest === '' ? (texts[at + 1] ?? '').replace(headed, '') : rest
  const [name = ''] = at < 0 ? [] : said.split(/[，,；;。：:（(\s]/u)
  return [name.replace(/(?<=[局厅会])\p{Script=Han}{2,9}[处科股]$/u, '')]
}
