import { withoutLongBlanks } from '../../../../text/characters.ts'
import { familyNames } from '../../../../text/names/family-names.ts'
import type { RosterRow } from '../../records/records.ts'
import { isPlaceName, isPost, isTown, withoutKindOfPost } from './words-beside-name.ts'

/** Names of two characters are spread to the width of three: 「柏　舟」. */
const spreadName = /(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu
/** 「阿里木 · 买买提」. */
const aroundDot = /(?<=\p{Script=Han})\s+(?=[·•‧])|(?<=[·•‧])\s+(?=\p{Script=Han})/gu
const markBefore = [
  String.raw`(?!\d)\p{Emoji_Presentation}\ufe0f?`,
  String.raw`\d{1,4}[.、．)）]\s*|\d{1,3}\s+(?=\p{Script=Han})|[（(]\d{1,3}[)）]\s*`,
  String.raw`[①-⑳㈠-㈩]\s*|[★☆●○▲△■◆*✓√※]+\s*`,
]
const marks = new RegExp(
  `^(?:${markBefore.join('|')})+|(?:\\s*(?:[★☆●○▲△■◆*✓√]|(?!\\d)\\p{Emoji_Presentation}\\ufe0f?))+$`,
  'gu',
)
/** Last words of a remark in brackets: 「青年委员」, 「联系人」. */
const postInBrackets = [
  '书记|委员|党员|分子|组长|班长|队长|主任|负责人?|联系人|法人|创始人|合伙人|经办人|总监|院长|校长|会计|出纳|秘书|董事长?|指导员',
  '先生|女士|主持人?|主讲人?|代表|经理|干事|讲师|老师|请假|新增|兼',
].join('|')
const remarkText = String.raw`男|女|新(?:人|成员)?|预备|\p{Script=Han}{1,4}族|[^（()）【】[\]]*(?:${postInBrackets})`
const remark = new RegExp(String.raw`[（(【[]\s*(?<role>${remarkText})\s*[)）】\]]$`, 'u')

const postAlone = [
  '副?总?经理|副?主任|(?:党?支部)?副?书记|(?:组织|宣传|纪检|青年|统战|群工|生活|学习|文体)?委员|副组长|联络员',
  '预备党员|正式党员|入党积极分子|积极分子|组长|队长|班长|总监|董事长|执行董事|法人(?:代表)?|创始人|合伙人|负责人|联系人',
  '会计|秘书|干事|指导员|老师|先生|女士',
].join('|')
/** 「甘棠 总经理」. */
const postBehind = new RegExp(
  String.raw`^(?<name>.*?\p{Script=Han}{2,4})\s+(?<post>(?:${postAlone}))\s*$`,
  'u',
)

/** Marks that show nothing and come along when a cell is copied: the contacts of a phone put them around a number. */
const invisible = /[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu
export const withoutInvisible = (cell: string) => cell.replaceAll(invisible, '')

/** 「甘棠女士」; a family name alone keeps its word: 「欧阳先生」. */
const wordOfRespect = /(?<=^\p{Script=Han}{2,4})(?:先生|女士|小姐|同志)$/u
function withoutRespect(name: string): string {
  const bare = name.replace(wordOfRespect, '')
  return familyNames.has(bare) ? name : bare
}

/** 「柏　舟」 as 「柏舟」. */
export const withoutSpread = (name: string) => name.replaceAll(spreadName, '').replaceAll(aroundDot, '')

const latinName = "(?<latin>[A-Za-z][A-Za-z .'-]*?)"
const hanName = String.raw`(?<han>\p{Script=Han}{2,4})`
/** 「Peter Lin（林彼得）」, 「林彼得 (Peter Lin)」 and 「林彼得/Peter Lin」. */
const foreignForm = new RegExp(
  String.raw`^(?:${latinName}\s*[（(]${hanName}[)）]|${hanName}\s*[（(]${latinName}[)）]|${latinName}[\s/]+${hanName}|${hanName}(?:\s*/\s*|\s+(?=\S+\s))${latinName})$`,
  'u',
)

/** 「甘*」, 「甘*棠」: as offices publish names. */
const maskedName = /^\p{Script=Han}(?:[*＊]{1,2}\p{Script=Han}?|[xX×]{2})$/u
export const isMaskedName = (name: string) => maskedName.test(name)

/** A mobile number in the column of the names: columns and their titles do not belong together. */
export const isNumberAsName = (name: string) => /^1[3-9]\d{9}$/u.test(name)

const isFamilyName = (words: string) => words.length < 2 || familyNames.has(words)

/** 「甘棠总经理」; behind a family name alone the post is part of how a person is called. */
const postAttached =
  /^(?<name>\p{Script=Han}{2,3}?)(?<post>副?总?经理|董事长|副?书记|副?主任|总监|秘书长|副?会长|老师|教授|律师)$/u

const wordOf = (field: 'branch' | 'space' | 'team', ends: string) =>
  String.raw`(?<${field}>[^（()）\s—－-]{1,16}?(?:${ends}))`
const wordOfPlace = `(?:${[
  wordOf('branch', '支部|党总支'),
  wordOf('space', '空间|大厦|孵化器|园区|工场|基地'),
  wordOf('team', '公司|工作室|事务所|企业|集团|合作社|商行|研究院'),
].join('|')})`
/** 「联系园区」, 「原一支部」, 「未入支部」: the person is not of it, or not any more. */
const remarkOnPlace =
  /^(?:联系|分管|负责|派?驻(?!地)|挂[职点靠钩]|兼[任管]|转[自入到出至往去]|拟[转入进迁]|待[入转定]|曾[在任是]|不[在属]|未[入在进定加转编]|前[任在]|原(?![点创力野乡色])|[无没]有?(?:党支部|支部|空间|公司|企业|工作室)$)/u
const nameAlone = String.raw`(?<name>\p{Script=Han}{2,4})`
const placeInName = new RegExp(
  String.raw`^(?:${wordOfPlace}\s*[—－_-]+\s*${nameAlone}|${nameAlone}\s*[—－_-]+\s*${wordOfPlace}|${nameAlone}\s*[（(]${wordOfPlace}[)）])$`,
  'u',
)

const numberBefore = /^\d{1,3}[.、．)）]\s*/u
/** Parts of a cell beside the name; empty where they do not stand there. */
export const nothingBeside = { phone: '', branch: '', space: '', team: '', remark: '' }

/** 「优空间-甘棠」, 「甘棠（一支部）」 and 「甘棠-木石公司」 as the name and the place; empty where none stands there. */
function splitPlace(written: string): typeof nothingBeside & { name: string } {
  const {
    name,
    branch = '',
    space = '',
    team = '',
  } = placeInName.exec(written.trim().replace(numberBefore, ''))?.groups ?? {}
  if (name === undefined || isPlaceName(name)) return { ...nothingBeside, name: written }
  const told = branch || space || team
  return remarkOnPlace.test(told)
    ? { ...nothingBeside, name, remark: told }
    : { ...nothingBeside, name, branch, space, team }
}

/** Whether a cell names a person beside a place or company, and no place alone. */
export const isPersonOfPlace = (written: string) => splitPlace(written).name !== written

/** 「王磊 高工」, 「李娜 宁德」. */
const wordsBehind = /^(?<name>\p{Script=Han}{2,4})\s+(?<words>\p{Script=Han}{2,6})$/u

/** 「1.甘棠（组长）★」 as 「甘棠」 and 「组长」. */
function readName(written: string): { name: string; remark: string } {
  if (isMaskedName(written.trim())) return { name: written.trim(), remark: '' }
  const { name: before, words } = wordsBehind.exec(written.trim())?.groups ?? {}
  if (before && words && (isPost(words) || isTown(words))) return { name: before, remark: words }
  const unmarked = withoutSpread(written.replace(postBehind, '$<name>（$<post>）'))
    .replaceAll(marks, '')
    .trim()
  const bare = withoutRespect(unmarked)
  const { han, latin } = foreignForm.exec(bare)?.groups ?? {}
  if (han !== undefined) return { name: han, remark: latin ?? '' }
  const { name, post } = postAttached.exec(bare)?.groups ?? {}
  if (name !== undefined && !isFamilyName(withoutKindOfPost(name))) return { name, remark: post ?? '' }
  const found = remark.exec(bare)
  if (!found || found.index === 0) return { name: bare || written, remark: '' }
  return { name: bare.slice(0, found.index).trim(), remark: found.groups?.role ?? '' }
}

const mobileBeside =
  /^(?<name>[^\d]*\p{L}[^\d]*?)\s*[（(:：,，/|-]?\s*(?<phone>1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})\s*[)）]?$/u

