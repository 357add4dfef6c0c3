import { type SandboxMessage, UnknownInSandbox, type World } from '../world/index.ts'
import type { GroupKind } from '../world/kinds.ts'

export type Who = { id: string; name: string }

/** One chat as one person sees it. */
export type SandboxChat = {
  /** One for all people of a group; in private, one for each person. */
  key: string
  title: string
  isPrivate: boolean
  groupId?: string
  /** Which platform's group it plays; undefined in private. */
  kind?: GroupKind
  me: Who
  /** The people that a visitor can play here. */
  people: Who[]
  /** People of the community who are not in this group; none in private. */
  outside: Who[]
  /** The bot's name here. */
  botName: string
  /** The page that shows it. */
  href: string
  /** Where what is said here is sent. */
  says: string
}

type ChatAddress = { groupId: string; as?: string | undefined } | { memberId: string }

export type Chats = {
  /** @throws {@link UnknownInSandbox} */
  open(address: ChatAddress): SandboxChat
  /** The first group that this person is in; without a person, the first group. */
  first(as: string | undefined): SandboxChat
  /** Every group, then the private chat with the bot, for the same person where they are in it. */
  beside(chat: SandboxChat): SandboxChat[]
  messages(chat: SandboxChat): Promise<SandboxMessage[]>
}

/** The chats of the world, as pages show them. */
export function createChats(world: World): Chats {
  const { botEnd, botId } = world
  const allMemberIds = () => [...new Set(world.groups().flatMap(group => group.members.map(({ id }) => id)))]

  function outsideOf(members: readonly Who[]): Who[] {
    const outside = allMemberIds().filter(id => members.every(member => member.id !== id))
    return outside.map(id => ({ id, name: botEnd.nickname(id) }))
  }

  function openGroup(groupId: string, as: string | undefined): SandboxChat {
    const group = world.groups().find(({ id }) => id === groupId)
    const me = group?.members.find(({ id }) => id === as) ?? group?.members[0]
    if (!group || !me) throw new UnknownInSandbox('没有这个群。')
    return {
      key: groupId,
      title: group.name,
      isPrivate: false,
      groupId,
      kind: world.kindOf(groupId),
      me,
      people: group.members,
      outside: outsideOf(group.members),
      botName: botEnd.alias(groupId, botId) ?? botEnd.nickname(botId),
      href: `/sandbox/groups/${groupId}?as=${me.id}`,
      says: `/sandbox/api/groups/${groupId}/messages`,
    }
  }

  function openPrivate(memberId: string): SandboxChat {
    const people = allMemberIds().map(id => ({ id, name: botEnd.nickname(id) }))
    const me = people.find(({ id }) => id === memberId)
    if (!me) throw new UnknownInSandbox('没有这个人。')
    const botName = botEnd.nickname(botId)
    return {
      key: `private-${memberId}`,
      title: botName,
      isPrivate: true,
      me,
      people,
      outside: [],
      botName,
      href: `/sandbox/members/${memberId}`,
      says: `/sandbox/api/members/${memberId}/messages`,
    }
  }

  return {
    open: address =>
      'memberId' in address ? openPrivate(address.memberId) : openGroup(address.groupId, address.as),
    first(as) {
      const isMine = ({ members }: { members: Who[] }) => members.some(({ id }) => id === as)
      const group = world.groups().find(isMine) ?? world.groups()[0]
      return openGroup(group?.id ?? '', as)
    },
    beside: ({ me }) => [...world.groups().map(({ id }) => openGroup(id, me.id)), openPrivate(me.id)],
    messages: chat => (chat.groupId ? world.groupMessages(chat.groupId) : world.privateMessages(chat.me.id)),
  }
}
