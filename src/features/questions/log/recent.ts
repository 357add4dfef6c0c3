import type { Temporal } from 'temporal-polyfill'
import { recentlyUsed } from '../../../lib/recently-used.ts'
import type { Message } from '../../../ports/chat.ts'
import { speakerKey } from '../../../ports/conversation-keys.ts'
import type { Asked } from '../../../ports/desk.ts'

/** Last question of a conversation, and its key in the log, which is made when it is needed. */
export type Recent = Asked & { at: Temporal.Instant; key: () => string }

/** Limit of conversations kept at once; the oldest are evicted. */
const mostKept = 2000

/** Last questions by conversation and person. In memory: after a restart people ask again. */
export function createRecent() {
  const last = recentlyUsed<Recent>(mostKept)
  return {
    keep(message: Message, recent: Recent): void {
      last.set(speakerKey(message), recent)
    },
    /** Forgets a question that could not be logged: it cannot be judged. */
    forget(key: Recent['key']): void {
      for (const [conversation, recent] of [...last.entries()])
        if (recent.key === key) last.delete(conversation)
    },
    /** The last question of this person here, if it is not older than that. */
    within(message: Message, minutes: number): Recent | undefined {
      const found = last.peek(speakerKey(message))
      if (!found) return undefined
      return message.receivedAt.epochMilliseconds - found.at.epochMilliseconds <= minutes * 60_000
        ? found
        : undefined
    },
  }
}