const mobileBefore = /^(?<phone>1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})[\s:：,，/-]*(?<name>\p{L}[^\d]*)$/u

/** 「甘棠2890」, as members are called in groups; a year is no part of a number. */
const tailBehind = /^(?<name>\p{Script=Han}{2,4})[\s_-]?(?<phone>\d{4})$/u
const year = /^(?:19[4-9]|20[0-3])\d$/u

/**
 * 「甘棠 13800001234」, 「13800001234 甘棠」 and 「甘棠1234」 as the name and the number; the number is
 * empty where none stands there.
 */
function splitPhone(written: string): { name: string; phone: string; remark: string } {
  const plain = withoutLongBlanks(written.normalize('NFKC').trim())
  const found = mobileBeside.exec(plain) ?? mobileBefore.exec(plain) ?? tailBehind.exec(plain)
  const { name = written, phone = '' } = found?.groups ?? {}
  if (phone === '') return { name: written, phone, remark: '' }
  return year.test(phone)
    ? { name: name.trim(), phone: '', remark: phone }
    : { name: name.trim(), phone, remark: '' }
}

/** No name with what stands beside it is longer, and the patterns take a time that grows faster than the cell. */
const longestCell = 200

/** The name in a cell, and what stands with it; empty where nothing does. */
export function readPerson(written: string): typeof nothingBeside & { name: string } {
  if (written.length > longestCell) return { ...nothingBeside, name: written }
  const placed = splitPlace(written)
  const { name: bare, phone, remark: beside } = splitPhone(placed.name)
  const { name, remark } = readName(bare)
  return { ...placed, name, phone, remark: remark || beside || placed.remark }
}

