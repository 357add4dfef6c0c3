import { foldCharacters } from '../../../text/characters.ts'
import { numberOf } from '../../../text/figures/numerals.ts'
import { levels, type Marker, markerOf } from '../markers.ts'
import { isHeading } from './sequence.ts'

const plainNumber = /^\s*(\d{1,2})\s+(?=\p{Script=Han})/u
/** 「1自查频次」, whose space a font has lost: a short heading, and no quantity. */
const tightNumber =
  /^\s*(\d{1,2})(?=(?![个名家年月日天人次万亿元项份件条款号时分米级类种倍])[^\P{Script=Han}][^，。；：、,;:]{1,18}$)/u

const plainTopic =
  /^\s*([一二三四五六七八九十]{1,3})\s+(?=[\p{Script=Han}《“])(?!等[奖品级次]|[级类档批期次个名位项年月日])/u

/** Whether headings are counted as 「一 出台背景」 and 「二 主要内容」, without a stop. */
export const hasPlainTopics = (texts: readonly string[]): boolean =>
  ['一', '二'].every(number => texts.some(text => plainTopicOf(text)?.label === `${number}、`))

/** The number of a heading without a stop behind it. */
export function plainTopicOf(text: string): Marker | undefined {
  const found = isHeading(text) ? plainTopic.exec(foldCharacters(text)) : null
  const value = numberOf(found?.[1] ?? '')
  if (!found || value === undefined) return undefined
  return {
    level: levels.topic,
    format: 'plain topic',
    label: `${found[1]}、`,
    value,
    length: found[0].length,
    isSpaced: true,
  }
}

/** Whether clauses are counted as 「1 范围」, 「2 条件」 and 「2.1 基本条件」. */
export const isDecimal = (texts: readonly string[]): boolean =>
  texts.some(text => /^\d+\.\d+/u.test(markerOf(text)?.label ?? '')) &&
  texts.some(text => plainNumberOf(text, true)?.value === 1)

/** The number of a clause without a stop behind it. @param isTight whether it may lack its space; default false */
export function plainNumberOf(text: string, isTight = false): Marker | undefined {
  const folded = foldCharacters(text)
  const found = plainNumber.exec(folded) ?? (isTight ? tightNumber.exec(folded) : null)
  if (!found) return undefined
  const label = found[1] ?? ''
  return {
    level: levels.number,
    format: 'plain',
    label,
    value: Number(label),
    length: found[0].length,
    isSpaced: true,
  }
}
