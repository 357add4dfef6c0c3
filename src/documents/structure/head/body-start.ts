import { foldCharacters } from '../../../text/characters.ts'
import { isRow } from '../../text.ts'
import { plainNumberOf } from '../clauses/decimal.ts'
import { dayAlone } from '../dates.ts'
import { beginsArticle, markerOf } from '../markers.ts'
import { numberIn } from '../number-line.ts'
import { officePublishing, officesIn } from '../offices.ts'
import { coded, datedStandard, furniture, officeAndDay } from './head-lines.ts'
import { readLabels } from './labels.ts'
import { titleEnd } from './title.ts'

type HeadPlace = { titles: readonly string[][]; below: readonly string[] }

/** 「项目名称：」 above 「填报日期：　年　月　日」: a form is filled in there. */
const isBlank = (text: string) => /^[^：:，。；]{2,12}[：:][\s_＿（(盖章签字）)年月日]*$/u.test(text.trim())

/** The fields of a cover stand above the office that issues the form, or its day. */
export function isCoverField(text: string, below: readonly string[]): boolean {
  const end = below.findIndex(line => officePublishing(line).length > 0 || dayAlone(line) !== undefined)
  return end >= 0 && isBlank(text) && below.slice(0, end).every(isBlank)
}

export function isBody(text: string, { titles, below }: HeadPlace): boolean {
  const next = below[0] ?? ''
  const marker = markerOf(text)
  const hasTitle = titles.flat().length > 0
  if (marker && (marker.level !== 4 || beginsArticle(text, marker, 0))) return hasTitle
  if (/^[前引序]\s*言$/u.test(text.trim())) return hasTitle
  if (/^目\s*录$/u.test(text.trim()) || /^附件?\s*\d*\s*[:：]?$/u.test(text.trim())) return hasTitle
  if (readLabels(text) || numberIn(text) || coded.test(foldCharacters(text).trim())) return false
  if (isCoverField(text, below)) return false
  const isBelowTitle = [titles.flat().at(-1), titles.at(-1)?.join('')].some(said => titleEnd.test(said ?? ''))
  if (isBelowTitle && ((isBlank(text) && isBlank(next)) || isFirstRow(text) || isNamedValue(text)))
    return true
  if (isListed(text, titles) && isListed(next, titles)) return true
  if (hasTitle && (isField(text) || plainNumberOf(text, next.startsWith('1.1'))?.value === 1)) return true
  return hasTitle && (/[。；;]/u.test(text) || (opensBody.test(text) && /[:：]\s*$/u.test(text)))
}

/** One of the documents that a list names below its own whole title. */
function isListed(text: string, titles: readonly string[][]): boolean {
  const own = titles.at(-1)?.join('') ?? ''
  const name = text
    .trim()
    .replace(/[（(][^（）()]{1,30}[）)]$/u, '')
    .replace(/》$/u, '')
  return own !== name && [own, name].every(said => said.length >= 8 && titleEnd.test(said))
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
const opensBody = /如下|以下|下列|了|我们|我[局委厅办]|现将|现就|根据|按照|研究|^为|关于|^会议/u
export const isAddressees = (text: string, titles: readonly string[][]) =>
  titles.flat().length > 0 &&
  /[:：]\s*$/u.test(text) &&
  !/[。；;]/u.test(text) &&
  !opensBody.test(text) &&
  !readLabels(text)

/** 「各县（市）区科技局、财政局，各有关单位：」: offices of one kind are parted by 「、」 and stay together. */
export function addresseesIn(text: string): string[] {
  return foldCharacters(text)
    .replace(/:\s*$/u, '')
    .split(/[,;]\s*(?![^()]*\))/u)
    .map(each => each.trim().replaceAll('(', '（').replaceAll(')', '）'))
    .filter(each => each !== '')
}
