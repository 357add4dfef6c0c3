import { foldCharacters } from '../characters.ts'
import { numberOf } from '../figures/numerals.ts'

const han = '\\p{Script=Han}'
/** 「榕财企（指）」: letters of an office, one part of them perhaps in brackets. */
const issuer = `${han}{1,16}(?:[(〔]${han}{1,4}[)〕]${han}{0,6})?`
const bracketed = `${issuer}\\s*[〔\\[(<〈]\\s*\\d{4}\\s*(?:年)?\\s*[〕\\])>〉]\\s*第?\\s*\\d{1,5}\\s*号`
const byYear = `(?:${han}[${han} 、]{0,40}?)?\\d{4}\\s*年\\s*第\\s*(?:\\d{1,5}|[一二三四五六七八九十百]{1,4})\\s*号`
const order = `${han}{2,30}(?:令\\s*第?|(?:公告|通告)\\s*第)\\s*\\d{1,5}\\s*号`
const any = `(?:${bracketed}|${order}|${byYear})`

const label =
  '(?<!计划|项目|备案|批准|许可|合同)(?:发文字号|文\\s*号|(?:文件)?编号|文件字号|字\\s*号)\\s*[:\\]]?'
const labelled = new RegExp(`${label}\\s*(${any})`, 'u')
const alone = new RegExp(
  `^\\s*[(\\[]?\\s*(${any})\\s*[)\\]]?\\s*(?:签发人.*|\\d{4}年\\d{1,2}月\\d{1,2}日)?$`,
  'u',
)
/** Words that may not follow a notice's own number: they mark a cited one. */
const cited = '(?!\\s*(?:文|要求|规定|精神|等|的|和|、|同时|已|载明|明确|提出|出台|正式))'
/** The first thing in the text, perhaps behind the office or the title. */
const leading = new RegExp(
  `^\\s*(?:${han}{2,24}文件\\s*|[^。;:,\\n]{0,30}关于[^。;:\\n》]{4,80}的(?:通知|公告|通告|函|意见|启事)\\s*\\(\\s*)?(${bracketed}|(?:公告|${han}{2,24}公告)\\d{4}年第\\d{1,5}号)${cited}`,
  'u',
)
/** Below the lines of a web page, in front of those whom the notice is for. */
const beforeAddressees = new RegExp(`^\\s*\\(?(${bracketed})(?:\\s+|\\)\\s*)(?=各|[^。;,\\n]{2,60}:)`, 'u')
const closingTitle = new RegExp(`(?<![》」』”"])[\\s(\\[]*(${any})\\s*[)\\]]?\\s*$`, 'u')
const openingTitle = new RegExp(`^\\s*[(\\[]?(${bracketed}|${byYear})[)\\]]?[\\s:]`, 'u')
/** Behind the day of the signature, or the last thing in the text. */
const closing = new RegExp(
  `(?:日|表|(?<!${han}))\\s*[(\\[]?((?!日|${han}{0,9}表)${bracketed})\\s*[)\\]]?(?:\\([^()]{1,8}\\))?\\s*(?:${han}{2,30}(?:局|委员会|会|办公室|厅|部)\\s*)?(?:[\\d〇零○一二三四五六七八九十]{1,4}年[\\d一二三四五六七八九十]{1,3}月[\\d一二三四五六七八九十]{1,3}日)?\\s*。?\\s*$`,
  'u',
)
/** 「我局印发本公告（海林草〔2026〕16号）」: the text says that the number is its own. */
const inBrackets = new RegExp(`\\((?<number>${bracketed})\\)${cited}`, 'gu')
const saysOwn = /(?:本|现(?!行)|我[局委会办厅市区县]|印发|开展|启动|制定)[^。;,《》\n]*$/u
/** In characters: no clause that names a document is longer. */
const longestClause = 300
/** 「…公告」 in a line of its own, whose number stands in the next. */
const namesOffice = /^\s*(?!关于)[^关\n]{2,40}(?:公告|通告)\s*$/u
const orderAbove = /^\s*\p{Script=Han}{2,30}令\s*$/u
const orderNumber = /^\s*(第\s*\d{1,5}\s*号)\s*$/u
/** Over a list of what a notice rests on, or in a clause that cites another document. */
const citing =
  /依据|根据|参照|按照?|依照|贯彻|落实|执行|对照|政策文件|相关文件|(?:计划|项目|备案|批准|许可|合同)(?:文号|编号)|原文|来源|转[载自]|废止|参见|详见|转发|(?:近日|日前)(?:正式)?(?:联合)?(?:印发|下发|发布|出台)/u
