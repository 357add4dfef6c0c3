import { type FieldAnswer, isRange, type Range } from './answers.ts'
import { isoDay } from './days.ts'
import type { ProfileField } from './fields.ts'

/** An answer as people read it: 「超过5000万元、2亿元以内」「2024年1月1日到2025年11月28日」「是」. */
export function describeAnswer(field: ProfileField, answer: FieldAnswer): string {
  if (answer === true) return '是'
  if (answer === false) return '否'
  if (isRange(answer)) return field.kind === 'day' ? describeDays(answer) : describeNumbers(field, answer)
  if (answer === 'none') return '没有'
  if (answer === 'own') return '自有'
  return [answer]
    .flat()
    .map(option => field.options?.[option] ?? option)
    .join('、')
}

function describeDays({ min, max }: Range): string {
  if (min === max) return chineseDay(min)
  if (!Number.isFinite(min)) return `${chineseDay(max)}或更早`
  return Number.isFinite(max) ? `${chineseDay(min)}到${chineseDay(max)}` : `${chineseDay(min)}以后`
}

/** 「2026年11月28日」. */
export function chineseDay(day: number | string): string {
  const [year, month, date] = (typeof day === 'string' ? day : isoDay(day)).split('-').map(Number)
  return `${year}年${month}月${date}日`
}

function describeNumbers(field: ProfileField, { min, max, isMaxIncluded }: Range): string {
  if (min >= 0 && max < 0.01) return '没有（0）'
  if (rounded(min) === rounded(max)) return amount(field, rounded(min))
  const isWhole = field.whole && isMaxIncluded && Number.isFinite(max)
  const low = isJustAbove(min) ? `超过${amount(field, rounded(min))}` : `${amount(field, min)}以上`
  if (!Number.isFinite(max) || (field.kind === 'share' && max >= 100 && isMaxIncluded)) return low
  if (isWhole && min > (field.min ?? 0)) return `${min} 到 ${max} ${field.unit ?? ''}`.trimEnd()
  const includes = isWhole || isMaxIncluded || isJustAbove(max)
  const high = includes ? `${amount(field, rounded(max))}以内` : `不到${amount(field, max)}`
  return min <= (field.min ?? 0) ? high : `${low}、${high}`
}

/** Thresholds that a value must exceed are kept a hundredth of a yuan above themselves. */
const isJustAbove = (value: number) => value !== rounded(value) && Math.abs(value - rounded(value)) < 1e-5

const rounded = (value: number) => Math.round(value * 1e4) / 1e4

function amount(field: ProfileField, value: number): string {
  if (field.kind === 'share') return `${value}%`
  if (field.unit === '万元' && value >= 10_000 && value % 1000 === 0) return `${value / 10_000}亿元`
  return `${value}${field.unit ?? ''}`
}
