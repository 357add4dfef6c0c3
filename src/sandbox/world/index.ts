import { Refusal } from '../../feature.ts'
import type { ChatFile, Target } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { LineTraits } from '../../ports/line-traits.ts'
import type { Store } from '../../ports/store.ts'
import type { SimulatedCommunity } from './community.ts'
import { type History, openHistory, type SandboxMessage } from './history.ts'
import { type GroupKind, openKinds } from './kinds.ts'
import { createCuttableLine } from './line.ts'
import { openNames, UnknownInSandbox } from './names.ts'
import { isReplyLeft } from './reply-budget.ts'

export type { SandboxMessage } from './history.ts'
export { LineCut } from './line.ts'
export { UnknownInSandbox } from './names.ts'

type Said = { from: string; text: string; mention?: boolean; file?: ChatFile }
type WorldGroup = { id: string; name: string; members: { id: string; name: string }[] }

/** Messages from the line to the bot. */
export type LineEvent =
  | { kind: 'message'; target: Target; message: SandboxMessage }
  | { kind: 'group-renamed'; groupId: string }
  | { kind: 'member-renamed'; groupId: string; memberId: string }
  | { kind: 'member-joined'; groupId: string; memberId: string }

/** The bot's end of the line: what a chat platform would tell its account. */
type BotEnd = {
  /** Gets every message while the line is up; the bot's own messages come back as an echo. */
  listen(listener: (event: LineEvent) => void): () => void
  /**
   * The bot says something. While the line is cut this hangs, and when it is back
   * it rejects with a {@link LineCut}: nothing arrived.
   */
  says(target: Target, said: { text?: string; file?: ChatFile }): Promise<{ id: string }>
  find(messageId: string): { target: Target; message: SandboxMessage } | undefined
  /** Resolves at once when the line is up. */
  whenUp(): Promise<void>
  nickname(personId: string): string
  /** A person's alias in a group, the bot's too; undefined where there is none. */
  alias(groupId: string, personId: string): string | undefined
}

/** The simulated community: groups, people and what they say, with no chat platform in it. */
export type World = {
  botId: string
  /** Members without the bot, by the name that the group sees. */
  groups(): WorldGroup[]
  /**
   * A person says something in a group; `mention` is an @ to the bot that the platform reports by id.
   * @returns the message's id, once it is kept.
   * @throws {@link UnknownInSandbox} for an unknown group, or a person who is not in it.
   */
  saysInGroup(groupId: string, said: Said): Promise<{ id: string }>
  /** @throws {@link UnknownInSandbox} for an unknown person. */
  saysInPrivate(memberId: string, said: Pick<Said, 'text' | 'file'>): Promise<{ id: string }>
  /** The latest messages, oldest first, the bot's among them; those after `afterId` where it is still kept. */
  groupMessages(groupId: string, afterId?: string): Promise<SandboxMessage[]>
  privateMessages(memberId: string, afterId?: string): Promise<SandboxMessage[]>
  renameGroup(groupId: string, name: string): Promise<void>
  /** Sets the alias in this group; an empty one brings the nickname back. */
  renameMember(groupId: string, memberId: string, alias: string): Promise<void>
  /** A person of the community joins a group, for good. @throws {@link Refusal} where they are in it already */
  joinsGroup(groupId: string, memberId: string): Promise<void>
  /** Which platform's group it plays. */
  kindOf(groupId: string): GroupKind
  setKind(groupId: string, kind: string): Promise<void>
  traits(target: Target): LineTraits
  /** Until then no message is delivered, now or later, and the bot's sends get no answer. */
  cutLine(downSeconds: number): void
  isLineUp(): boolean
  /** Called after every change, for pages that are live. @returns a function that ends it. */
  onChange(listener: () => void): () => void
  botEnd: BotEnd
}

type WorldParts = { store: Store; clock: Clock; community: SimulatedCommunity }

/** WeChat takes about 2,000 characters in one message; this leaves room to try out more. */
const maxTextLength = 5000
const maxFileBytes = 5 * 1024 * 1024

/**
 * Opens the world as it was left: changed names and what was said are kept in the store, ids are those of the
 * community file.
 */
