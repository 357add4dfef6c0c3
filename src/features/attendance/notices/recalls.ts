import { keyHash } from '../../../lib/hash.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { People } from '../check-ins/people.ts'
import { acceptedAttempt, lastCorrection } from '../check-ins/rules.ts'
import { clockTime } from '../check-ins/words.ts'
import type { Lessons } from '../lessons/lessons.ts'
import { opensBeforeMinutes } from '../lessons/window.ts'
import type { Posts } from './posts.ts'

/** People can take a message back for two minutes; after an outage of the line both reach us later. */
const recentHours = 3
const uncounted: ReadonlySet<string | undefined> = new Set(['absent', 'leave'])

type RecallParts = {
  lessons: Pick<Lessons, 'between'>
  people: Pick<People, 'checkInsOf'>
  posts: Pick<Posts, 'toOrganizers'>
  clock: Clock
}

/**
 * Tells organizers whose sign-in message was taken back. It goes on counting: people take back a message because it
 * shows a code, or stands there twice, and no one is put down as absent for that. Which message it was stands with the
 * sign-in in the store, so that a restart in between changes nothing.
 */
export function createRecalls({ lessons, people, posts, clock }: RecallParts) {
  return {
    async tell(messageId: string): Promise<void> {
      const messageKey = keyHash(messageId)
      const now = clock.now()
      const near = await lessons.between({
        from: now.subtract({ hours: recentHours }),
        to: now.add({ minutes: opensBeforeMinutes + 1 }),
      })
      for (const lesson of near)
        for (const checkIn of await people.checkInsOf(lesson)) {
          const said = checkIn.tries.find(one => one.messageKey === messageKey)
          if (!said || !acceptedAttempt(lesson, checkIn) || uncounted.has(lastCorrection(checkIn)?.to))
            continue
          const { name } = checkIn
          const text = `「${lesson.title}」：${name} 撤回了 ${clockTime(said.at)} 的签到消息，签到还算着。人不在现场的话，请发「更正 ${name} 缺勤」。`
          await posts.toOrganizers(`lesson-${lesson.id}-recalled-${messageKey}`, { text })
        }
    },
  }
}
