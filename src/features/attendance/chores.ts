import type { Clock } from '../../ports/clock.ts'
import type { Chore } from '../../ports/overviews.ts'
import type { People } from './check-ins/people.ts'
import { isUnverifiable, tallyOf } from './check-ins/rules.ts'
import type { Lessons } from './lessons/lessons.ts'
import { phaseOf } from './lessons/window.ts'
import type { MakeUps } from './make-ups.ts'

/** Older lessons are not brought up again. */
const backDays = 30

type Parts = { lessons: Lessons; people: People; makeUps: MakeUps; clock: Clock }

/** Tasks of an organizer: make-ups to read, and people who may have signed in during an outage. */
export async function lessonChores({ lessons, people, makeUps, clock }: Parts): Promise<Chore[]> {
  const now = clock.now()
  const pending = Map.groupBy(await makeUps.pending(), ({ lesson }) => lesson.id)
  const past = await lessons.between({ from: now.subtract({ hours: 24 * backDays }), to: now })
  const doubtful = past.filter(lesson => isUnverifiable(lesson) && phaseOf(lesson, now) === 'over')
  const unverified = await Promise.all(
    doubtful.map(async lesson => ({
      lesson,
      count: tallyOf(await people.withPeople(lesson), now).unverified.length,
    })),
  )
  return [
    ...unverified
      .filter(({ count }) => count > 0)
      .map(({ lesson, count }) => ({
        text: `「${lesson.title}」有 ${count} 人未核对：那时断线了`,
        path: `/lessons/${lesson.id}`,
      })),
    ...[...pending].map(([id, all]) => ({
      text: `「${all[0]?.lesson.title}」有 ${all.length} 份补学等确认`,
      path: `/lessons/${id}`,
    })),
  ]
}