export async function createWorld({ store, clock, community }: WorldParts): Promise<World> {
  const names = await openNames(store, community)
  const kinds = await openKinds(store)
  const line = createCuttableLine(clock, changed)
  const watchers = new Set<() => void>()
  const listeners = new Set<(event: LineEvent) => void>()
  const histories = await openHistories(store, community)

  function changed() {
    for (const watcher of watchers) watcher()
  }

  function tell(event: LineEvent) {
    if (line.isUp()) for (const listener of listeners) listener(event)
  }

  function history(target: Target): History {
    const found = histories.get('groupId' in target ? target.groupId : privateId(target.personId))
    if (!found) throw new UnknownInSandbox('groupId' in target ? '没有这个群。' : '没有这个人。')
    return found
  }

  /** A text with a file becomes two messages, as in WeChat. @returns the id of the first. */
  async function say(target: Target, { file, ...said }: Said): Promise<{ id: string }> {
    check({ ...said, ...(file ? { file } : {}) })
    const { from } = said
    const text = said.text.trim() === '' ? undefined : await sayOne(target, said)
    const sent = file && (await sayOne(target, { from, text: '', file }))
    return { id: text ?? sent ?? '' }
  }

  async function sayOne(target: Target, said: Said): Promise<string> {
    const conversation = history(target)
    const name = 'groupId' in target ? names.seenIn(target.groupId, said.from) : names.nickname(said.from)
    const message = await conversation.add({ ...said, name, at: clock.now() })
    if (isHeard(target, message)) tell({ kind: 'message', target, message })
    changed()
    return message.id
  }

  const meansBot = (groupId: string, { text, mention }: SandboxMessage) =>
    mention === true || text.includes(`@${names.seenIn(groupId, community.bot.id)}`)

  /** Some platforms tell the bot of what mentions it only, and none of its own messages. */
  function isHeard(target: Target, message: SandboxMessage): boolean {
    const { receives, proof } = kinds.traits(target)
    if (message.from === community.bot.id) return proof === 'echo'
    return receives === 'all' || !('groupId' in target) || meansBot(target.groupId, message)
  }

  function checkKind(target: Target, text: string) {
    const { replies } = kinds.traits(target)
    const said = history(target)
      .messages()
      .map(message => ({ message, at: message.at, byBot: message.from === community.bot.id }))
      .filter(({ message, byBot }) => byBot || isHeard(target, message))
    const isReply = isReplyLeft(said, replies, clock.now())
    kinds.check(target, text, { wasSpokenTo: said.some(({ byBot }) => !byBot), isReply })
  }

  /** An @ as WeChat shows it: the name, then the narrow space that its phone app puts there. */
  function withMention(groupId: string, text: string): string {
    return `@${names.seenIn(groupId, community.bot.id)}\u2005${text}`
  }

  const botEnd: BotEnd = {
    ...{ nickname: names.nickname, alias: names.alias, whenUp: line.whenUp },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async says(target, { text = '', file }) {
      if (!line.isUp()) await line.hang()
      checkKind(target, text)
      return say(target, { from: community.bot.id, text, ...(file ? { file } : {}) })
    },
    find(messageId) {
      for (const [id, kept] of histories) {
        const message = kept.find(messageId)
        if (message) return { target: targetOf(id), message }
      }
      return undefined
    },
  }

  return {
    botId: community.bot.id,
    groups: names.groups,
    async saysInGroup(groupId, { mention, text, ...said }) {
      names.requireMember(groupId, said.from)
      if (!mention) return say({ groupId }, { ...said, text })
      return say({ groupId }, { ...said, text: withMention(groupId, text), mention })
    },
    saysInPrivate: async (memberId, said) => say({ personId: memberId }, { ...said, from: memberId }),
    groupMessages: async (groupId, afterId) => after(history({ groupId }).messages(), afterId),
    privateMessages: async (personId, afterId) => after(history({ personId }).messages(), afterId),
    async renameGroup(groupId, name) {
      await names.renameGroup(groupId, name)
      tell({ kind: 'group-renamed', groupId })
      changed()
    },
    async renameMember(groupId, memberId, alias) {
      await names.renameMember(groupId, memberId, alias)
      tell({ kind: 'member-renamed', groupId, memberId })
      changed()
    },
    async joinsGroup(groupId, memberId) {
      await names.join(groupId, memberId)
      tell({ kind: 'member-joined', groupId, memberId })
      changed()
    },
    kindOf: kinds.kindOf,
    async setKind(groupId, kind) {
      history({ groupId })
      await kinds.set(groupId, kind)
      changed()
    },
    ...{ traits: kinds.traits, cutLine: line.cut, isLineUp: line.isUp },
    onChange(listener) {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
    botEnd,
  }
}

/** By group id, and by {@link privateId}. */
async function openHistories(
  store: Store,
  { groups, people }: SimulatedCommunity,
): Promise<Map<string, History>> {
  const histories = new Map<string, History>()
  for (const id of [...groups.map(({ id }) => id), ...people.map(({ id }) => privateId(id))])
    histories.set(id, await openHistory(store, id))
  return histories
}

const privateMark = 'private-'
const privateId = (personId: string) => `${privateMark}${personId}`
const targetOf = (conversation: string): Target =>
  conversation.startsWith(privateMark)
    ? { personId: conversation.slice(privateMark.length) }
    : { groupId: conversation }

function after(messages: SandboxMessage[], afterId: string | undefined): SandboxMessage[] {
  return messages.slice(messages.findIndex(message => message.id === afterId) + 1)
}

function check({ text, file }: Pick<Said, 'text' | 'file'>) {
  if (text.trim() === '' && !file) throw new Refusal('请先写点什么，或者选一个文件。')
  if (text.length > maxTextLength) throw new Refusal(`一条消息最多 ${maxTextLength} 个字，请分几条发。`)
  if (file && file.bytes.byteLength > maxFileBytes) throw new Refusal('文件最大 5 MB，请换一个小一些的。')
}
