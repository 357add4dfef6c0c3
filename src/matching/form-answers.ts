import { type FieldAnswer, pointAt } from './answers.ts'
import { dayNumber } from './days.ts'
import type { ProfileField } from './fields.ts'

/** The answers of a form, and the fields that could not be read: by field id the input and its problem. */
export type FormAnswers = {
  profile: Map<string, FieldAnswer>
  problems: Map<string, { typed: string; problem: string }>
}

/**
 * Reads a filled form: one value a field, several for a choice of many; empty means unknown.
 * @param valuesOf the values of a field as typed or chosen
 */
export function readForm(
  fields: ReadonlyMap<string, ProfileField>,
  valuesOf: (id: string) => readonly string[],
): FormAnswers {
  const profile = new Map<string, FieldAnswer>()
  const problems: FormAnswers['problems'] = new Map()
  for (const field of fields.values()) {
    const values = valuesOf(field.id)
      .map(value => value.trim())
      .filter(value => value !== '' && !field.undecided.includes(value))
    if (values.length === 0) continue
    const answer = readField(field, values)
    if (typeof answer === 'string' && answer.startsWith('！'))
      problems.set(field.id, { typed: values[0] ?? '', problem: answer.slice(1) })
    else profile.set(field.id, answer)
  }
  return { profile, problems }
}

/** An answer, or a problem that begins with 「！」. */
function readField(field: ProfileField, values: readonly string[]): FieldAnswer {
  const [value = ''] = values
  if (value === 'none' && field.orNone) return 'none'
  if (value === 'own' && field.orOwn) return 'own'
  if (field.kind === 'yes-no') return value === 'yes'
  if (field.kind === 'choice') {
    const known = values.filter(option => option in (field.options ?? {}))
    if (known.length === 0) return '！请从列表里选'
    return field.many ? known : (known[0] ?? '')
  }
  if (field.kind === 'day') {
    return /^\d{4}-\d{2}-\d{2}$/.test(value) && Number.isFinite(dayNumber(value))
      ? pointAt(dayNumber(value))
      : '！请写成 2024-03-18 这样的日期'
  }
  const number = Number(value.replaceAll(/[,，\s]/g, ''))
  const least = field.min ?? 0
  const most = field.max ?? (field.kind === 'share' ? 100 : Number.POSITIVE_INFINITY)
  if (!Number.isFinite(number)) return `！请写数字${field.unit ? `，单位是${field.unit}` : ''}`
  if (number < least || number > most)
    return `！要在 ${least} 到 ${Number.isFinite(most) ? most : '上限'} 之间`
  return pointAt(number)
}
