import { Temporal } from 'temporal-polyfill'
import type { OutageAdvice } from '../../../feature.ts'
import { lineNameOf } from '../../../ports/line-ids.ts'
import type { ClosedOutage, Outages } from '../../../ports/outages.ts'
import type { Lessons } from './lessons.ts'
import type { Lesson } from './records/records.ts'
import { phaseOf, windowOf, withOutages } from './window.ts'

export type RecordOutages = (lesson: Lesson, at: Temporal.Instant) => Promise<Lesson>

/**
 * Keeps with a lesson the outages while one could sign in: who is missing then is unverified, never absent.
 * @returns the lesson as it stands then
 */
export function createOutageRecorder(lessons: Lessons, outages: Outages): RecordOutages {
  return async (lesson, at) => {
    const { opensAt, closesAt } = windowOf(lesson)
    if (Temporal.Instant.compare(at, opensAt) < 0) return lesson
    const openedAt = Temporal.Instant.from(lesson.openedAt)
    const found = (await outages.between(opensAt, closesAt, linesOf(lesson))).filter(
      ({ to }) => !to || isAfter(to, openedAt),
    )
    const spans = found.map(({ from, to }) => ({ from: from.toString(), to: (to ?? at).toString() }))
    if (withOutages(lesson, spans) === lesson) return lesson
    return lessons.change(lesson.id, now => withOutages(now, spans))
  }
}

/** The message to groups whose sign-in was open during an outage: the outage makes no person absent. */
export async function adviceAfter(
  outage: ClosedOutage,
  { lessons, at }: { lessons: Lessons; at: Temporal.Instant },
): Promise<OutageAdvice[]> {
  const found = await lessons.between({ from: outage.from, to: outage.to.add({ hours: 1 }) })
  const touched = found.filter(
    lesson =>
      lesson.cancelledAt === undefined &&
      linesOf(lesson).includes(outage.line ?? '') &&
      touches(outage, lesson),
  )
  const span = { from: outage.from.toString(), to: outage.to.toString() }
  for (const { id } of touched) await lessons.change(id, now => withOutages(now, [span]))
  return touched.flatMap(lesson =>
    lesson.groupIds.map(groupId => ({
      groupId,
      text:
        phaseOf(lesson, at) === 'open'
          ? '签到没收到回执的，请再发一次「签到」。'
          : `「${lesson.title}」的签到已经截止，那时签了到没收到回执的，请告诉组织者补上。`,
    })),
  )
}

/** The lines by which one can sign in. */
const linesOf = ({ groupIds }: Lesson) => [...new Set(groupIds.map(lineNameOf))]

const isAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) > 0

function touches(outage: ClosedOutage, lesson: Lesson): boolean {
  const { opensAt, closesAt } = windowOf(lesson)
  const isBefore = isAfter(opensAt, outage.to) || !isAfter(outage.to, Temporal.Instant.from(lesson.openedAt))
  return !isBefore && !isAfter(outage.from, closesAt)
}
