import type { Temporal } from 'temporal-polyfill'
import { keyHash } from '../../../lib/hash.ts'
import { recentlyUsed } from '../../../lib/recently-used.ts'
import type { Participant } from '../check-ins/check-in.ts'
import { clockTime } from '../check-ins/words.ts'
import type { Lesson } from '../lessons/records/records.ts'
import type { Posts } from './posts.ts'

type SignedIn = { lesson: Lesson; who: Participant; at: Temporal.Instant }

/** People can take a message back for two minutes: a full hall signs in fewer times. */
const mostKept = 2000

export type Recalls = ReturnType<typeof createRecalls>

/**
 * Tells organizers whose sign-in message was taken back. It goes on counting: people take back a message because it
 * shows a code, or stands there twice, and no one is put down as absent for that.
 */
export function createRecalls(posts: Pick<Posts, 'toOrganizers'>) {
  const signedIn = recentlyUsed<SignedIn>(mostKept)
  return {
    note: (messageId: string, one: SignedIn) => void signedIn.set(messageId, one),
    async tell(messageId: string): Promise<void> {
      const found = signedIn.get(messageId)
      if (!found) return
      signedIn.delete(messageId)
      const { lesson, who, at } = found
      const text = `「${lesson.title}」：${who.name} 撤回了 ${clockTime(at.toString())} 的签到消息，签到还算着。人不在现场的话，请发「更正 ${who.name} 缺勤」。`
      await posts.toOrganizers(`lesson-${lesson.id}-recalled-${keyHash(messageId)}`, { text })
    },
  }
}
