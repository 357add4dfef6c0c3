import { z } from 'zod'
import { between, type FieldAnswer, isRange, type Profile, pointAt } from './answers.ts'
import { dayNumber, isoDay } from './days.ts'
import type { ProfileField } from './fields.ts'
import { domainRange } from './logic/representatives.ts'

/**
 * An answer as it is stored and sent: a number, a day, or `[from, to)` for a range, where
 * `null` has no end on its side.
 */
export type StoredAnswer =
  | boolean
  | string
  | number
  | string[]
  | [number, number | null]
  | [string | null, string | null]

const Day = z.iso.date()
const NumberRange = z.tuple([z.number(), z.number().nullable()])
const DayRange = z.tuple([Day.nullable(), Day.nullable()])

/**
 * Reads one stored answer; `undefined` where it means that the field is unknown.
 * @throws ZodError where it does not fit the field
 */
export function parseAnswer(field: ProfileField, stored: unknown): FieldAnswer | undefined {
  if (stored === undefined || stored === null || stored === 'unknown') return undefined
  if (field.orNone && stored === 'none') return 'none'
  if (field.orOwn && stored === 'own') return 'own'
  if (field.undecided.some(option => option === stored)) return undefined
  switch (field.kind) {
    case 'yes-no':
      return z.boolean().parse(stored)
    case 'choice':
      return parseChoice(field, stored)
    case 'day':
      return parseDay(stored)
    default:
      return parseNumber(field, stored)
  }
}

function parseChoice(field: ProfileField, stored: unknown): FieldAnswer {
  const options = Object.keys(field.options ?? {})
  const option = z.enum(options as [string, ...string[]])
  return field.many ? z.array(option).parse(stored) : option.parse(stored)
}

function parseDay(stored: unknown): FieldAnswer {
  if (typeof stored === 'string') return pointAt(dayNumber(Day.parse(stored)))
  const [from, to] = DayRange.parse(stored)
  const min = from === null ? Number.NEGATIVE_INFINITY : dayNumber(from)
  return between(min, to === null ? Number.POSITIVE_INFINITY : dayNumber(to) - 1, true)
}

function parseNumber(field: ProfileField, stored: unknown): FieldAnswer {
  if (typeof stored === 'number') return pointAt(z.number().parse(stored))
  const [from, to] = NumberRange.parse(stored)
  if (to === null) return between(from, Number.POSITIVE_INFINITY, false)
  const most = domainRange(field).max
  if (to > most) return between(from, most, true)
  return field.whole ? between(Math.ceil(from), Math.ceil(to) - 1, true) : between(from, to, false)
}

/**
 * Reads stored answers.
 * @throws ZodError where one does not fit its field, or a field does not exist
 */
export function parseProfile(
  fields: ReadonlyMap<string, ProfileField>,
  stored: Readonly<Record<string, unknown>>,
): Profile {
  const profile = new Map<string, FieldAnswer>()
  for (const [id, value] of Object.entries(stored)) {
    const field = fields.get(id)
    if (!field) throw new z.ZodError([{ code: 'custom', path: [id], message: '没有这个栏目', input: value }])
    const answer = parseAnswer(field, value)
    if (answer !== undefined) profile.set(id, answer)
  }
  return profile
}

/** The form in which an answer is stored; the reverse of {@link parseAnswer}. */
export function storedAnswer(field: ProfileField, answer: FieldAnswer): StoredAnswer {
  if (!isRange(answer)) return Array.isArray(answer) ? [...answer] : (answer as boolean | string)
  if (answer.min === answer.max) return field.kind === 'day' ? isoDay(answer.min) : answer.min
  const end =
    answer.max === Number.POSITIVE_INFINITY ? null : answer.isMaxIncluded ? answer.max + 1 : answer.max
  if (field.kind !== 'day') return [answer.min, end]
  return [
    answer.min === Number.NEGATIVE_INFINITY ? null : isoDay(answer.min),
    end === null ? null : isoDay(end),
  ]
}
