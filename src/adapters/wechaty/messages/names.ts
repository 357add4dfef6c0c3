import { types } from 'wechaty-puppet'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import type { MaybePromise } from '../../../lib/promises.ts'
import { recentlyUsed } from '../../../lib/recently-used.ts'
import { type Log, reasonOf } from '../../../log.ts'
import { withDeadline } from '../../line/deadline.ts'

/** A look-up without an answer for this time, ms, is begun anew by the next message. */
const lookUpMs = 5000
/** An answer that comes later than this, ms, is dropped. */
const lateMs = 120_000
/** Longest wait of a message for a name, ms; the look-up goes on behind it. */
const waitMs = 1000
/** Names are looked up again after this time, ms, in case the gateway does not announce changes. */
const freshMs = 10 * 60_000
const maxRemembered = 5000

type Remembered = { groupId: string; name: string; at: number }

export type Names = {
  /** The alias in this group, else the nickname; the last one seen when the line does not tell. */
  member(groupId: string, memberId: string): MaybePromise<string | undefined>
  person(personId: string): MaybePromise<string | undefined>
  group(groupId: string): MaybePromise<string | undefined>
  /** Result of a look-up that has no answer yet, also where messages no longer wait for it; undefined where none is. */
  late(groupId: string, memberId: string): Promise<string | undefined> | undefined
  /** The names of this group's members that were looked up so far. */
  seenIn(groupId: string): string[]
}

/**
 * Looks up and caches the names of people and groups. Wechaty asks the gateway anew for a member's alias at every
 * message, so names are remembered here until the puppet says that they changed.
 */
export function createNames(puppet: PuppetInterface, log: Log): Names {
  const underWay = new Map<string, Promise<string | undefined>>()
  /** Look-ups of members without an answer, by key: the last one of each. */
  const unanswered = new Map<string, Promise<string | undefined>>()
  /** Keys of the cached members of each group. */
  const membersIn = new Map<string, Set<string>>()
  /** Names of a group's members as they were listed last: a large group is asked for them at each mention. */
  const listed = new Map<string, string[]>()
  const remembered = recentlyUsed<Remembered>(maxRemembered, {
    onDropped({ groupId }, key) {
      listed.delete(groupId)
      membersIn.get(groupId)?.delete(key)
    },
  })
  puppet.on('dirty', ({ payloadType, payloadId }) => {
    if (payloadType === types.Dirty.Message) return
    for (const one of remembered.values()) {
      const isAlias = payloadType === types.Dirty.RoomMember && one.groupId === payloadId
      if (isAlias || payloadType !== types.Dirty.RoomMember) one.at = Number.NEGATIVE_INFINITY
    }
  })

  function look(groupId: string, key: string, ask: () => Promise<string>): MaybePromise<string | undefined> {
    const known = remembered.get(key)
    if (known && performance.now() - known.at < freshMs) return known.name || undefined
    const found = underWay.get(key) ?? lookUp(groupId, key, ask)
    return withDeadline(found, waitMs, 'a name')
      .catch(() => undefined)
      .then(name => name || known?.name || undefined)
  }

  /** Never rejects. */
  function lookUp(groupId: string, key: string, ask: () => Promise<string>): Promise<string | undefined> {
    const answered = ask().then(name => {
      // An empty answer does not take away a name that was known.
      const best = name || remembered.get(key)?.name || ''
      remember(key, { groupId, name: best, at: performance.now() })
      return best || undefined
    })
    const found = withDeadline(answered, lookUpMs, 'looking up a name')
      .catch(cause => {
        log.warn({ reason: reasonOf(cause) }, 'a name could not be looked up')
        return undefined
      })
      .finally(() => underWay.delete(key))
    underWay.set(key, found)
    if (isMember(key)) keepUnanswered(key, answered)
    return found
  }

  function keepUnanswered(key: string, answered: Promise<string | undefined>) {
    const late = withDeadline(answered, lateMs, 'looking up a name')
      .catch(() => undefined)
      .finally(() => {
        if (unanswered.get(key) === late) unanswered.delete(key)
      })
    unanswered.set(key, late)
  }

  function remember(key: string, entry: Remembered) {
    remembered.set(key, entry)
    listed.delete(entry.groupId)
    if (isMember(key)) membersIn.set(entry.groupId, (membersIn.get(entry.groupId) ?? new Set()).add(key))
  }

  const listMembers = (groupId: string) =>
    [...(membersIn.get(groupId) ?? [])].flatMap(key => remembered.peek(key)?.name ?? [])

  return {
    member: (groupId, memberId) =>
      look(groupId, memberKey(groupId, memberId), async () => {
        const { roomAlias, name } = await puppet.roomMemberPayload(groupId, memberId)
        return roomAlias || name
      }),
    person: personId =>
      look('', `person/${personId}`, async () => (await puppet.contactPayload(personId)).name),
    group: groupId =>
      look(groupId, `group/${groupId}`, async () => (await puppet.roomPayload(groupId)).topic),
    late: (groupId, memberId) => unanswered.get(memberKey(groupId, memberId)),
    seenIn(groupId) {
      const names = listed.get(groupId) ?? listMembers(groupId)
      listed.set(groupId, names)
      return names
    },
  }
}

const memberKey = (groupId: string, memberId: string) => `member/${groupId}/${memberId}`
const isMember = (key: string) => key.startsWith('member/')