/** As Excel writes a long number into a CSV while the column is narrow: 1.38E+10. */
const scientific = /^\d(?:\.\d+)?e\+?\d{1,3}$/iu
/** 「13,800,001,111」, a number in a cell with thousands separators. */
const grouped = /^\d{1,3}(?:,\d{3}){2,4}$/u
const maskedMobile = /(?<!\d)1\d{2}[*xX×]{2,6}(?<tail>\d{4})(?!\d)/u
/** 「尾号1111」, 「1111（后四位）」. */
const namedTail =
  /^\D{0,9}(?:尾号|[后末]四位)\D{0,9}(?<behind>\d{4})\D{0,9}$|^(?<before>\d{4})\D{0,9}(?:尾号|[后末]四位)\D{0,9}$/u
const landline = /^0\d{9,11}$|^[2-9]\d{6,7}$/u

/**
 * The last four digits of a mobile number, also where spaces, dashes or a second number stand with it.
 * @param isOfWechat the column may hold the names of accounts, 「手机/微信」
 * @returns what was written where it is no mobile number; empty for a landline, which proves no identity
 */
export function readPhoneTail(written: string, isOfWechat = false): { tail: string; hint: string } {
  const plain = written
    .normalize('NFKC')
    .trim()
    .replace(/^(\d+)\.0+$/u, '$1')
  if (isOfWechat && /[^\d\s+-]/u.test(plain) && !/(?<![\d_a-z-])1[3-9][\d*xX×]{9}(?!\d)/iu.test(plain))
    return { tail: '', hint: '这一格没有写手机号，别的列照常读' }
  if (scientific.test(plain)) return { tail: plain, hint: '' }
  if (grouped.test(plain)) return readPhoneTail(plain.replaceAll(',', ''))
  const { behind, before } = namedTail.exec(plain)?.groups ?? {}
  const masked = behind ?? before ?? maskedMobile.exec(plain)?.groups?.tail
  if (masked) return { tail: masked, hint: '' }
  const numbers = [...plain.matchAll(/\d(?:[\s-]?\d){4,}/gu)].map(([found]) => found.replaceAll(/\D/gu, ''))
  if (numbers.length === 0) return { tail: plain.replaceAll(/\s/gu, ''), hint: '' }
  const mobile = numbers.map(number => number.replace(/^(?:00)?86(?=1\d{10}$)/u, '')).find(isMobile)
  if (mobile) return { tail: mobile.slice(-4), hint: '' }
  if (numbers.every(number => landline.test(number))) return { tail: '', hint: '座机不能当手机尾号，没有读' }
  const [first = ''] = numbers
  return { tail: /^1\d{6,}$/u.test(first) ? first : first.slice(-4), hint: '' }
}

const isMobile = (number: string) => /^1[3-9]\d{9}$/u.test(number)

/** @returns what is wrong with the four digits, in Chinese; empty digits are nothing wrong */
export function problemOfTail(tail: string): string | undefined {
  if (tail === '' || /^\d{4}$/u.test(tail)) return undefined
  if (scientific.test(tail))
    return `手机号变成了 ${tail}，请在表格里把这一列设成文本或数字、拉宽以后再另存一份`
  if (/^#+$/u.test(tail)) return '手机号显示成了「###」，请把这一列拉宽以后再另存一份'
  if (/^\d{5,}$/u.test(tail) && !isMobile(tail)) return `手机号要是 11 位，这里是 ${tail.length} 位，请核对`
  return /^\d{1,3}$/u.test(tail)
    ? '手机尾号要是四位数字，前面的 0 好像丢了，请把这一列设成文本再填'
    : '手机尾号要是四位数字'
}

/** Places that a line may name. */
export const places = ['space', 'branch', 'team'] as const satisfies (keyof RosterRow)[]
