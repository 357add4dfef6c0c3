import { doubleFamilyNames, familyNames } from '../../../../text/names/family-names.ts'
import { asHeader, fieldOf, fields } from './columns.ts'
import { isMaskedName, isNumberAsName, places } from './person-cells.ts'
import type { FileRow } from './plan.ts'
import { isPost, isTown } from './words-beside-name.ts'

/** First words of lines under a list: who made it, remarks, where it ends. */
const footerMatter = [
  '制表|填表|填报|审核|审批|复核|统计|负责|经办|录入|汇总|联系|核对|签字|盖章|注|备注|说明|附注?|以下(?:空白|无)|此行',
  '记录|主持|点名|登记|整理|校对|签发|报送|监督|带队',
  '（?以上|本表|打印|更新|截至|截止|日期|时间',
].join('|')
const footerWords = `(?:${footerMatter})(?:人|员|单位|日期|时间|电话)?(?:签字|签名|签章)?(?:[:：]|空白|无|$)`
const footer = new RegExp(
  [
    `^${footerWords}`,
    String.raw`^\*|^※|^以[上下]|[（(]?(?:盖章|公章|签章)[)）]?[:：]?$|[:：]$|^第\s*\d+\s*页|^[（(【].*[)）】]$`,
  ].join('|'),
  'u',
)
/** 「党支部书记：林某」, 「数据来源：组织部」; beside empty cells any label and who or what it is. */
const labelled =
  /^[^:：]{0,8}(?:书记|主任|组长|委员|领导|负责|人|员|者|电话|手机|联系方式|热线|来源|日期|时间|单位|部门|地址|邮箱|要求|意见|备注|说明|签[字名章])(?:签[字名章])?\s*[:：]/u
const anyLabel = /^[^:：]{1,10}[:：]/u
/** Sums in words, as they stand under a list: 「男性」, 「平均年龄」. */
const statistics =
  /^(?:男|女)(?:性|士|党员|同志)?$|^(?:平均)?年龄|(?:占比|比例|人数|学历|以上|以下)$|^(?:正式|预备)党员$|^(?:入党)?积极分子$/u
/** 「支部写全称」, 「如有变动报综合科」 beside empty cells. */
const instruction =
  /^(?=.*[写填须请报附勿盖])\p{Script=Han}{4,}$|^(?:特此|谨此|此致)|^[一二三四五六七八九十]+[、.．]|^\d{1,2}月\d{1,2}日$/u
const latinEnd = /^(?:end|eof|total|sum|null|none|n\/?a|blank|the\s+end)$/iu
const written =
  /^\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]|^(?:\d{2,4}\s*)?年\s*(?:\d{1,2}\s*)?月\s*(?:\d{1,2}\s*)?日$/u
const example =
  /示例|身份证|例如|样例|样表|范例|^(?:测试|[Tt]est)\d*$|^[例如][:：\s]|（例）|\(例\)|^(?:必填|选填|非必填|(?:请)?(?:填写|输入).*|\*?必填项?|(?:[单多]行)?文本|字符串?|数[字值]|[单多]选|下拉|日期|text|string)$/iu
/** A sentence is no name. */
const sentence = /[，。；！？]|.{16,}/u
/** 「正式党员2人、预备党员0人」. */
const counts = /^(?:[^\d、，,;；]{1,10}\d+\s*[人名位](?:[、，,;；\s]+|$)){1,6}$/u
/** 「请假的另附假条」 beside empty cells: names are no longer, but for those with a dot between. */
const longWords = /^\p{Script=Han}{6,}$/u
/** Characters of names written by their sound: Uyghur and Kazakh, Tibetan and Mongolian, Western. */
const sounds =
  '阿卜布杜都热合哈曼买麦提艾力江孜孙尼努尔亚木古丽米娜依再比巴拜克拉里丁伊吾玉素甫普斯沙司马穆罕默德图如苏莱萨赛塞排帕夏迪迭达坦别汗吉那纳娅恰凯柯肯库奴塔多' +
  '扎西次仁旺卓玛央金桑格登珠顿平措才让洛乌兰特其日仓宝音勒朝鲁孟和敖高娃托加宗贡丹增罗边白嘎瓦' +
  '诺贝蒂安琪莎莉约翰逊森'
