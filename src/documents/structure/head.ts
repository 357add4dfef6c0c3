import { foldCharacters } from '../../text/characters.ts'
import { normalNumber } from '../../text/notices/document-number.ts'
import { isRow } from '../text.ts'
import { dayAlone, dayBehind, firstDay, lastDay } from './dates.ts'
import { plainNumberOf } from './decimal.ts'
import { readLabels } from './labels.ts'
import { beginsArticle, markerOf } from './markers.ts'
import { isStandard, numberIn } from './number-line.ts'
import { joinedTitle, officeActing, officesIn, plainOffice } from './offices.ts'
import type { DocumentLine } from './types.ts'

/** The head as it is read, before the signature is known. */
export type HeadReading = {
  /** In the mark of the office and above the title. */
  issuers: string[]
  /** As the page of the web labels them. */
  labelledIssuers: string[]
  number: string | undefined
  title: string
  date: string | undefined
  addressees: string[]
  isRepealed: boolean
  /** How many lines it takes. */
  length: number
}

const longestHead = 40
const furniture =
  /^(?:\d{6}|(?:绝密|机密|秘密)?(?:[★☆*].*)?|特急|加急|急件|平急|(?:国家|行业|地方|团体|企业|.{2,8}地方)标准|等级.*|(?:签发人|会签人|签批盖章|密级|份号|缓急程度|紧急程度).*|(?:[^，。]{0,12}(?:长|主任|书记|主席|经理|秘书长)) \S{2,4}|打印|关闭|分享.*|字[号体].*|【?(?:大|中|小).{0,8}】?|首页.*|当前位置.*|您(?:当前|现在)?的?位置.*|返回.*|扫一扫.*|浏览次数.*|无障碍.*|登录.*|[-—\s|>»/]+)$/u
const repealed =
  /^[[【(（]?\s*(?:已|此件已|本文件已|该文件已)?(?:废止|失效)\s*[\]】)）]?$|(?:此件|本文件|该文件)已(?:于.{0,16})?(?:废止|失效)/u
const titleEnd =
  /(?:通知|办法|意见|细则|公告|通告|公示|规定|方案|函|批复|决定|指南|条例|措施|规划|计划|制度|规程|标准|要点|纲要|报告|请示|令|若干措施|政策|指引|章程|守则|决议|通报|纪要|清单|目录|预案|解读|问答|解答|启事|协议|书|讲话|致辞|倡议|公开信|说明|议程|规范|总结|合同|备忘录|名单|申请表|登记表)(?:[(（][^()（）]{1,16}[)）])*$/u
const caption = /^[（(].*\d{1,2}\s*月.*(?:发布|印发|公布|通过|修订|修正|起施行|批准|令|号).*[）)]$/u

/** 「（2026年3月5日）」 below the title of a speech. */
const dayInBrackets = /^\(\s*(?:\d{4}|[二〇零一九]{4})\s*年.{2,12}日\s*\)$/u
/** 「2026-04-10发布 2026-05-01实施」. */
const datedStandard = /^\d{4}\s*[-年.]\s*\d{1,2}\s*[-月.]\s*\d{1,2}\s*日?\s*发布/u

/** The day of an amendment is that of the text; else that of its publication, else the first. */
function dayOfCaption(text: string): string | undefined {
  const amended = [...text.matchAll(/[^，；;]*?日[^，；;]*?(?:修正|修订)/gu)].at(-1)?.[0]
  const published = /[^\s　，；;]*(?:公布|发布|印发)/u.exec(text)?.[0]
  return lastDay(amended ?? '') ?? firstDay(published ?? '') ?? firstDay(text)
}

/** Reads the lines above the body: mark of the office, number, title, whom it is sent to. */
export function readHead(lines: readonly DocumentLine[]): HeadReading {
  const head: HeadReading = {
    issuers: [],
    labelledIssuers: [],
    number: undefined,
    title: '',
    date: undefined,
    addressees: [],
    isRepealed: false,
    length: 0,
  }
  const titles: string[][] = [[]]
  for (const [at, { text }] of lines.slice(0, longestHead).entries()) {
    if (isBody(text, titles)) break
    head.length += 1
    if (beginsTitle(lines.slice(at, at + mostTitleOffices), { titles, head })) {
      titles.at(-1)?.push(titleLine(text))
      continue
    }
    if (isAddressees(text, titles)) {
      head.addressees = addresseesIn(text)
      break
    }
    readHeadLine(text, head, titles)
  }
  return { ...head, title: titleAmong(titles) }
}

