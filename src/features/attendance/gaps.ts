import { Temporal } from 'temporal-polyfill'
import type { GapAdvice } from '../../feature.ts'
import type { ClosedGap } from '../../ports/gaps.ts'
import type { Lessons } from './lessons.ts'
import { phaseOf, windowOf } from './window.ts'

/** What groups are told whose sign-in was open while we were deaf: nobody shall be missing for that. */
export async function adviceAfter(
  gap: ClosedGap,
  lessons: Lessons,
  at: Temporal.Instant,
): Promise<GapAdvice[]> {
  const found = await lessons.between({ from: gap.from, to: gap.to.add({ hours: 1 }) })
  return found
    .filter(lesson => lesson.cancelledAt === undefined)
    .filter(lesson => {
      const { opensAt, closesAt } = windowOf(lesson)
      return (
        Temporal.Instant.compare(opensAt, gap.to) <= 0 && Temporal.Instant.compare(closesAt, gap.from) >= 0
      )
    })
    .flatMap(lesson =>
      lesson.groupIds.map(groupId => ({
        groupId,
        text:
          phaseOf(lesson, at) === 'open'
            ? '签到没收到回执的，请再发一次「签到」。'
            : `「${lesson.title}」的签到已经截止，那时签了到没收到回执的，请告诉组织者补上。`,
      })),
    )
}
