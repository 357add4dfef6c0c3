import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { form, type RefusedForm } from '../../../console/forms.ts'
import { FieldRefusal, Refusal } from '../../../feature.ts'
import { versionOf } from '../../../lib/hash.ts'
import type { Group } from '../../../ports/directory.ts'
import { dayInShanghai, inShanghai, timeZone } from '../../../text/dates/time.ts'
import type { Times } from '../lessons/lessons.ts'
import { longestTexts, tooLong } from '../lessons/plan-rules.ts'
import { AttendanceVerdict } from '../lessons/records/check-in-records.ts'
import type { LessonPlan } from '../lessons/records/plan.ts'
import type { Lesson } from '../lessons/records/records.ts'
import type { LessonRecurrence } from '../lessons/records/series-records.ts'
import { lateAfterMinutes, opensBeforeMinutes } from '../lessons/window.ts'

const repeats = ['once', 'weekly', 'biweekly', 'monthly'] as const

const ticked = z.literal('yes').optional().catch(undefined)

/** The form for a lesson as it was filled in, to be shown again beside what was wrong with it: it takes any text. */
const TypedLesson = z.object({
  title: z.string().trim().default(''),
  format: z.string().trim().default(''),
  speaker: z.string().trim().default(''),
  place: z.string().trim().default(''),
  materials: z.string().trim().default(''),
  date: z.string().default(''),
  start: z.string().default(''),
  end: z.string().default(''),
  repeat: z.enum(repeats).catch('once').default('once'),
  until: z.string().default(''),
  group: z.array(z.string()).default([]),
  whom: z.enum(['groups', 'units', 'signed-up', 'nobody']).catch('groups').default('groups'),
  /** Organizers and the speaker count as 应到, too. */
  staff: ticked,
  /** 「支部 优空间支部」 or 「空间 优空间」. */
  unit: z.array(z.string()).default([]),
  signUp: ticked,
  capacity: z.string().trim().default(''),
  code: ticked,
  silent: ticked,
  signOut: ticked,
  restDays: ticked,
  opensBefore: z.string().trim().default(String(opensBeforeMinutes)),
  lateAfter: z.string().trim().default(String(lateAfterMinutes)),
  /** Scope within a series: this lesson only, or all from now on. */
  scope: z.enum(['one', 'series']).catch('one').default('one'),
  /** {@link lessonVersion} the lesson when the form was shown; empty for a new lesson. */
  seen: z.string().default(''),
})
export type TypedLesson = z.infer<typeof TypedLesson>

/** Reads the form for a lesson. */
export const LessonForm = form(TypedLesson, ['group', 'unit'])

/** A refused form for a lesson, as it was filled in. */
export const typedAgain = ({ input, lists }: RefusedForm): TypedLesson =>
  TypedLesson.parse({ ...input, ...lists })

const Checked = z.object({
  format: z.string().max(longestTexts.format, tooLong.format),
  speaker: z.string().max(longestTexts.speaker, tooLong.speaker),
  place: z.string().max(longestTexts.place, tooLong.place),
  materials: z.string().max(longestTexts.materials, tooLong.materials),
  date: z.iso.date('请选一个日期。'),
  start: z.string().regex(/^\d{2}:\d{2}$/, '请填开始时间。'),
  end: z.string().regex(/^\d{2}:\d{2}$/, '请填结束时间。'),
  until: z.iso.date('「到哪天为止」请选一个日期。').or(z.literal('')),
  opensBefore: z.coerce
    .number('提前几分钟签到，请写一个数字。')
    .int()
    .min(0)
    .max(240, '最多提前 240 分钟签到。'),
  lateAfter: z.coerce
    .number('几分钟后算迟到，请写一个数字。')
    .int()
    .min(0)
    .max(240, '迟到最多按 240 分钟算。'),
  capacity: z.coerce
    .number('名额请写一个数字。')
    .int()
    .min(1, '名额至少 1 个。')
    .max(9999, '名额最多 9999 个。')
    .or(z.literal('')),
})

/** The form that corrects a person. */
export const CorrectionForm = form(
  z.object({
    who: z.string().trim().min(1, '请填是谁。'),
    to: AttendanceVerdict,
    why: z.string().trim().max(longestTexts.why, tooLong.why).default(''),
    isNew: ticked,
  }),
)

const startHour = 14

/** The form as it is first shown: the next 14:00 to come, and the only group where there is one. */
export function blankLesson(now: Temporal.Instant, groups: readonly Group[]): TypedLesson {
  const date = dayInShanghai(inShanghai(now).hour < startHour ? now : now.add({ hours: 24 }))
  const [only, ...more] = groups
  const group = only && more.length === 0 ? [only.id] : []
  return TypedLesson.parse({ date, start: `${startHour}:00`, end: '15:30', group })
}

