import { type Answer, type Command, type Feature, Refusal } from './feature.ts'
import { type Log, reasonOf } from './log.ts'
import type { Message, Reply } from './ports/chat.ts'
import type { Clock } from './ports/clock.ts'
import type { Directory } from './ports/directory.ts'
import type { Collection } from './ports/store.ts'
import type { Seen } from './seen.ts'

export const apology = '抱歉，我这边出了点问题，请稍后再试一次。'

export type Bot = {
  /** One message in, its replies out, in the order to be said. Never throws. */
  answer(message: Message): Promise<Reply[]>
}

type BotParts = {
  features: readonly Feature[]
  directory: Directory
  /** Ids of the messages that were handled, so that none is handled twice. */
  seen: Collection<Seen>
  clock: Clock
  log: Log
}

type Heard = { feature: string; handle(): Promise<Answer> | Answer }

/** Puts the features behind one door: command word, role, listeners, refusals and logging, once for all. */
export function createBot({ features, directory, seen, clock, log }: BotParts): Bot {
  const commands = features.flatMap(feature =>
    (feature.commands ?? []).map(command => ({ feature: feature.name, command })),
  )

  async function answer(message: Message): Promise<Reply[]> {
    let heard: Heard | undefined
    try {
      heard = await whoHears(message)
      if (!heard || !(await claim(message))) return []
      return repliesOf(await heard.handle())
    } catch (cause) {
      if (cause instanceof Refusal) return repliesOf(cause.message)
      log.error({ message: message.id, feature: heard?.feature, reason: reasonOf(cause) }, 'a handler failed')
      return isSpokenToUs(message) || heard ? repliesOf(apology) : []
    }
  }

  /** What takes this message, or nothing: in a group the bot speaks only when spoken to. */
  async function whoHears(message: Message): Promise<Heard | undefined> {
    const found = findCommand(message)
    const isOurs = !message.groupId || (await directory.group(message.groupId)) !== undefined
    if (found && (isOurs || found.command.inUnboundGroups)) {
      return { feature: found.feature, handle: () => runCommand(found.command, found.rest, message) }
    }
    if (!isOurs) return undefined
    const awaiting = features.find(feature => feature.awaits?.(message))
    if (awaiting) return { feature: awaiting.name, handle: () => awaiting.listen?.(message) }
    if (!isSpokenToUs(message)) return undefined
    return { feature: 'listeners', handle: () => askListeners(message) }
  }

  function findCommand(message: Message) {
    for (const { feature, command } of commands) {
      const rest = restAfter(command, message)
      if (rest !== undefined) return { feature, command, rest }
    }
    return undefined
  }

  async function runCommand(command: Command, rest: string, message: Message): Promise<Answer> {
    if (command.where === 'group' && !message.groupId)
      throw new Refusal('这句话要在群里说，我才知道是哪个群。')
    if (command.where === 'private' && message.groupId) throw new Refusal('这件事请私聊我，群里不方便说。')
    if (!(await directory.rolesOf(message.senderId)).includes(command.role)) {
      throw new Refusal(
        command.role === 'reviewer'
          ? '这一步要由审核人来做。'
          : '这件事只有组织者能办，需要的话请联系组织者。',
      )
    }
    return command.run(message, rest)
  }

  async function askListeners(message: Message): Promise<Answer> {
    for (const feature of features) {
      const said = await feature.listen?.(message)
      if (said !== undefined) return said
    }
    return undefined
  }

  /** Shards by the day it was sent, which stays the same when the line delivers it again. */
  async function claim(message: Message): Promise<boolean> {
    const key = `${message.sentAt.toString().slice(0, 10)}/${message.id}`
    const mine = { handledAt: clock.now().toString() }
    let isFirst = false
    await seen.update(key, now => {
      isFirst = now === undefined
      return now ?? mine
    })
    return isFirst
  }

  return { answer }
}

/**
 * What follows the command's word; undefined when the message is not that command.
 * A word that takes text is followed by a space or the end, so that 「绑定本群吧」 stays a remark.
 */
export function restAfter(command: Pick<Command, 'words' | 'takes'>, message: Pick<Message, 'text'>) {
  const text = message.text.trim()
  for (const word of command.words) {
    if (text === word) return ''
    if (command.takes === 'text' && text.startsWith(word) && /^[\s:：]/u.test(text.slice(word.length))) {
      return text.slice(word.length).replace(/^[\s:：]+/u, '')
    }
  }
  return undefined
}

function isSpokenToUs(message: Message): boolean {
  return message.mentionsBot || !message.groupId
}

function repliesOf(answer: Answer): Reply[] {
  if (answer === undefined) return []
  if (typeof answer === 'string') return [{ text: answer }]
  return Array.isArray(answer) ? answer : [answer]
}
