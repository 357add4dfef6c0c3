import { types } from 'wechaty-puppet'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import { type Log, reasonOf } from '../../log.ts'
import { withDeadline } from './deadline.ts'

/** Find and alias (field notes 4). */
const lookUpMs = 5000
/** A gateway that forgets to say that a name changed is believed for so long (field notes W14). */
const freshMs = 10 * 60_000
const maxRemembered = 5000

type Remembered = { groupId: string; name: string; at: number }

export type Names = {
  /** The alias in this group, else the nickname; the last one seen when the line does not tell. */
  member(groupId: string, memberId: string): Promise<string | undefined>
  person(personId: string): Promise<string | undefined>
  group(groupId: string): Promise<string | undefined>
  /** The names of this group's members that were looked up so far. */
  seenIn(groupId: string): string[]
}

/**
 * What people and groups are called. Wechaty asks the gateway anew for a member's alias at every message
 * (field notes W15), so names are remembered here until the puppet says that they changed.
 */
export function createNames(puppet: PuppetInterface, log: Log): Names {
  const remembered = new Map<string, Remembered>()
  /** What is remembered of a group's members. */
  const membersIn = new Map<string, Set<string>>()
  puppet.on('dirty', ({ payloadType, payloadId }) => {
    if (payloadType === types.Dirty.Message) return
    for (const one of remembered.values()) {
      const isAlias = payloadType === types.Dirty.RoomMember && one.groupId === payloadId
      if (isAlias || payloadType !== types.Dirty.RoomMember) one.at = Number.NEGATIVE_INFINITY
    }
  })

  async function look(groupId: string, key: string, ask: () => Promise<string>): Promise<string | undefined> {
    const known = remembered.get(key)
    if (known && performance.now() - known.at < freshMs) return known.name
    try {
      const name = await withDeadline(ask(), lookUpMs, 'looking up a name')
      remember(key, { groupId, name, at: performance.now() })
      return name || known?.name
    } catch (cause) {
      log.warn({ reason: reasonOf(cause) }, 'a name could not be looked up')
      return known?.name
    }
  }

  function remember(key: string, entry: Remembered) {
    remembered.delete(key)
    remembered.set(key, entry)
    if (isMember(key)) membersIn.set(entry.groupId, (membersIn.get(entry.groupId) ?? new Set()).add(key))
    const [oldest] = remembered
    if (remembered.size <= maxRemembered || !oldest) return
    remembered.delete(oldest[0])
    membersIn.get(oldest[1].groupId)?.delete(oldest[0])
  }

  return {
    member: (groupId, memberId) =>
      look(groupId, `member/${groupId}/${memberId}`, async () => {
        const { roomAlias, name } = await puppet.roomMemberPayload(groupId, memberId)
        return roomAlias || name
      }),
    person: personId =>
      look('', `person/${personId}`, async () => (await puppet.contactPayload(personId)).name),
    group: groupId =>
      look(groupId, `group/${groupId}`, async () => (await puppet.roomPayload(groupId)).topic),
    seenIn: groupId => [...(membersIn.get(groupId) ?? [])].flatMap(key => remembered.get(key)?.name ?? []),
  }
}

const isMember = (key: string) => key.startsWith('member/')
