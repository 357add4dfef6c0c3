import { foldCharacters } from '../../../text/characters.ts'
import { normalNumber } from '../../../text/notices/document-number.ts'
import { firstDay } from '../dates.ts'
import { isStandard } from '../number-line.ts'
import { officesIn, plainOffice } from '../offices.ts'
import { labelNames } from './label-names.ts'
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

/** Whether a text is 「文　号」 or another name of a field, and nothing else. */
export const isLabelName = (text: string): boolean => labelName.test(unspaced(foldCharacters(text)))

const anyName = Object.values(labelNames).join('|')
const label = new RegExp(`(?<=^|[\\s|])(${anyName})\\s*(?::|\\|)\\s*`, 'gu')
const labelName = new RegExp(`^(?:${anyName})$`, 'u')

/** 「（发布日期：2026-12-11）」, 「【来源：区政府办】【时间：2026-02-02】」 */
const withoutBrackets = (folded: string) =>
  folded
    .trim()
    .replace(/^\((\p{Script=Han}{2,6}:[^()]*)\)$/u, '$1')
    .replaceAll(/\[(\p{Script=Han}{2,6}:[^[\]]*)\]/gu, ' $1 ')
    .trim()

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

export type LabelsBelow = {
  issuers: string[]
  date: string | undefined
  /** The day of 「编辑于……」. */
  posted: string | undefined
}
export const noLabels: LabelsBelow = { issuers: [], date: undefined, posted: undefined }

const mostLinesBelow = 8
/** A task in a text has a 「责任单位：……」 too, and an event has a 「时间：……」. */
const publishes = new RegExp(
  `^(?!责任|公开责任|所属|更新|时\\s*间|日\\s*期)(?:${labelNames.issuer}|${labelNames.signed}|${labelNames.published})\\s*[:|]`,
  'u',
)

/** 「发布单位：某某局」 and 「发布日期：……」 as the last lines of a text, in place of a signature. */
export function labelsBelow(lines: readonly { text: string }[]): LabelsBelow {
  const last = lines.slice(-mostLinesBelow).map(({ text }) => withoutFrame(foldCharacters(text)))
  const read = last.filter(text => publishes.test(text)).map(readLabels)
  const days = (said: readonly (string | undefined)[]) => said.find(date => date !== undefined)
  return {
    issuers: read.flatMap(labels => labels?.issuers ?? []),
    date: days(read.map(labels => labels?.date ?? labels?.published)),
    posted: days(last.filter(text => /^(?:发[布表]|编辑|更新)于/u.test(text)).map(firstDay)),
  }
}

/** 「来源丨某某局」 and 「（来源：某某局）」. */
const withoutFrame = (folded: string) =>
  folded
    .replaceAll('丨', '|')
    .trim()
    .replace(/^\((.*)\)$/u, '$1')

/** 「统一编号：LJ0100-2026-0003」 and other fields before those that are read. */
const otherBefore = /^(?:\p{Script=Han}{2,6}:[^。,;:《]{0,40}){1,4}$/u
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

const issuerName = new RegExp(`^(?:${labelNames.issuer})$`, 'u')
const nameAlone = /^\p{Script=Han}[\p{Script=Han}（）()·]{3,29}$/u
/** 「来源：某某日报」. */
const mediaName =
  /^(?!本|网络|互联)\p{Script=Han}{2,12}(?:日报|晚报|早报|时报|商报|快报|报社|电视台|电台|新闻网?|通讯社|融媒|发布|在线|观察|周刊|杂志|[^互联]网)$/u
export const isMedia = (name: string): boolean => mediaName.test(name)
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
  const saysOffice =
    /(?:单位|机关|机构|部门|主体|团体名称)$/u.test(unspaced(said.name)) || mediaName.test(value)
  const isUnknown = offices.length === 0 && saysOffice && nameAlone.test(value) && !noOneOffice.test(value)
  return isUnknown ? [plainOffice(value)] : offices
}

/** The dash of a standard is its own. */
function asWritten(number: string, text: string): string {
  const at = foldCharacters(text).indexOf(number)
  const written = text.slice(at, at + number.length).normalize('NFKC')
  return foldCharacters(written) === number ? written : number
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
  const saidFor = (kind: keyof typeof labelNames) =>
    said.find(
      ({ name, value }) => new RegExp(`^(?:${labelNames[kind]})$`, 'u').test(unspaced(name)) && value !== '',
    )?.value
  const number = saidFor('number')?.replace(/(?<=[〔[(]\d{4}[〕\])]\d{1,5}号)\s.*$/u, '')
  const published = saidFor('published') ?? (folded.length <= longestLabelled ? folded : before)
  return {
    issuers: issuersOf(said.find(({ name, value }) => issuerName.test(unspaced(name)) && value !== '')),
    number:
      number && isStandard(number)
        ? asWritten(number, text)
        : number && /号$/u.test(number)
          ? normalNumber(number)
          : undefined,
    date: firstDay(saidFor('signed') ?? ''),
    published: firstDay(published),
    title: saidFor('title'),
  }
}
