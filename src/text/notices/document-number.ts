import { foldCharacters } from '../characters.ts'

const han = '\\p{Script=Han}'
/** 「榕财企（指）」: letters of an office, one part of them perhaps in brackets. */
const issuer = `${han}{1,16}(?:[(〔]${han}{1,4}[)〕]${han}{0,6})?`
const serial = '第?\\s*\\d{1,5}\\s*号'
const bracketed = `${issuer}\\s*[〔\\[(<〈]\\s*\\d{4}\\s*(?:年)?\\s*[〕\\])>〉]\\s*${serial}`
const byYear = `(?:${han}[${'\\p{Script=Han}'} 、]{0,40}?)?\\d{4}\\s*年\\s*(?:第\\s*\\d{1,5}\\s*号|第\\s*[一二三四五六七八九十百]{1,4}\\s*号)`
const order = `${han}{2,30}(?:令\\s*第?|(?:公告|通告)\\s*第)\\s*\\d{1,5}\\s*号`
const any = `(?:${bracketed}|${order}|${byYear})`

const labelled = new RegExp(
  `(?:发文字号|文\\s*号|发文文号|(?:文件)?编号|文件字号|字\\s*号|公告编号)\\s*[:\\]]?\\s*(${bracketed}|${order}|${byYear})`,
  'u',
)
const alone = new RegExp(
  `^\\s*[(\\[]?\\s*(${any})\\s*[)\\]]?\\s*(?:签发人.*|\\d{4}年\\d{1,2}月\\d{1,2}日)?$`,
  'u',
)
const leading = new RegExp(`^\\s*(?:${han}{2,24}文件\\s+)?(${bracketed})(?=\\s|各|有关|辖区|[:,。;])`, 'u')
const closingTitle = new RegExp(
  `(?<![》」』”"])[\\s(\\[]*(${bracketed}|${order}|${byYear})\\s*[)\\]]?\\s*$`,
  'u',
)
const openingTitle = new RegExp(`^\\s*[(\\[]?(${bracketed}|${byYear})[)\\]]?[\\s:]`, 'u')
/** 「…公告」 in a line of its own, whose number stands in the next. */
const namesOffice = /^\s*(?!关于)[^关\n]{2,40}(?:公告|通告)\s*$/u
const orderAbove = /^\s*\p{Script=Han}{2,30}令\s*$/u
const orderNumber = /^\s*(第\s*\d{1,5}\s*号)\s*$/u
/** Over a list of what a notice rests on. */
const citing = /依据|根据|参照|按照|政策文件|相关文件|原文|废止/u
const attachment = /^\s*附件?\s*\d*\s*(?::|$)/u
/** A body has begun by then: a number further down is another document's. */
const headLines = 8

/**
 * The notice's own number, never one that it cites: where it is labelled, in a line of its own at the head, or at the
 * end of the title.
 * @returns with 〔〕 and half-width digits, without spaces: 「国科发火〔2016〕32号」「公告2026年第10号」
 */
export function findDocumentNumber(title: string, text: string): string | undefined {
  const lines = foldCharacters(text)
    .split('\n')
    .filter(line => line.trim() !== '')
  const attachedFrom = lines.findIndex(line => attachment.test(line))
  const own = attachedFrom < 0 ? lines : lines.slice(0, attachedFrom)
  const head = own.slice(0, headLines)
  const found =
    firstOf(head, labelled) ??
    headNumber(head) ??
    firstOf(head.slice(0, 1), leading) ??
    firstOf([foldCharacters(title)], openingTitle) ??
    titleNumber(foldCharacters(title)) ??
    tailNumber(own)
  return found && normalNumber(found)
}

function firstOf(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1]
    if (found) return found
  }
  return undefined
}

function headNumber(head: readonly string[]): string | undefined {
  for (const [at, line] of head.entries()) {
    const found = alone.exec(line)?.[1]
    const above = head[at - 1] ?? ''
    const ofOrder = orderAbove.test(above) ? orderNumber.exec(line)?.[1] : undefined
    if (ofOrder) return above.trim() + ofOrder
    if (found && !citing.test(above))
      return /^\s*\d/.test(found) && namesOffice.test(above) ? above.trim() + found : found
  }
  return undefined
}

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

/** Some sites put it below the signature. */
function tailNumber(own: readonly string[]): string | undefined {
  if (own.length <= headLines) return undefined
  return headNumber(own.slice(-3))
}

/** 〔〕 around the year, half-width, no spaces; 「第」 stays only where it is part of the form, after 年 or 令. */
export function normalNumber(number: string): string {
  return foldCharacters(number)
    .replaceAll(/\s+/gu, '')
    .replace(/[〔[(<〈](\d{4})年?[〕\])>〉]第?/u, '〔$1〕')
    .replace(/^[([]/u, '')
}
