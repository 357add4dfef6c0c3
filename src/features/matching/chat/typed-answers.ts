import { between, type FieldAnswer, pointAt } from '../../../matching/answers.ts'
import { firstOfMonth } from '../../../matching/days.ts'
import type { ProfileField } from '../../../matching/fields.ts'
import type { MatchQuestion } from '../../../matching/interview/next-question.ts'
import { type DayWords, dateNumber, dayTokens } from '../../../text/dates/tokens/day-tokens.ts'
import { numberOf } from '../../../text/figures/numerals.ts'
import { fold } from '../../../text/fold.ts'

const unknownWords = /^(?:不知道|不清楚|不晓得|不懂|不确定|没算过|跳过|不想说|不答|\?|？)$/u
const yesWords = /^(?:是|是的|对|有|有的|嗯|算|属于|符合|y|yes)$/u
const noWords = /^(?:不是|否|没有|没|无|不算|不属于|不符合|n|no)$/u

/** 「大概300万」 may be a tenth less or more; no rule says how much, so nothing is met by it that 10 % could change. */
const aboutShare = 0.1

/** From this many 万元 on, a bare number is rather meant in 元: few companies here reach a thousand million. */
const mostBareTenThousands = 100_000

const figurePattern =
  /^(?<about>约|大概|差不多|大约)?(?<number>[\d.,]+|[零一二三四五六七八九十百千两]+)\s*(?<scale>[万亿])?\s*(?<unit>(?!左右).{1,3}?)?(?<around>左右)?$/u

const moneyUnits = new Set<string | undefined>(['元', '万元'])

/** Units that may be typed for the unit of a field, with how many of it make one of that unit. */
const typedUnits: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '%': { 个点: 1, 个百分点: 1 },
  元: { 块: 1, 块钱: 1 },
  万元: { 元: 1e4, 块: 1e4, 块钱: 1e4 },
  人: { 名: 1, 位: 1, 个: 1, 个人: 1 },
  项: { 个: 1, 件: 1 },
  家: { 个: 1 },
  个: { 家: 1 },
  场: { 个: 1, 次: 1 },
  年: { 个月: 12, 月: 12 },
  个月: { 月: 1, 年: 1 / 12 },
  平方米: { 平米: 1, 平: 1, 方: 1 },
}

/** How many of the typed unit make one of the field's own; undefined where it measures something else. */
function partsOf(field: ProfileField, typed: string | undefined): number | undefined {
  const own = field.kind === 'share' ? '%' : (field.unit ?? '')
  return typed === undefined || typed === own ? 1 : typedUnits[own]?.[typed]
}

/** 「不知道」 is understood apart from what is not understood; `no-unit` is a sum that may be in 元 or in 万元. */
export type TypedAnswer =
  | { kind: 'answer'; answer: FieldAnswer }
  | { kind: 'unknown' }
  | { kind: 'no-unit' }
  | { kind: 'unclear' }

/**
 * Reads what was typed to a question: a number of the list (several where several may hold), a figure alone or
 * with a unit of what was asked, a day, yes or no, or 「不知道」.
 */
export function readTyped(text: string, { field, answers }: MatchQuestion): TypedAnswer {
  const said = fold(text).replace(/[。.!！,，;；]+$/u, '')
  if (unknownWords.test(said)) return { kind: 'unknown' }
  if (isSumWithoutUnit(text, field)) return { kind: 'no-unit' }
  const answer = readNumbers(said, field, answers) ?? readWord(said, field) ?? readFigure(said, field)
  return answer === undefined ? { kind: 'unclear' } : { kind: 'answer', answer }
}

function readNumbers(
  said: string,
  field: ProfileField,
  answers: readonly FieldAnswer[],
): FieldAnswer | undefined {
  if (!/^\d{1,2}(?:[\s、,，和]+\d{1,2})*$/u.test(said)) return undefined
  const picked = (said.match(/\d+/g) ?? []).map(digits => answers[Number(digits) - 1])
  if (picked.some(answer => answer === undefined)) return undefined
  if (picked.length === 1) return picked[0]
  return field.many ? picked.flatMap(answer => (Array.isArray(answer) ? answer : [])) : undefined
}

