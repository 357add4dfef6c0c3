import type { Temporal } from 'temporal-polyfill'
import type { Sweep } from '../../../feature.ts'
import { keyHash } from '../../../lib/hash.ts'
import { forEachItem } from '../../../lib/queue.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { People } from '../check-ins/people.ts'
import { acceptedAttempt, statusOf } from '../check-ins/rules.ts'
import { clockTime } from '../check-ins/words.ts'
import type { Lessons } from '../lessons/lessons.ts'
import type { Lesson, LessonRecords } from '../lessons/records/records.ts'
import { opensBeforeMinutes } from '../lessons/window.ts'
import type { Posts } from './posts.ts'

/** Lessons that ended within this time, h: a message can be recalled for two minutes, and an outage delays both. */
const recentHours = 3
const untold = 'untold/'
const attended: ReadonlySet<string | undefined> = new Set(['present', 'late'])

type RecallParts = {
  records: Pick<LessonRecords, 'recalls'>
  lessons: Pick<Lessons, 'between'>
  people: Pick<People, 'checkInsOf'>
  posts: Pick<Posts, 'toOrganizers'>
  clock: Clock
}

/**
 * Tells organizers whose sign-in message was taken back. The sign-in goes on counting: people take back a message
 * because it shows a code, or stands there twice. Nothing is told where another message counts, an organizer decided
 * otherwise, or the lesson was called off. The store keeps the message of each sign-in, and a recall that
 * could not be told, so that a restart in between changes nothing.
 */
export function createRecalls({ records, lessons, people, posts, clock }: RecallParts) {
  const { recalls } = records
  /** Those that the store did not take either. */
  const unkept = new Set<string>()

  async function tell(messageKey: string): Promise<void> {
    const now = clock.now()
    const near = await lessons.between({
      from: now.subtract({ hours: recentHours }),
      to: now.add({ minutes: opensBeforeMinutes + 1 }),
    })
    const held = near.filter(({ cancelledAt }) => cancelledAt === undefined)
    await forEachItem(held, lesson => tellOf(lesson, messageKey, now), 'a sign-in that was taken back')
  }

  async function tellOf(lesson: Lesson, messageKey: string, now: Temporal.Instant): Promise<void> {
    for (const checkIn of await people.checkInsOf(lesson)) {
      const counted = acceptedAttempt(lesson, checkIn)
      const status = statusOf(lesson, { checkIn, isExpected: false }, now)
      if (counted?.messageKey !== messageKey || !attended.has(status?.state)) continue
      const { name } = checkIn
      const text = `「${lesson.title}」：${name} 撤回了 ${clockTime(counted.at)} 的签到消息，签到还算着。人不在现场的话，请发「更正 ${name} 缺勤」。`
      await posts.toOrganizers(`lesson-${lesson.id}-recalled-${messageKey}`, { text })
    }
  }

  async function tellKept(key: string): Promise<void> {
    await tell(key.slice(untold.length))
    await recalls.update(key, () => undefined)
  }

  async function keep(messageKey: string): Promise<void> {
    unkept.add(messageKey)
    const at = clock.now().toString()
    await recalls.update(`${untold}${messageKey}`, now => now ?? { at })
    unkept.delete(messageKey)
  }

  return {
    async tell(messageId: string): Promise<void> {
      const messageKey = keyHash(messageId)
      try {
        await tell(messageKey)
      } catch (cause) {
        await keep(messageKey)
        throw cause
      }
    },
    /** Tells again what could not be posted; its key tells it once. */
    sweep: {
      name: 'recalled-sign-ins',
      everySeconds: 20,
      async run() {
        for (const messageKey of [...unkept]) await keep(messageKey)
        await forEachItem(
          await recalls.list(untold),
          ({ key }) => tellKept(key),
          'sign-ins that were taken back',
        )
      },
    } satisfies Sweep,
  }
}
