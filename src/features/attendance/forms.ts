import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { Refusal } from '../../feature.ts'
import type { Group } from '../../ports/directory.ts'
import { inShanghai, timeZone } from '../../text/time.ts'
import { Verdict } from './check-in-records.ts'
import type { Draft } from './window.ts'

/** What was typed into the form for a lesson, to be shown again beside what was wrong with it. */
export type TypedLesson = {
  title: string
  date: string
  start: string
  end: string
  groupIds: string[]
  hasCode: boolean
}

const Typed = z.object({
  title: z.string().trim(),
  date: z.iso.date('请选一个日期。'),
  start: z.string().regex(/^\d{2}:\d{2}$/, '请填开始时间。'),
  end: z.string().regex(/^\d{2}:\d{2}$/, '请填结束时间。'),
})
/** What was typed into the form that corrects somebody. */
export const TypedCorrection = z.object({
  who: z.string().trim().min(1, '请填是谁。'),
  to: Verdict,
  why: z.string().trim().max(100, '原因请控制在 100 字以内。').default(''),
  isNew: z.literal('yes').optional(),
})

/** The form as it is first shown: today, and the only group where there is one. */
export function blankLesson(now: Temporal.Instant, groups: readonly Group[]): TypedLesson {
  const date = inShanghai(now).toPlainDate().toString()
  const [only, ...more] = groups
  return {
    title: '',
    date,
    start: '14:00',
    end: '15:30',
    groupIds: only && more.length === 0 ? [only.id] : [],
    hasCode: false,
  }
}

/** @throws {@link Refusal} where a field is missing or there is no such time */
export function draftOf(typed: TypedLesson): Draft {
  const { title, date, start, end } = parsed(Typed, typed)
  return { title, startsAt: instantOf(date, start), endsAt: instantOf(date, end) }
}

export function typedLesson(form: FormData): TypedLesson {
  const field = (name: string) => String(form.get(name) ?? '')
  return {
    title: field('title'),
    date: field('date'),
    start: field('start'),
    end: field('end'),
    groupIds: form.getAll('group').map(String),
    hasCode: form.get('code') === 'yes',
  }
}

/** @throws {@link Refusal} with the first thing that is wrong */
export function parsed<T>(schema: z.ZodType<T>, typed: unknown): T {
  const result = schema.safeParse(typed)
  if (result.success) return result.data
  throw new Refusal(result.error.issues[0]?.message ?? '请检查填写的内容。')
}

/** @throws {@link Refusal} where there is no such time */
function instantOf(date: string, time: string): Temporal.Instant {
  try {
    return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).toInstant()
  } catch (cause) {
    if (cause instanceof RangeError) throw new Refusal(`没有「${date} ${time}」这个时间，请改一下。`)
    throw cause
  }
}