/** 「原文照登如下」: what follows is the notice itself, not a citation. */
const reprints = /(?:原文|全文)[^。;]{0,4}(?:如下|附后|照登)/u
/** 「近日，某中心印发《…通知》（…〔2022〕11号），主要内容如下」: the notice is told again under its own number. */
const retold = new RegExp(
  `》\\((?<number>${bracketed})(?:,?(?:以下)?简称["“]?本|(?<=印发《[^》]*》\\([^)]*)\\)[^。;\\n]{0,16}如下)`,
  'u',
)
/** Rules that are explained to the public keep their number; the explanation has none. */
const isExplanation = /解读|读懂|图解/u
/** Stands before the text of each attachment, on a line of its own with the attachment's name. */
export const attachedMark = '附件正文：'
const attachment = /^\s*附件?\s*\d*\s*(?::|$)/u
/** A body has begun by then: a number further down is another document's. */
const headLines = 8
/** Signature, day, attachments and copies stand in these. */
const footLines = 6

/**
 * The notice's own number, never one that it cites: where it is labelled, in a line of its own at the head, at the end
 * of the title, below the signature, or where the text says that it is its own.
 * @returns with 〔〕 and half-width digits, without spaces: 「国科发火〔2016〕32号」「公告2026年第10号」
 */
export function findDocumentNumber(title: string, text: string): string | undefined {
  const lines = withDigits(foldCharacters(ownText(text)))
    .split('\n')
    .filter(line => line.trim() !== '')
  const attachedFrom = lines.findIndex(line => attachment.test(line))
  const head = lines.slice(0, attachedFrom < 0 ? headLines : Math.min(attachedFrom, headLines))
  const foot = lines.slice(-footLines)
  const heading = withDigits(foldCharacters(title))
  if (isExplanation.test(heading)) return normalised(headNumber(head))
  const found =
    firstOf(head, labelled) ??
    headNumber(head) ??
    firstOf(head.slice(0, 1), leading) ??
    firstOf(head, beforeAddressees) ??
    firstOf([heading], openingTitle) ??
    titleNumber(heading) ??
    footNumber(foot, lines.join('\n')) ??
    firstOf(lines.slice(headLines), labelled) ??
    namedNumber(lines) ??
    retold.exec(head.join('\n'))?.groups?.number
  return normalised(found)
}

const normalised = (found: string | undefined) => found && normalNumber(found)

/** Before the texts of attachments; of a text that is little but those, all of it. */
function ownText(text: string): string {
  const own = text.split(attachedMark, 1)[0] ?? ''
  return own.length < shortestOwn ? text : own
}
const shortestOwn = 40

/** 「〔二〇二六〕三十六号」 with Arabic digits. */
function withDigits(folded: string): string {
  return folded
    .replace(/(?<=[〔[(]\s*)[〇○零一二三四五六七八九]{4}(?=\s*年?\s*[〕\])])/gu, year =>
      String(numberOf(year)),
    )
    .replace(/(?<=[〔[(]\s*\d{4}\s*[〕\])]\s*第?\s*)[〇○零一二三四五六七八九十百]{1,6}(?=\s*号)/gu, serial =>
      serialDigits(serial),
    )
}

/** 「一七五」 as 「175」, 「一百七十五」 as well; what is no number stays. */
function serialDigits(serial: string): string {
  const isSpelt = /[十百]/u.test(serial)
  return isSpelt
    ? String(numberOf(serial) ?? serial)
    : [...serial].map(char => String(numberOf(char))).join('')
}

