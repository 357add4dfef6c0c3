import { LRUCache } from 'lru-cache'
import type { Message, Reply } from '../ports/chat.ts'

/** Groups whose latest speakers are remembered. */
const mostGroups = 2000

type Spoken = { personId: string; at: number }

/**
 * Names who is answered in a group where others were heard, or answered, since that person spoke. Elsewhere an answer
 * stands under its question and needs no name.
 */
export function createAddressing() {
  /** The latest two speakers of a group, different persons, the latest first. */
  const speakers = new LRUCache<string, readonly Spoken[]>({ max: mostGroups })
  let count = 0

  function note(groupId: string, personId: string): number {
    count += 1
    const others = (speakers.get(groupId) ?? []).filter(one => one.personId !== personId)
    speakers.set(groupId, [{ personId, at: count }, ...others].slice(0, 2))
    return count
  }

  /** @returns names the asker in the replies to this message where that is needed */
  return function heard({ groupId, senderId }: Message): (replies: Reply[]) => Reply[] {
    if (groupId === undefined) return replies => replies
    const spokeAt = note(groupId, senderId)
    return replies => {
      if (replies.length === 0) return replies
      const isBetween = (speakers.get(groupId) ?? []).some(
        one => one.personId !== senderId && one.at > spokeAt,
      )
      note(groupId, senderId)
      return isBetween ? withName(replies, senderId) : replies
    }
  }
}

/** A reply that mentions a person already says whom it is for. */
function withName(replies: Reply[], personId: string): Reply[] {
  const first = replies.findIndex(({ text }) => text !== undefined)
  if (first < 0 || replies.some(({ mention }) => mention !== undefined)) return replies
  return replies.map((reply, at) => (at === first ? { ...reply, mention: [personId] } : reply))
}
