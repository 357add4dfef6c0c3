import { recentlyUsed } from '../lib/recently-used.ts'
import type { Message, Reply } from '../ports/chat.ts'

/** Groups whose latest speakers are remembered. */
const mostGroups = 2000

type Spoken = { personId: string; at: number }

/**
 * Names who is answered in a group where others were heard, or answered, since that person spoke. Elsewhere an answer
 * stands under its question and needs no name. Judged when the answer is sent, as it may have waited for its turn.
 */
export function createAddressees() {
  /** The latest two speakers of a group, different persons, the latest first. */
  const speakers = recentlyUsed<readonly Spoken[]>(mostGroups)
  let count = 0

  function note(groupId: string, personId: string): number {
    count += 1
    const others = (speakers.get(groupId) ?? []).filter(one => one.personId !== personId)
    speakers.set(groupId, [{ personId, at: count }, ...others].slice(0, 2))
    return count
  }

  /** @returns gives the replies to this message their addressee */
  return function heard({ groupId, senderId }: Message): (replies: Reply[]) => Reply[] {
    if (groupId === undefined) return replies => replies
    const spokeAt = note(groupId, senderId)
    function isNeeded(): boolean {
      const isBetween = (speakers.get(groupId ?? '') ?? []).some(
        one => one.personId !== senderId && one.at > spokeAt,
      )
      note(groupId ?? '', senderId)
      return isBetween
    }
    return replies => withAddressee(replies, { personId: senderId, isNeeded })
  }
}

/** A reply that mentions a person already says whom it is for. */
function withAddressee(replies: Reply[], addressee: NonNullable<Reply['addressee']>): Reply[] {
  const first = replies.findIndex(({ text }) => text !== undefined)
  if (first < 0 || replies.some(({ mention }) => mention !== undefined)) return replies
  return replies.map((reply, at) => (at === first ? { ...reply, addressee } : reply))
}
