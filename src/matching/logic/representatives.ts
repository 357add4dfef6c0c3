import { type FieldAnswer, isRange, type Profile, type Range } from '../answers.ts'
import type { ProfileField } from '../fields.ts'
import type { CompiledTest } from './compiled-test.ts'
import { isBelow, smallestDifference } from './limits.ts'

/** Every option that decides something, as an answer. */
export function optionsOf(field: ProfileField): FieldAnswer[] {
  return Object.keys(field.options ?? {})
    .filter(option => !field.undecided.includes(option))
    .map(option => (field.many ? [option] : option))
}

/** The values of a field that stand for all others, from what is known of it. */
export function representatives(field: ProfileField, test: CompiledTest, profile: Profile): FieldAnswer[] {
  const known = profile.get(field.id)
  if (known !== undefined && !(isRange(known) && known.min !== known.max)) return [known]
  if (field.kind === 'yes-no') return [true, false]
  if (field.kind === 'choice') return optionsOf(field)
  const words: FieldAnswer[] =
    known === undefined ? [field.orNone, field.orOwn].filter(word => word !== undefined) : []
  return [...words, ...valuesOf(field, test, profile, known)]
}

function valuesOf(
  field: ProfileField,
  test: CompiledTest,
  profile: Profile,
  known: FieldAnswer | undefined,
): FieldAnswer[] {
  const range = isRange(known) ? known : domainRange(field)
  const step = field.kind === 'day' || field.whole ? 1 : smallestDifference
  const cuts = test.cuts(field.id, profile).map(cut => (step === 1 ? Math.ceil(cut) : cut))
  const start = Number.isFinite(range.min) ? range.min : Math.min(...cuts, 0) - 1
  const values = [start, ...cuts].filter(
    value => value >= range.min && isBelow({ ...range, min: value }, value) === false && within(range, value),
  )
  return [...new Set(values)].map(value => ({ min: value, max: value, isMaxIncluded: true }))
}

const within = ({ max, isMaxIncluded }: Range, value: number) =>
  value < max || (value === max && isMaxIncluded)

/** All values that a number, share or day can have. */
export function domainRange(field: ProfileField): Range {
  if (field.kind === 'day')
    return { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, isMaxIncluded: false }
  const max = field.max ?? (field.kind === 'share' ? 100 : Number.POSITIVE_INFINITY)
  return { min: field.min ?? 0, max, isMaxIncluded: true }
}
