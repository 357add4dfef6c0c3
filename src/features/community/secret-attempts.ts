import { keyHash } from '../../lib/hash.ts'
import type { Clock } from '../../ports/clock.ts'
import { dayInShanghai } from '../../text/dates/time.ts'
import type { CommunityRecords } from './records/records.ts'

/** Subject whose attempts are counted, and the limit of a day. */
export type AttemptLimit = { subject: string; most: number }

export type SecretAttempts = ReturnType<typeof createSecretAttempts>

/** Counts guesses at secrets by day, per person and per target. In the store: a restart resets nothing. */
export function createSecretAttempts({ attempts }: Pick<CommunityRecords, 'attempts'>, clock: Clock) {
  const keyOf = (subject: string) => `${dayInShanghai(clock.now())}/${keyHash(subject)}`

  async function takeOne({ subject, most }: AttemptLimit): Promise<boolean> {
    let isAllowed = false
    await attempts.update(keyOf(subject), (now = { count: 0 }) => {
      isAllowed = now.count < most
      return isAllowed ? { count: now.count + 1 } : now
    })
    return isAllowed
  }

  return {
    /** Counts one attempt before it is looked at. @returns false once one of the limits is reached today */
    async take(limits: readonly AttemptLimit[]): Promise<boolean> {
      for (const limit of limits) if (!(await takeOne(limit))) return false
      return true
    },
    async countOf(subject: string): Promise<number> {
      return (await attempts.get(keyOf(subject)))?.count ?? 0
    },
    /** Deletes the counts of the days before today. */
    async forgetEarlier(): Promise<void> {
      const today = dayInShanghai(clock.now())
      for (const { key } of await attempts.list(''))
        if (key < `${today}/`) await attempts.update(key, () => undefined)
    },
  }
}
