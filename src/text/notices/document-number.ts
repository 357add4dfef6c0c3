import { beginsAsCitation, isCitedAbove, isCiting, isListed } from './number-citations.ts'
import { anyNumber, bracketed, byYear, han, serialDigits, withReadableNumbers } from './number-forms.ts'

/** 「发文字号：」, 「本文文号为」; 「采购文号」 and 「许可证编号」 are of other things. */
const label = `(?<!${han})(?:(?:本|此)${han}{0,6}?|发[文布]|公文|文件|原文|函|指标)?(?:文\\s*号|编\\s*号|文件(?:字)?号|字\\s*号|函号)\\s*[:\\]]?\\s*(?:[为是](?:什么|多少)?\\??)?`
const labelled = new RegExp(`${label}\\s*(${anyNumber})`, 'u')
/** 「主题：[榕科〔2026〕12号]」 of a mail. */
const subject = new RegExp(`^\\s*(?:主\\s*题|标\\s*题|题\\s*目)\\s*:\\s*[\\[(]?(${bracketed})`, 'u')
const alone = new RegExp(
  `^\\s*[(\\[]?\\s*(${anyNumber})\\s*[)\\]]?\\s*(?:签发人.*|附件\\d*|文件?|\\d{4}年\\d{1,2}月\\d{1,2}日)?$`,
  'u',
)
/** Words that may not follow a notice's own number: they mark a cited one. */
const cited = '(?!\\s*(?:文|要求|规定|精神|等|的|和|、|同时|已|载明|明确|提出|出台|正式))'
/** The first thing in the text, perhaps behind the office or the title. */
const leading = new RegExp(
  `^\\s*(?:${han}{2,24}文件\\s*|[^。;:,\\n]{0,30}关于[^。;:\\n》]{4,80}的(?:通知|公告|通告|函|意见|启事)\\s*\\(\\s*)?(${bracketed}|(?:公告|${han}{2,24}公告)\\d{4}年第\\d{1,5}号)${cited}`,
  'u',
)
/** Below or behind the lines of a web page, in front of those whom the notice is for. */
const beforeAddressees = new RegExp(
  `(?:^|\\s)\\(?(${bracketed})(?:\\s+|\\)\\s*)(?=各|[^。;,\\n]{2,60}:)`,
  'u',
)
const closingTitle = new RegExp(`(?<![》」』”"])[\\s(\\[_-]*(${anyNumber})\\s*[)\\]]?\\s*$`, 'u')
const openingTitle = new RegExp(`^\\s*[(\\[「]?(${bracketed}|${byYear})(?:[)\\]」]|(?=[\\s:_-]|关于))`, 'u')
const officeEnd = '(?:局|处|会|委|厅|办|部|院|社|公司|中心|所|站|行|政府|办公室)'
/** Behind the day of the signature, the name of an office or of an attachment, or the last thing in the text. */
const closing = new RegExp(
  `(?:日\\s*[(\\[]?|表\\s*|(?<!${han})[(\\[]|${officeEnd}\\s*[(\\[]|(?<![(\\[${han}]))\\s*((?!日|${han}{0,9}表)${bracketed})\\s*[)\\]]?(?:\\([^()]{1,8}\\)|,[^,。;()]{1,8}\\))?\\s*(?:共印.{1,5}份)?\\s*(?:${han}{2,30}(?:局|委员会|会|办公室|厅|部)\\s*)?(?:[\\d〇零○一二三四五六七八九十]{1,4}年[\\d一二三四五六七八九十]{1,3}月[\\d一二三四五六七八九十]{1,3}日)?\\s*。?\\s*$`,
  'u',
)
/** 「我局印发本公告（海林草〔2026〕16号）」: the text says that the number is its own. */
const inBrackets = new RegExp(`\\((?<number>${bracketed})\\)${cited}`, 'gu')
const saysOwn = /(?:本|现(?!行)|我[局委会办厅市区县]|印发|开展|启动|制定)[^。;,《》\n]*$/u
/** In characters: no clause that names a document is longer. */
const longestClause = 300
/** 「…公告」 in a line of its own, whose number stands in the next. */
const namesOffice = /^\s*(?!关于)[^关\n]{2,40}(?:公告|通告)\s*$/u
/** 「福建省人民政府令」 and 「台江区人民政府通告」, with 「第228号」 in the next line. */
const orderAbove = /^\s*(?!关于)\p{Script=Han}{2,30}(?:令|公告|通告)\s*$/u
const orderNumber = /^\s*\(?第\s*(\d{1,5}|[〇零一二三四五六七八九十百]{1,5})\s*号\)?\s*$/u
const announcement = /^\s*(?:公\s*告|通\s*告|令)\s*$/u
const officeLine = /^\s*\p{Script=Han}[\p{Script=Han} 、]{2,40}(?:局|委员会|厅|部|政府|办公室|署|会)\s*$/u
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
/** A numbered part: the head is over. */
const firstPart = /^\s*(?:一、|1[.、]|第一[章条])/u
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
  const lines = withNamedOffices(
    withReadableNumbers(ownText(text))
      .split('\n')
      .filter(line => line.trim() !== ''),
  )
  const bodyFrom = lines.findIndex(line => attachment.test(line) || firstPart.test(line))
  const head = lines.slice(0, bodyFrom < 0 ? headLines : Math.min(bodyFrom, headLines))
  const foot = lines.slice(-footLines)
  const heading = withReadableNumbers(title)
  if (isExplanation.test(heading)) return normalised(headNumber(head))
  const found =
    firstOf(head, labelled) ??
    headNumber(head) ??
    firstOf(head.slice(0, 1), leading) ??
    addressedNumber(head) ??
    firstOf(head, subject) ??
    firstOf([heading], openingTitle) ??
    titleNumber(heading) ??
    footNumber(foot, lines.join('\n')) ??
    firstOf(lines.slice(head.length), labelled) ??
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