function readWord(said: string, field: ProfileField): FieldAnswer | undefined {
  if (field.kind === 'yes-no') {
    if (yesWords.test(said)) return true
    return noWords.test(said) ? false : undefined
  }
  if (field.kind !== 'choice') return field.orOwn && /自有|自己的/u.test(said) ? 'own' : noneWord(said, field)
  const named = Object.entries(field.options ?? {}).filter(
    ([option, words]) => said.length >= 2 && !field.undecided.includes(option) && fold(words).includes(said),
  )
  const [only] = named
  if (!only || named.length > 1) return undefined
  return field.many ? [only[0]] : only[0]
}

/** Folding writes 5000000 as 「500万」, so the text is judged as it was typed. */
function isSumWithoutUnit(text: string, field: ProfileField): boolean {
  const said = text.normalize('NFKC').trim()
  if (field.unit !== '万元' || !/^[\d.,]+$/u.test(said)) return false
  return (numberOf(said) ?? 0) >= mostBareTenThousands
}

const noneWord = (said: string, field: ProfileField) =>
  field.orNone && noWords.test(said) ? 'none' : undefined

function readFigure(said: string, field: ProfileField): FieldAnswer | undefined {
  if (field.kind === 'day') return readDays(said)
  if (field.kind !== 'number' && field.kind !== 'share') return undefined
  if (/^(?:没有|没|无|零)$/u.test(said)) return pointAt(0)
  const { about, number, scale, unit, around } = figurePattern.exec(said)?.groups ?? {}
  const value = number === undefined ? undefined : numberOf(number)
  const parts = partsOf(field, unit ?? (scale && moneyUnits.has(field.unit) ? '元' : undefined))
  if (value === undefined || parts === undefined) return undefined
  const inUnit = (value * (scale === '亿' ? 1e8 : scale === '万' ? 1e4 : 1)) / parts
  if (!Number.isFinite(inUnit) || (field.kind === 'share' && inUnit > (field.max ?? 100))) return undefined
  if (about === undefined && around === undefined) return pointAt(inUnit)
  const most = inUnit * (1 + aboutShare)
  return between(
    inUnit * (1 - aboutShare),
    field.kind === 'share' ? Math.min(most, field.max ?? 100) : most,
    true,
  )
}

/** A year, perhaps with a month without 「月」: 「2024」, 「二〇二四年」, 「2024-03」. */
const yearAndMonth =
  /^(?<year>(?:19|20)\d\d|[二一][〇零九][〇零一二三四五六七八九]{2}(?=年))年?度?(?:[-./](?<month>\d{1,2}))?$/u

/** Reads 「2024-03-18」 and 「二〇二四年三月十八日」 as a day, 「2024年3月」 as a month, 「2024」 as a year. */
function readDays(said: string): FieldAnswer | undefined {
  const [token] = dayTokens(said, ['monthDay', 'digits', 'openMonthDay', 'monthAlone'])
  const isWhole = token?.start === 0 && token.end === said.length
  const { year, month, day } = isWhole ? token.words : wordsOfMonth(said)
  if (year === undefined || (month !== undefined && !(month >= 1 && month <= 12))) return undefined
  if (month === undefined) return between(firstOfMonth(year, 1), firstOfMonth(year + 1, 1) - 1, true)
  const first = firstOfMonth(year, month)
  const last = firstOfMonth(year, month + 1) - 1
  if (day === undefined) return between(first, last, true)
  const exact = first + day - 1
  return exact >= first && exact <= last ? pointAt(exact) : undefined
}

function wordsOfMonth(said: string): DayWords {
  const { year, month } = yearAndMonth.exec(said)?.groups ?? {}
  return {
    ...(year === undefined ? {} : { year: dateNumber(year) }),
    ...(month === undefined ? {} : { month: Number(month) }),
  }
}