/** Tells whether a lesson has changed since its form was shown. */
export const lessonVersion = (lesson: Lesson): string => versionOf(valuesOf(lesson, false))

/** The form filled in with a lesson that stands. */
export const typedAs = (lesson: Lesson, hasCode: boolean): TypedLesson => ({
  ...valuesOf(lesson, hasCode),
  seen: lessonVersion(lesson),
})

function valuesOf(lesson: Lesson, hasCode: boolean): TypedLesson {
  const [start, end] = [lesson.startsAt, lesson.endsAt].map(at => inShanghai(Temporal.Instant.from(at)))
  const { title, format, speaker, place, materials, groupIds, expected, signUp } = lesson
  return TypedLesson.parse({
    ...{ title, format, speaker, place },
    materials: materials.join('\n'),
    date: start?.toPlainDate().toString(),
    start: start?.toPlainTime().toString().slice(0, 5),
    end: end?.toPlainTime().toString().slice(0, 5),
    group: groupIds,
    whom: expected.whom,
    unit: [...expected.branches.map(branchUnit), ...expected.spaces.map(spaceUnit)],
    ...(signUp ? { signUp: 'yes' } : {}),
    capacity: String(signUp?.capacity ?? ''),
    ...(hasCode ? { code: 'yes' } : {}),
    ...(expected.includesStaff ? { staff: 'yes' } : {}),
    ...(lesson.takesSignOut ? { signOut: 'yes' } : {}),
    ...(lesson.tellsNumbers ? {} : { silent: 'yes' }),
    opensBefore: String(lesson.opensBeforeMinutes),
    lateAfter: String(lesson.lateAfterMinutes),
  })
}

export const branchUnit = (branch: string) => `支部 ${branch}`
export const spaceUnit = (space: string) => `空间 ${space}`

/** @throws {@link FieldRefusal} with the first thing that is wrong, in Chinese */
export function readLessonForm(typed: TypedLesson): {
  plan: LessonPlan
  times: Times
  recurrence: LessonRecurrence | undefined
  hasCode: boolean
} {
  const read = Checked.safeParse(typed)
  if (!read.success) throw firstIssueOf(read.error)
  const checked = read.data
  if (typed.whom === 'units' && typed.unit.length === 0)
    throw new FieldRefusal('unit', '应到选了支部或空间，请至少勾一个。')
  return {
    plan: planOf(typed, checked),
    times: {
      startsAt: instantOf(checked.date, checked.start),
      endsAt: instantOf(checked.date, checked.end),
    },
    recurrence: recurrenceOf(typed, checked),
    hasCode: typed.code === 'yes',
  }
}

function planOf(typed: TypedLesson, checked: z.infer<typeof Checked>): LessonPlan {
  const { capacity } = checked
  const signUp = typed.signUp ? { signUp: capacity === '' ? {} : { capacity } } : { signUp: undefined }
  const named = (prefix: string) =>
    typed.unit.flatMap(unit => (unit.startsWith(prefix) ? [unit.slice(prefix.length)] : []))
  const isUnits = typed.whom === 'units'
  return {
    ...{ title: typed.title, format: typed.format, speaker: typed.speaker, place: typed.place },
    materials: typed.materials
      .split(/\n+/u)
      .map(line => line.trim())
      .filter(line => line !== ''),
    groupIds: [...new Set(typed.group)],
    expected: {
      whom: typed.whom,
      branches: isUnits ? named(branchUnit('')) : [],
      spaces: isUnits ? named(spaceUnit('')) : [],
      ...(typed.staff ? { includesStaff: true } : {}),
    },
    ...signUp,
    tellsNumbers: !typed.silent,
    takesSignOut: typed.signOut === 'yes',
    opensBeforeMinutes: checked.opensBefore,
    lateAfterMinutes: checked.lateAfter,
  }
}

function recurrenceOf(typed: TypedLesson, checked: z.infer<typeof Checked>): LessonRecurrence | undefined {
  if (typed.repeat === 'once') return undefined
  const from = Temporal.PlainDate.from(checked.date)
  return {
    on:
      typed.repeat === 'monthly'
        ? { kind: 'month-weekdays', days: [from.dayOfWeek], nth: Math.ceil(from.day / 7) }
        : {
            kind: 'weekdays',
            days: [from.dayOfWeek],
            ...(typed.repeat === 'biweekly' ? { everyWeeks: 2 } : {}),
          },
    from: from.toString(),
    ...(checked.until === '' ? {} : { until: checked.until }),
    includesRestDays: typed.restDays === 'yes',
  }
}

function firstIssueOf({ issues: [issue] }: z.ZodError): FieldRefusal {
  return new FieldRefusal(String(issue?.path[0] ?? ''), issue?.message ?? '请检查填写的内容。')
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
