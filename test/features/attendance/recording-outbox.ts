import { Temporal } from 'temporal-polyfill'
import type { Outbox, Posting } from '../../../src/outbox/index.ts'
import type { Clock } from '../../../src/ports/clock.ts'
import { expectNoFormalism } from '../../conversation.ts'

/** An outbox that keeps what was posted, once a key as the real one does, and says that it was sent. */
export function createRecordingOutbox(clock: Clock): Outbox & {
  posted: Posting[]
  toGroup(groupId: string): string[]
  toPerson(personId: string): string[]
} {
  const posted: Posting[] = []
  const cancelled = new Set<string>()
  const wordsTo = (isMeant: (posting: Posting) => boolean) =>
    posted.filter(isMeant).map(({ reply }) => reply.text ?? reply.file?.name ?? '')
  return {
    posted,
    toGroup: groupId => wordsTo(({ target }) => 'groupId' in target && target.groupId === groupId),
    toPerson: personId => wordsTo(({ target }) => 'personId' in target && target.personId === personId),
    async post(postings) {
      for (const posting of postings) {
        if (Temporal.Instant.compare(posting.notAfter, clock.now()) < 0) throw new Error('posted too late')
        if ('groupId' in posting.target) expectNoFormalism(posting.reply)
        if (!posted.some(({ key }) => key === posting.key)) posted.push(posting)
      }
    },
    async deliveries(broadcastId) {
      return posted
        .filter(({ key }) => key.startsWith(`${broadcastId}/`))
        .map(({ key, target }) => ({
          key,
          target,
          state: cancelled.has(broadcastId) ? 'cancelled' : 'sent',
          changedAt: clock.now(),
          history: [],
        }))
    },
    async cancel(broadcastId) {
      cancelled.add(broadcastId)
      return posted.filter(({ key }) => key.startsWith(`${broadcastId}/`)).length
    },
  }
}
