import { foldCharacters } from '../../../text/characters.ts'
import { normalNumber } from '../../../text/notices/document-number.ts'
import { firstDay } from '../dates.ts'
import { officesIn } from '../offices.ts'

/** Content of the table above a document on a web page. */
type Labelled = {
  issuers: string[]
  number: string | undefined
  date: string | undefined
  title: string | undefined
}

const names = {
  issuer:
    '发文机关|发文单位|发布机构|发布单位|发布机关|制定机关|制发机关|印发单位|公开责任部门|信息来源|来\\s*源',
  number: '发文字号|文\\s*号|文件编号|文件字号|发文文号',
  signed: '成文日期|成文时间|发文日期|签发日期|发文时间|制发日期|印发日期',
  published: '发布日期|发布时间|公布日期|公开日期|日期|时间',
  title: '标\\s*题|文件名称|名\\s*称|信息名称',
  other:
    '索\\s*引\\s*号|主题分类|主题词|有效性|效力状态|文件状态|公文种类|体裁分类|组配分类|信息类别|信息分类|服务对象分类|生命周期|浏览次数|点击数?|阅读次数|作者|责任编辑|编辑|公开方式|公开范围|公开形式|字体|关键词|生效日期|失效日期|废止日期|分类',
} as const
const label = new RegExp(
  `(?:^|[\\s|\\]】])[\\[【]?(${Object.values(names).join('|')})[\\]】]?\\s*(?:[:：]|\\s\\|\\s|\\|)\\s*`,
  'gu',
)

/** 「字号：大 中 小」 behind a value, often without a space. */
const unknownLabel =
  /(?:[\s|][[【]?\p{Script=Han}{2,6}[】\]]?|字[号体]|(?:浏览|点击|阅读|访问)(?:次数|量|数)?)\s*:.*$/u

/** Reads 「发文字号：榕科〔2026〕12号 发布日期：2026-03-02」. @returns undefined where a line has no label. */
export function readLabels(text: string): Labelled | undefined {
  const folded = foldCharacters(text)
  const found = [...folded.matchAll(label)]
  if (found.length === 0 || (found[0]?.index ?? 0) > 1) return undefined
  const said = found.map((each, at) => ({
    name: each[1] ?? '',
    value: folded
      .slice(each.index + each[0].length, found[at + 1]?.index)
      .replace(unknownLabel, '')
      .replaceAll(/^[\s|]+|[\s|]+$/gu, ''),
  }))
  const saidFor = (kind: keyof typeof names) =>
    said.find(({ name, value }) => new RegExp(`^(?:${names[kind]})$`, 'u').test(name) && value !== '')?.value
  const number = saidFor('number')
  const signed = saidFor('signed') ?? saidFor('published')
  return {
    issuers: officesIn((saidFor('issuer') ?? '').replaceAll(/[、,]/gu, ' ')),
    number: number && /号$/u.test(number) ? normalNumber(number) : undefined,
    date: signed && firstDay(signed),
    title: saidFor('title'),
  }
}