/** 「阿卜杜热合曼」, 「买买提艾力江」: longer names than others. */
const soundedName = new RegExp(`^[${sounds}]+$`, 'u')
const sum = /^(?:合计|总计|小计|共计|总人数|人数)|^共\d+[人名位]$/u
const heading =
  /(?:支部|党总支|党委|党组织|小组)(?:[（(]?共?\d+[人名位][)）]?)?$|(?:名单|花?名册|登记表|信息表|签到表|统计表|一览表|通讯录)$/u
/** Around 「——以下空白——」. */
const strokes = /^[-—–=＝*＊~～·.\s]+|[-—–=＝*＊~～·.\s]+$/gu
const letters = /\p{L}.*\p{L}/u
const oneName = /^\p{Script=Han}{2,4}$/u
/** Few, as 和 is also a part of names: the time doubles with each. */
const joinedNames = /^\p{Script=Han}{2,4}(?:\s*和\s*\p{Script=Han}{2,4}){1,5}$/u

/** @returns why a line of a list is no person, in Chinese; undefined for a person */
export function skippedAs({
  name,
  isHidden,
  isExample,
  isHeading,
  isSignature,
  hasLeft,
  ...given
}: FileRow): string | undefined {
  if (isHidden) return '这一行在表里是隐藏的，没有读；要导入请先取消隐藏'
  if (isHeading) return '像是小标题，不是人'
  if (fieldOf(name) !== undefined) return '又一行表头'
  if (name !== '' && (heading.test(name) || places.some(field => given[field] === name)))
    return '像是小标题，不是人'
  const cells = fields.flatMap(field => (field !== 'name' && given[field] !== '' ? [given[field]] : []))
  const said = name === '' && cells.length === 1 ? (cells[0] ?? '') : name
  if (sum.test(asHeader(said)) || statistics.test(asHeader(said))) return '合计行'
  const isSigned = name === '' && cells.length > 0 && cells.every(cell => isNote(cell, true))
  if (isSignature || isSigned || isNote(said, cells.length === 0)) return '像是说明或落款，不是人'
  if (isExample) return '像填写示例，没有读；真有这个人请单独添加'
  if (example.test(name) || example.test(given.note)) return '填写示例，不是人'
  if (hasLeft) return '写着已经离开，没有读；还在的话请改这一行再导入'
  if (
    name !== '' &&
    ((!letters.test(name) && !isMaskedName(name) && !isNumberAsName(name)) ||
      latinEnd.test(name) ||
      /^(?:无|暂无|空白|[（(]?(?:空|待[定补填]|暂[缺空]|空缺|未定|[xX×]{2,3}|某某某?)[)）]?)$/u.test(name))
  )
    return '没有写名字'
  return undefined
}

/** @param isAlone the other cells of the line are empty */
function isNote(said: string, isAlone: boolean): boolean {
  const plain = said.replaceAll(strokes, '').trim()
  const isText = isAlone && [longWords, instruction, anyLabel].some(words => words.test(plain))
  return (
    (isText && !soundedName.test(plain)) ||
    [sentence, counts, footer, labelled, written].some(words => words.test(plain) || words.test(said.trim()))
  )
}

/** 「张三、李四」 in one cell. */
export function isSeveralNames(name: string): boolean {
  const parts = name.split(/[/、,，;；]/u).map(part => part.trim())
  return parts.every(part => joinedNames.test(part) || (parts.length > 1 && oneName.test(part)))
}

const wordBelowName =
  /(?:党员|群众|[团会]员|离职|退休|请假|代签|新增|同志|先生|女士|老师|[经总]理|主任|书记)$/u

/** 「张三 李四」 in one cell, as lines or by blanks, as 「张三、李四」; a name that is spread stays as it is. */
export function withNamesApart(cell: string): string {
  const parts = cell.trim().split(/\s+/u)
  const areLines = /[\r\n]/u.test(cell.trim())
  const beginsAsName = (part: string) =>
    (familyNames.has(part.slice(0, 1)) || familyNames.has(part.slice(0, 2))) && !isPost(part) && !isTown(part)
  const isName = (part: string) =>
    /^\p{Script=Han}{2,4}$/u.test(part) &&
    (areLines ? !wordBelowName.test(part) && !isPost(part) && !isTown(part) : beginsAsName(part))
  const isOne = doubleFamilyNames.includes(parts[0] ?? '') || soundedName.test(parts.join(''))
  return parts.length > 1 && parts.every(isName) && !isOne ? parts.join('、') : cell
}
