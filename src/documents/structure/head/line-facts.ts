import { foldCharacters } from '../../../text/characters.ts'
import { isRow } from '../../text.ts'
import { plainNumberOf } from '../clauses/decimal.ts'
import { dayAlone } from '../dates.ts'
import { beginsArticle, levels, markerOf } from '../markers.ts'
import { numberIn } from '../number-line.ts'
import { officeActing, officePublishing, officesIn } from '../offices.ts'
import type { DocumentLine } from '../types.ts'
import {
  caption,
  coded,
  datedStandard,
  dayAndOccasion,
  dayInBrackets,
  furniture,
  isPath,
  isToolLine,
  monthAlone,
  numberBesideDay,
  officeAndDay,
  publishedIn,
  repealed,
} from './head-lines.ts'
import { readLabels } from './labels.ts'
import { titleEnd, unspaced } from './title.ts'

/** A line at the top of a document, and what its form alone says of it. */
export type LineFacts = {
  text: string
  folded: string
  number: string | undefined
  labels: ReturnType<typeof readLabels>
  dated: ReturnType<typeof officeAndDay>
  /** Offices and nothing else; of 「某某局文件」 too. */
  offices: readonly string[]
  /** 「某某协会　发布」, which is a line of its own. */
  acting: readonly string[]
  /** The day of publication in a line of a web page without labels, ISO 8601. */
  published: string | undefined
  isMark: boolean
  isDay: boolean
  isRepealed: boolean
  isFurniture: boolean
  isCoverField: boolean
  /** A number, a sentence, a field, a row: a line with which a text begins. */
  opensText: boolean
  /** A field with its value or a row of a table: a text begins with it below a whole title only. */
  opensTable: boolean
  /** A name and a colon, and nothing that opens a text. */
  isCalling: boolean
}

const mostCoverLines = 10
/** No line of a head is as long, in characters; a hostile file may have some of a million. */
const longestRead = 2000

/** @param lines those at the top of a document; of a long one the beginning is read */
export function factsOf(lines: readonly DocumentLine[]): LineFacts[] {
  const texts = lines.map(({ text }) => text.slice(0, longestRead))
  return texts.map((text, at) => {
    const below = texts.slice(at + 1, at + 1 + mostCoverLines)
    const folded = foldCharacters(text).trim()
    const labels = isOfMeeting(folded, below[0] ?? '') ? undefined : readLabels(text)
    const dated = officeAndDay(text)
    const published = labels || dated ? undefined : publishedIn(text)
    const isMark =
      marks.test(folded) && !/关于|(?:的|磋商|谈判|招标|采购|投标|比选|申报)文\s*件$/u.test(folded)
    return {
      text: lines[at]?.text ?? '',
      folded,
      number: numberIn(text),
      labels,
      dated,
      offices: isMark ? markOffices(folded) : officesIn(text),
      acting: officeActing(text),
      published,
      isMark,
      isDay:
        dayAlone(text) !== undefined ||
        numberBesideDay(text) !== undefined ||
        [dayInBrackets, dayAndOccasion, caption, datedStandard].some(pattern => pattern.test(folded)),
      isRepealed: repealed.test(folded),
      isFurniture:
        published !== undefined ||
        (furniture.test(folded) && !endsTitle(folded)) ||
        standardKind.test(unspaced(folded)) ||
        isToolLine(folded) ||
        isPath(folded) ||
        coded.test(folded) ||
        monthAlone.test(folded),
      isCoverField: isCoverField(text, below) || isFieldAbove(folded, below[0] ?? ''),
      opensText: opensText(text, below[0] ?? ''),
      opensTable: opensTable(text, folded, below[0] ?? ''),
      isCalling: isCalling(text) && !labels,
    }
  })
}

/** 「时间：2026年5月15日」 above 「地点：五楼会议室」 tells when a meeting is. */
const isOfMeeting = (folded: string, next: string) =>
  /^时\s*间\s*:/u.test(folded) && /^(?:地\s*[点址]|主\s*持|出\s*席|参\s*[会加])/u.test(next.trim())

/** 「无障碍环境建设的实施意见」, the second line of a title, begins like a button. */
const endsTitle = (folded: string) =>
  /^(?!首页|当前位置|您)\p{Script=Han}{8,}$/u.test(folded) && titleEnd.test(folded)

