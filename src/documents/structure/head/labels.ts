import { foldCharacters } from '../../../text/characters.ts'
import { normalNumber } from '../../../text/notices/document-number.ts'
import { firstDay } from '../dates.ts'
import { isStandard } from '../number-line.ts'
import { officesIn, plainOffice } from '../offices.ts'
import { unspaced } from './title.ts'

/** Content of the table above a document on a web page. */
type Labelled = {
  issuers: string[]
  number: string | undefined
  /** The day of the signature. */
  date: string | undefined
  published: string | undefined
  title: string | undefined
}

const names = {
  issuer:
    '发文机关|发文单位|发文机构|发文部门|发布部门|发布机构|发布单位|发布机关|制定机关|制发机关|印发单位|公开责任部门|责任部门|责任单位|公布机关|颁布机关|颁布单位|公开机构|公开单位|信息发布机构|信息提供单位|所属机构|解读单位|解读机关|编写单位|编制单位|整理单位|整理|信息来源|文章来源|来源',
  number:
    '发文字号|文号|备注/文号|文件编号|公文编号|公文文号|文件字号|发文文号|发布文号|文件文号|文件号|发文号|编号',
  signed:
    '成文日期|成文时间|生成日期|公文生成日期|形成日期|发文日期|签发日期|发文时间|制发日期|印发日期|印发时间|签署日期|公文日期|文件日期|颁布日期|形成时间|生成时间|制定日期|编制日期|编写日期|编印日期',
  published:
    '发布日期|发布时间|公布日期|公开日期|更新日期|更新时间|公布时间|公开时间|上网时间|上网日期|上传时间|录入时间|发表时间|发稿时间|日期|时间',
  title: '标题|文件名称|名称|信息名称|文件标题|公文标题|信息标题|公文名称|政策名称',
  other:
    '索引号|内容概述|内容摘要|主题分类|主题词|有效性|效力状态|文件状态|政策状态|公文种类|体裁分类|组配分类|信息类别|信息分类|服务对象分类|生命周期|浏览次数|点击数?|阅读次数|作者|责任编辑|编辑|公开方式|公开范围|公开形式|字体|关键词|生效日期|失效日期|废止日期|实施日期|施行日期|执行日期|时效性|公开类别|公开属性|公开期限|公开依据|文件类型|文件种类|所属栏目|信息索引号?|统一编号|浏览量|阅读量|访问量|点击[量率]|浏览|阅读|发布人|发布者|责编|分类',
} as const
/** The letters of a name may stand apart: 「文　　号」. */
const spread = (names: string) => names.replaceAll(/(?<=\p{Script=Han})(?=\p{Script=Han}|\/)/gu, '\\s*')
const label = new RegExp(`(?<=^|[\\s|])(${spread(Object.values(names).join('|'))})\\s*(?::|\\|)\\s*`, 'gu')

const labelName = new RegExp(`^(?:${Object.values(names).join('|')})$`, 'u')
/** Whether a text is 「文　号」 or another name of a field, and nothing else. */
export const isLabelName = (text: string): boolean => labelName.test(unspaced(foldCharacters(text)))

/** 「（发布日期：2026-12-11）」 */
const withoutBrackets = (folded: string) => folded.trim().replace(/^\((\p{Script=Han}{2,6}:[^()]*)\)$/u, '$1')

/** 「文号 榕科〔2026〕12号」 without a colon. */
const numberBehind = /(?<=^|\s)(文号|发文字号)\s+(?=\p{Script=Han}{1,12}[〔[(]\d{4}[〕\])]\d{1,5}号)/gu

/** 「【文号】榕科〔2026〕12号」 as 「文号:榕科〔2026〕12号」. */
const withColons = (folded: string) =>
  folded
    .replaceAll(numberBehind, '$1:')
    .replaceAll(/[[【]\s*(\p{Script=Han}(?:\s*\p{Script=Han}){1,5})\s*[\]】]\s*:?/gu, ' $1:')
    .trimStart()

/** 「文号 | 榕科〔2026〕12号 | 成文日期 | 2026-03-02」 as fields with colons; other rows as they are. */
function withoutCells(folded: string): string {
  const cells = folded.split('|').map(cell => cell.trim())
  const areFields = cells.length > 1 && cells.every((cell, at) => at % 2 === 1 || cellName.test(cell))
  return areFields ? cells.map((cell, at) => (at % 2 === 0 ? `${cell}:` : cell)).join(' ') : folded
}
const cellName = /^(?:\p{Script=Han}\s*){2,8}$/u

export type LabelsBelow = { issuers: string[]; date: string | undefined }
export const noLabels: LabelsBelow = { issuers: [], date: undefined }

