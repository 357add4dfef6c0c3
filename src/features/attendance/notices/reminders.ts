import { Temporal } from 'temporal-polyfill'
import type { Due, Job } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Lessons } from '../lessons/lessons.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { sayReminder } from './plan-words.ts'
import type { Posts } from './posts.ts'

const soonMinutes = 15
const dayHours = 24
/** Half a day late it is still the day before, or early enough to plan for. */
const dayMaxLateMinutes = 12 * 60

/** Reminders of a lesson, each once; one that was moved is reminded of anew. */
export function reminderJobs(parts: { lessons: Lessons; posts: Posts; clock: Clock }): Job[] {
  return [
    reminder(parts, {
      name: 'lesson-tomorrow',
      title: '前一天提醒',
      before: { hours: dayHours },
      maxLateMinutes: dayMaxLateMinutes,
    }),
    // Late it is of no use: those who come have come.
    reminder(parts, {
      name: 'lesson-soon',
      title: '课前 15 分钟提醒',
      before: { minutes: soonMinutes },
      maxLateMinutes: 0,
    }),
  ]
}

type Kind = Pick<Job, 'name' | 'title' | 'maxLateMinutes'> & {
  before: { hours: number } | { minutes: number }
}

function reminder({ lessons, posts, clock }: Parameters<typeof reminderJobs>[0], kind: Kind): Job {
  const { before, ...job } = kind
  const dueOf = (lesson: Lesson) => Temporal.Instant.from(lesson.startsAt).subtract(before)
  return {
    ...job,
    async due(after, until) {
      const found = await lessons.between({ from: after, to: until.add({ hours: dayHours }) })
      return (
        found
          .filter(lesson => lesson.cancelledAt === undefined && lesson.closedAt === undefined)
          .map(lesson => ({ lesson, at: dueOf(lesson) }))
          .filter(
            ({ at }) => Temporal.Instant.compare(at, after) > 0 && Temporal.Instant.compare(at, until) <= 0,
          )
          // A lesson opened later than that was announced just now.
          .filter(({ lesson, at }) => Temporal.Instant.compare(lesson.openedAt, at) < 0)
          .map(({ lesson, at }) => ({
            key: `${lesson.id}@${lesson.startsAt}`,
            at,
            title: `「${lesson.title}」${kind.title}`,
          }))
      )
    },
    async run({ key }: Due) {
      const [id = '', startsAt = ''] = key.split('@')
      const lesson = await lessons.get(id)
      if (!lesson || lesson.cancelledAt !== undefined || lesson.startsAt !== startsAt) return
      const about = `${job.name}-${Date.parse(startsAt)}`
      const text = sayReminder(lesson, clock.now())
      await posts.tellGroups(lesson, { about, text, notAfter: Temporal.Instant.from(startsAt) })
    },
  }
}
