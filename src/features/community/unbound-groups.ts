import { Temporal } from 'temporal-polyfill'
import { recentlyUsed } from '../../lib/recently-used.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { cleanName } from '../../text/names/names.ts'

const mostGroups = 100

type UnboundGroup = { id: string; name: string; lastMessageAt: Temporal.Instant }
export type UnboundGroups = ReturnType<typeof createUnboundGroups>

/** Groups in which the bot sits and that are not bound, by name. In memory only; nothing said there is kept. */
export function createUnboundGroups(clock: Clock) {
  const groups = recentlyUsed<UnboundGroup>(mostGroups)
  return {
    note({ groupId, groupName }: Message): void {
      if (groupId === undefined) return
      const name = groupName ? cleanName(groupName) : (groups.peek(groupId)?.name ?? '（没有群名）')
      groups.set(groupId, { id: groupId, name, lastMessageAt: clock.now() })
    },
    get: (groupId: string): UnboundGroup | undefined => groups.get(groupId),
    /** The latest first, without those that are bound by now. */
    list: (bound: ReadonlySet<string>): UnboundGroup[] =>
      [...groups.values()]
        .filter(({ id }) => !bound.has(id))
        .sort((a, b) => Temporal.Instant.compare(b.lastMessageAt, a.lastMessageAt)),
  }
}