function firstOf(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)
    const before = line.slice(0, found?.index)
    if (found?.[1] && !isCiting(before) && !behindName.test(before)) return found[1]
  }
  return undefined
}

/** 「《申报公告》（编号：」 */
const behindName = /》\s*\(\s*$/u

/** @param before of one line, up to the number */
const isCiting = (before: string) => citing.test(lastClause(before))

const lastClause = (line: string) => line.replace(/[。;\s]+$/u, '').replace(/^.*[。;]/u, '')

function headNumber(head: readonly string[]): string | undefined {
  for (const [at, line] of head.entries()) {
    const found = alone.exec(line)?.[1] ?? pieceOf(line)
    const above = head[at - 1] ?? ''
    const ofOrder = orderAbove.test(above) ? orderNumber.exec(line)?.[1] : undefined
    if (ofOrder) return above.trim() + ofOrder
    if (found && (!citing.test(above) || reprints.test(above)))
      return /^\s*\d/.test(found) && namesOffice.test(above) ? above.trim() + found : found
  }
  return undefined
}

/** A number apart from other words of a short line: 「榕科〔2026〕12号　　签发：×××」. */
function pieceOf(line: string): string | undefined {
  if (line.length > longestHeadLine || /[。;,]/u.test(line)) return undefined
  const pieces = line.trim().split(/\s{2,}|\t|\|/u)
  const found = pieces.length > 1 ? pieces.map(piece => alone.exec(piece)?.[1]).find(Boolean) : undefined
  return found && !isCiting(line.slice(0, line.indexOf(found))) ? found : undefined
}
const longestHeadLine = 80

/** A number in the midst of a title, or behind another document's name, is cited. */
function titleNumber(title: string): string | undefined {
  const found = closingTitle.exec(title)
  if (!found?.[1]) return undefined
  const before = title.slice(0, found.index + found[0].indexOf(found[1]))
  return /(?:关于|转发|依据|根据)[^《]*《[^》]*$/u.test(before) ? undefined : withoutTitle(found[1])
}

/** 「关于…的公告2026年第4号」: the title runs into the number. */
function withoutTitle(number: string): string {
  return number.replace(/^.*(?:的|关于.*)(?=(?:公告|通告|令|\d))/u, '')
}

const endsSentence = /。\s*$/u

/** Some offices print it below the signature, below the attachments, or behind whom they send copies to. */
function footNumber(lines: readonly string[], whole: string): string | undefined {
  for (const [at, line] of lines.entries()) {
    const above = lines[at - 1] ?? ''
    if (isCiting(above) && !endsSentence.test(above)) continue
    const pieces = line.split(/\s+|[;。|]/u).map(piece => piece.replace(/\([^()]{1,8}\)$/u, ''))
    const found = pieces.map(piece => alone.exec(piece)?.[1]).find(Boolean) ?? closing.exec(line)?.[1]
    const isCited = !found || isCiting(line.slice(0, line.indexOf(found))) || whole.includes(`》(${found}`)
    if (!isCited) return found
  }
  return undefined
}

function namedNumber(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const own = [...line.matchAll(inBrackets)].find(({ index }) => saysOwn.test(clauseBefore(line, index)))
    if (own?.groups?.number && !citing.test(clauseBefore(line, own.index))) return own.groups.number
  }
  return undefined
}

const clauseBefore = (line: string, at: number) =>
  line.slice(Math.max(0, at - longestClause), at).replace(/^.*[。;,]/u, '')

/** 〔〕 around the year, half-width, no spaces; 「第」 stays only where it is part of the form, after 年 or 令. */
export function normalNumber(number: string): string {
  return withDigits(foldCharacters(number))
    .replaceAll(/\s+/gu, '')
    .replace(/[〔[(<〈](\d{4})年?[〕\])>〉]第?/u, '〔$1〕')
    .replace(/^[([]/u, '')
}