const mostLinesBelow = 8
const publishes =
  /^(?:(?:发布|发文|印发|公布|制定|成文|解读|编写|编制|整理)(?:单位|机关|机构|部门|日期|时间)|(?:信息|文章)?来源)\s*[:|]/u

/** 「发布单位：某某局」 and 「发布日期：……」 as the last lines of a text, in place of a signature. */
export function labelsBelow(lines: readonly { text: string }[]): LabelsBelow {
  const last = lines.slice(-mostLinesBelow).map(({ text }) => withoutFrame(foldCharacters(text)))
  const read = last.filter(text => publishes.test(text)).map(readLabels)
  return {
    issuers: read.flatMap(labels => labels?.issuers ?? []),
    date: read.map(labels => labels?.date ?? labels?.published).find(date => date !== undefined),
  }
}

/** 「来源丨某某局」 and 「（来源：某某局）」. */
const withoutFrame = (folded: string) =>
  folded
    .replaceAll('丨', '|')
    .trim()
    .replace(/^\((.*)\)$/u, '$1')

/** 「统一编号：LJ0100-2026-0003」 and other fields before those that are read. */
const otherBefore = /^\p{Script=Han}{2,6}:[^。,;:《]{0,40}$/u
/** In characters. */
const longestLabelled = 80
/** 「来源：某某局　2026-05-11」. */
const dayBehind = /\s+\d{4}\s*[-/年.].*$/u
/** The day of publication, without a label. */
const dayBefore =
  /^\d{4}(?:-\d{1,2}-\d{1,2}|\/\d{1,2}\/\d{1,2}|年\d{1,2}月\d{1,2}日)(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*\|?$/u

/** 「字号：大 中 小」 behind a value, often without a space. */
const unknownLabel =
  /(?:[\s|][[【]?\p{Script=Han}{2,6}[】\]]?|字[号体]|(?:浏览|点击|阅读|访问)(?:次数|量|数)?)\s*:.*$/u

/** 「字号＋ 字号－」 and 「打印」 behind the last value. */
const toolsBehind =
  /\s+(?:字[号体]|打印|关闭|分享|收藏|语音|阅读|浏览|点击|我要|评论|转发|纠错|微[信博]|\[\s*[大打关]).*$/u

const issuerName = new RegExp(`^(?:${names.issuer})$`, 'u')
const nameAlone = /^\p{Script=Han}[\p{Script=Han}（）()·]{3,29}$/u
/** 「责任单位：各有关部门」 names all that have to act. */
const noOneOffice = /各|有关|相关/u

/**
 * An office of whatever kind where the page says which office issues; a source may be any site, and 「整理：……」 may
 * name a person.
 */
function issuersOf(said: { name: string; value: string } | undefined): string[] {
  if (!said) return []
  const value = said.value.replace(dayBehind, '').trim()
  const offices = officesIn(value.replaceAll(/[、,]/gu, ' ')).filter(office => !noOneOffice.test(office))
  const saysOffice = /(?:单位|机关|机构|部门)$/u.test(unspaced(said.name))
  const isUnknown = offices.length === 0 && saysOffice && nameAlone.test(value) && !noOneOffice.test(value)
  return isUnknown ? [plainOffice(value)] : offices
}

/** Reads 「发文字号：榕科〔2026〕12号 发布日期：2026-03-02」. @returns undefined where a line has no label. */
export function readLabels(text: string): Labelled | undefined {
  const folded = withoutCells(withColons(withoutBrackets(foldCharacters(text))))
  const found = [...folded.matchAll(label)]
  const [first] = found
  if (!first) return undefined
  const before = folded.slice(0, first.index).trim()
  if (first.index > 1 && !otherBefore.test(before) && !dayBefore.test(before)) return undefined
  const said = found.map((each, at) => ({
    name: each[1] ?? '',
    value: folded
      .slice(each.index + each[0].length, found[at + 1]?.index)
      .replace(unknownLabel, '')
      .replace(toolsBehind, '')
      .replaceAll(/^[\s|]+|[\s|]+$/gu, ''),
  }))
  const saidFor = (kind: keyof typeof names) =>
    said.find(
      ({ name, value }) => new RegExp(`^(?:${names[kind]})$`, 'u').test(unspaced(name)) && value !== '',
    )?.value
  const number = saidFor('number')?.replace(/(?<=[〔[(]\d{4}[〕\])]\d{1,5}号)\s.*$/u, '')
  const published = saidFor('published') ?? (folded.length <= longestLabelled ? folded : before)
  return {
    issuers: issuersOf(said.find(({ name, value }) => issuerName.test(unspaced(name)) && value !== '')),
    number:
      number && isStandard(number)
        ? number
        : number && /号$/u.test(number)
          ? normalNumber(number)
          : undefined,
    date: firstDay(saidFor('signed') ?? ''),
    published: firstDay(published),
    title: saidFor('title'),
  }
}