/** An office and 「公告」 on two lines as one. */
function withNamedOffices(lines: readonly string[]): string[] {
  return lines.flatMap((line, at) => {
    if (officeLine.test(line) && announcement.test(lines[at + 1] ?? '')) return []
    const above = lines[at - 1] ?? ''
    return announcement.test(line) && officeLine.test(above)
      ? [above.trim() + line.replaceAll(/\s/gu, '')]
      : [line]
  })
}

function firstOf(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)
    const number = found?.[1]
    if (number && !isCiting(line.slice(0, found.index)) && !beginsAsCitation(number)) return number
  }
  return undefined
}

function headNumber(head: readonly string[]): string | undefined {
  let isList = false
  for (const [at, line] of head.entries()) {
    const above = head[at - 1] ?? ''
    isList = isCitedAbove([above, head[at - 2] ?? '']) || (isList && alone.test(above))
    const ofOrder = orderAbove.test(above) ? orderNumber.exec(line)?.[1] : undefined
    if (ofOrder) return `${above.trim()}第${serialDigits(ofOrder)}号`
    const found = alone.exec(line)?.[1] ?? pieceOf(line)
    if (!found || isList || beginsAsCitation(found)) continue
    return /^\s*\d/.test(found) && namesOffice.test(above) ? above.trim() + found : found
  }
  return undefined
}

function addressedNumber(head: readonly string[]): string | undefined {
  for (const line of head) {
    const found = beforeAddressees.exec(line)
    const word = line.slice(0, found?.index).trimEnd().split(/\s/u).at(-1) ?? ''
    if (found?.[1] && !isCiting(word) && !isListed(word) && !beginsAsCitation(found[1])) return found[1]
  }
  return undefined
}

/** A number apart from other words of a short line: 「榕科〔2026〕12号　　签发：×××」. */
function pieceOf(line: string): string | undefined {
  if (line.length > longestHeadLine || /[。;,]/u.test(line)) return undefined
  const pieces = line.trim().split(/\s{2,}|\t|\|/u)
  const at = pieces.findIndex(piece => alone.test(piece))
  if (pieces.length < 2 || at < 0) return undefined
  const isCited = isListed(line) || isCiting(`${pieces.slice(0, at).join(' ')} `)
  return isCited ? undefined : alone.exec(pieces[at] ?? '')?.[1]
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
  let isList = false
  for (const [at, line] of lines.entries()) {
    const above = lines[at - 1] ?? ''
    isList = (isCiting(above) && !endsSentence.test(above)) || (isList && alone.test(above))
    if (isList) continue
    const pieces = line.split(/\s+|[;。|]/u).map(piece => piece.replace(/\([^()]{1,8}\)$/u, ''))
    const found = pieces.map(piece => alone.exec(piece)?.[1]).find(Boolean) ?? closing.exec(line)?.[1]
    if (!found || beginsAsCitation(found)) continue
    const before = line.slice(0, line.indexOf(found))
    if (!isCiting(before) && !isListed(before) && !whole.includes(`》(${found}`)) return found
  }
  return undefined
}

function namedNumber(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const own = [...line.matchAll(inBrackets)].find(({ index }) => saysOwn.test(clauseBefore(line, index)))
    const before = own && clauseBefore(line, own.index)
    if (own?.groups?.number && before !== undefined && !isCiting(before)) return own.groups.number
  }
  return undefined
}

const clauseBefore = (line: string, at: number) =>
  line.slice(Math.max(0, at - longestClause), at).replace(/^.*[。;,]/u, '')

/** 〔〕 around the year, half-width, no spaces; 「第」 stays only where it is part of the form, after 年 or 令. */
export function normalNumber(number: string): string {
  return withReadableNumbers(number)
    .replaceAll(/\s+/gu, '')
    .replace(/[〔[(<〈](\d{4})年?[〕\])>〉]第?/u, '〔$1〕')
    .replace(/^[([]/u, '')
}