/** 「甲局 乙局」 and 「丙局关于……的通知」 below each other are one title where the mark has named the offices. */
function beginsTitle(
  lines: readonly DocumentLine[],
  { titles, head }: { titles: readonly string[][]; head: HeadReading },
): boolean {
  const [first = '', ...below] = lines.map(({ text }) => text)
  const isOpen = (titles.at(-1)?.length ?? 0) > 0
  const next = below.find(text => officesIn(text).length === 0) ?? ''
  return (
    officesIn(first).length > 0 &&
    (!isOpen || officesIn(titles.at(-1)?.at(-1) ?? '').length > 0) &&
    ((head.number !== undefined && about.test(next)) || agreement.test(next))
  )
}

const mostTitleOffices = 8
/** An agreement is called by its parties. */
const agreement = /^[^。；;：:]{0,40}(?:协议|协议书|合同|备忘录)$/u
const about = /^[^。；;：:]{0,40}关于/u

function readHeadLine(text: string, head: HeadReading, titles: string[][]): void {
  const folded = foldCharacters(text).trim()
  const isTitleOpen = (titles.at(-1)?.length ?? 0) > 0 && !titleEnd.test(titles.at(-1)?.at(-1) ?? '')
  const line = { text, folded, head, titles, isTitleOpen }
  if (repealed.test(folded)) head.isRepealed = true
  else if (readNumberLine(line) || readDayLine(line) || readOfficeLine(line)) titles.push([])
  else addTitleLine(text, titles)
}

type HeadLine = { text: string; folded: string; head: HeadReading; titles: string[][]; isTitleOpen: boolean }

/** A line of labels, a document number, or furniture of the page. @returns whether it is one */
function readNumberLine({ text, folded, head, titles }: HeadLine): boolean {
  const labelled = readLabels(text)
  if (labelled) {
    if (head.labelledIssuers.length === 0) head.labelledIssuers = labelled.issuers
    head.number ??= labelled.number
    head.date ??= labelled.date
    if (labelled.title && titles.flat().length === 0) titles.push([labelled.title])
    return true
  }
  const found = numberIn(text)
  if (found) head.number ??= numberOf(found, { titles, head })
  return Boolean(found) || furniture.test(folded)
}

/** A line that tells the day of the document. @returns whether it is one */
function readDayLine({ text, folded, head }: HeadLine): boolean {
  const patterns = [dayInBrackets, caption, datedStandard]
  if (!dayAlone(text) && !patterns.some(pattern => pattern.test(folded))) return false
  head.date ??= dayOfCaption(text)
  head.labelledIssuers = head.labelledIssuers.length > 0 ? head.labelledIssuers : officeActing(text)
  return true
}

/** A line of offices, which is part of the title while that is open. @returns whether it is one */
function readOfficeLine({ text, folded, head, isTitleOpen }: HeadLine): boolean {
  const acting = officeActing(text)
  if (acting.length > 0) {
    head.labelledIssuers = acting
    return true
  }
  if (isTitleOpen) return false
  const dated = officeAndDay(text)
  const isMarkLine = dated === undefined && isMark(folded)
  const offices = isMarkLine ? markOffices(folded) : officesIn(dated?.office ?? text)
  head.issuers.push(...offices)
  if (dated) head.date ??= dated.day
  return isMarkLine || offices.length > 0
}

function addTitleLine(text: string, titles: string[][]): void {
  const line = titleLine(text)
  if (isCategory(titles.at(-1) ?? [])) titles.push([])
  // A page of the web says its title twice.
  if (unspaced(line) === unspaced(titles.at(-1)?.join('') ?? '')) titles.push([])
  titles.at(-1)?.push(line)
}

/** 「某某市人民政府办公厅 2025年4月22日」 below the number of minutes. */
function officeAndDay(text: string): { office: string; day: string } | undefined {
  const found = dayBehind(text.replace(' | ', ' '))
  return found && officesIn(found.before).length > 0 ? { office: found.before, day: found.day } : undefined
}

/** 「政策解读」 and 「通知」 above the title tell the kind of document. */
const isCategory = (lines: readonly string[]) =>
  lines.length === 1 && (lines[0] ?? '').length <= 6 && titleEnd.test(lines[0] ?? '')