/** 「团 体 标 准」 on the cover of a standard. */
const standardKind = /^(?:国家|行业|地方|团体|企业)标准$/u

const marks = /^[^。,;:]{0,60}文\s*件$/u
const markOffices = (folded: string) =>
  officesIn(
    folded.replace(/[\s|]*文\s*件$/u, '').replaceAll(/(?<=\p{Script=Han})\s(?=\p{Script=Han}(?:\s|$))/gu, ''),
  )

/** 「项目名称：」 above 「填报日期：　年　月　日」: a form is filled in there. */
const isBlank = (text: string) =>
  /^[^：:，。；]{2,12}(?<!如下|以下|下列)[：:][\s_＿（(盖章签字）)年月日]*$/u.test(text.trim())

/** The fields of a cover stand above the office that issues the form, or its day. */
function isCoverField(text: string, below: readonly string[]): boolean {
  const end = below.findIndex(line => officePublishing(line).length > 0 || dayAlone(line) !== undefined)
  return end >= 0 && isBlank(text) && below.slice(0, end).every(isBlank)
}

/**
 * 「答复类别：A类」 is a field of the head: above the number one of whatever name, above an office or the addressees one
 * that tells the kind of the document. A line with an amount or a day is text that may be quoted.
 */
const isFieldAbove = (folded: string, next: string) =>
  /^\p{Script=Han}{2,8}:[^。,;:《》]{1,20}$/u.test(folded) &&
  !saysFigure.test(folded) &&
  (numberIn(next) !== undefined ||
    (tellsKind.test(folded) && (calledByName.test(next.trim()) || officesIn(next).length > 0)))
const saysFigure = /[\d〇零一二三四五六七八九十百千两]\s*(?:[万亿元%倍年月日天个家名人]|工作日)/u
const tellsKind =
  /^(?:(?:答复|办理|公文|文件|信息|提案|建议|议案|公开|发文|来文|收文|档案|办件|体裁)(?:类别|类型|种类|分类|性质|编号|字号|结果|属性|形式|级别|号)|密级|紧急程度|缓急):/u
const calledByName =
  /^各[^。]{2,60}[:：]$|^[^。]{2,40}(?:委员|代表|局|厅|委|委员会|办|公司|政府|单位|中心|协会|同志|先生|女士)[:：]$/u

function opensText(text: string, next: string): boolean {
  const marker = markerOf(text)
  if (marker && (marker.level !== levels.article || beginsArticle(text, marker, 0))) return true
  return (
    /^(?:[前引序]\s*言|目\s*录|填[表报写]说明|附件?\s*\d*\s*[:：]?)$/u.test(text.trim()) ||
    isField(text) ||
    plainNumberOf(text, next.startsWith('1.1'))?.value === 1 ||
    /。/u.test(text) ||
    (/[；;]/u.test(text) && !isCalling(text) && !(isRow(text) && readLabels(text))) ||
    (opensBody.test(text) && /[:：]\s*$/u.test(text))
  )
}

/** 「甲方（运营方）：____」 below the title of an agreement, 「问：……」 below that of answers. */
const isField = (text: string) =>
  /^(?:[甲乙丙丁]\s*方|问|答|[QA])\s*(?:[（(][^（）()]{1,12}[)）])?\s*[:：]|^[^:：]{2,16}[:：]\s*[_＿\s]{3,}$/u.test(
    text.trim(),
  )

/** The first row of a table below the title of a guide, 「当事人：某某公司」, or blanks to be filled in. */
const opensTable = (text: string, folded: string, next: string) =>
  (isRow(text) && officesIn(text).length === 0 && !officeAndDay(text) && !datedStandard.test(folded)) ||
  (/^[^：:，。；]{2,12}[：:]\s*[^\s：:]/u.test(text.trim()) && !furniture.test(folded)) ||
  (isBlank(text) && isBlank(next))

const isCalling = (text: string) =>
  /[:：]\s*$/u.test(text) && !/。/u.test(text) && !opensBody.test(text) && !markerOf(text)

/** Opens the body: 「经研究，现将有关事项通知如下：」. */
const opensBody = /如下|以下|下列|了|我们|我[局委厅办]|现将|现就|根据|按照|研究|^为|关于|^会议/u