/** Spaces stand between the offices of a title only. */
const titleLine = (text: string) => joinedTitle(areSpacedOut(text) ? [text.replaceAll(/\s/gu, '')] : [text])

const unspaced = (text: string) => text.replaceAll(/\s/gu, '')
const areSpacedOut = (text: string) =>
  text
    .trim()
    .split(/\s+/u)
    .every(piece => [...piece].length === 1)

/** 「第12号」 below an order or an announcement goes with what stands above it. */
function numberOf(found: string, { titles, head }: { titles: string[][]; head: HeadReading }): string {
  const above = titles.at(-1)?.join('') ?? ''
  if (isStandard(found)) return found
  const isShort = /^(?:第|\d|〔.{1,3}届〕)/u.test(found)
  if (!isShort) return normalNumber(found)
  if (/(?:令|公告|通告)$/u.test(above)) {
    const office = above.replace(/(?:令|公告|通告)$/u, '')
    if (officesIn(office).length > 0) head.issuers.push(plainOffice(office))
    return normalNumber(`${above}${found}`)
  }
  return normalNumber(found)
}

const isMark = (folded: string) => /^[^。,;:]{0,60}文\s*件$/u.test(folded) && !/关于|的文\s*件$/u.test(folded)

const markOffices = (folded: string) =>
  officesIn(
    folded.replace(/[\s|]*文\s*件$/u, '').replaceAll(/(?<=\p{Script=Han})\s(?=\p{Script=Han}(?:\s|$))/gu, ''),
  )

function isBody(text: string, titles: readonly string[][]): boolean {
  const marker = markerOf(text)
  const hasTitle = titles.flat().length > 0
  if (marker && (marker.level !== 4 || beginsArticle(text, marker, 0))) return hasTitle
  if (/^[前引序]\s*言$/u.test(text.trim())) return hasTitle
  if (/^目\s*录$/u.test(text.trim()) || /^附件?\s*\d*\s*[:：]?$/u.test(text.trim())) return hasTitle
  if (readLabels(text) || numberIn(text)) return false
  const isBelowTitle = titleEnd.test(titles.flat().at(-1) ?? '')
  if (isBelowTitle && (isFirstRow(text) || isNamedValue(text))) return true
  if (hasTitle && (isField(text) || plainNumberOf(text)?.value === 1)) return true
  return hasTitle && (/[。；;]/u.test(text) || (opensBody.test(text) && /[:：]\s*$/u.test(text)))
}

/** 「甲方（运营方）：____」 below the title of an agreement, 「问：……」 below that of answers. */
const isField = (text: string) =>
  /^(?:[甲乙丙丁]\s*方|问|答|[QA])\s*(?:[（(][^（）()]{1,12}[)）])?\s*[:：]|^[^:：]{2,16}[:：]\s*[_＿\s]{3,}$/u.test(
    text.trim(),
  )

/** The first row of a table below the title of a guide. */
const isFirstRow = (text: string) =>
  isRow(text) &&
  officesIn(text).length === 0 &&
  !officeAndDay(text) &&
  !datedStandard.test(foldCharacters(text))
/** 「当事人：某某公司」. */
const isNamedValue = (text: string) =>
  /^[^：:，。；]{2,12}[：:]\s*[^\s：:]/u.test(text.trim()) && !furniture.test(foldCharacters(text).trim())

/** Opens the body: 「经研究，现将有关事项通知如下：」. */
const opensBody = /如下|现将|现就|根据|按照|研究|^为|关于|^会议/u
const isAddressees = (text: string, titles: readonly string[][]) =>
  titles.flat().length > 0 &&
  /[:：]\s*$/u.test(text) &&
  !/[。；;]/u.test(text) &&
  !opensBody.test(text) &&
  !readLabels(text)

/** 「各县（市）区科技局、财政局，各有关单位：」: offices of one kind are parted by 「、」 and stay together. */
function addresseesIn(text: string): string[] {
  return foldCharacters(text)
    .replace(/:\s*$/u, '')
    .split(/[,;]\s*(?![^()]*\))/u)
    .map(each => each.trim().replaceAll('(', '（').replaceAll(')', '）'))
    .filter(each => each !== '')
}

/** Chooses the title below the document number; web pages repeat it above. */
function titleAmong(titles: readonly string[][]): string {
  const joined = titles.map(joinedTitle).filter(title => title !== '')
  const named = joined.filter(title => titleEnd.test(title))
  return named.at(-1) ?? joined.at(-1) ?? ''
}
