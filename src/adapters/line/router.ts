import { type Chat, type Message, RefusedError, type Reply, type Target } from '../../ports/chat.ts'
import {
  lineNameOfTarget,
  qualified,
  qualifiedTarget,
  unqualified,
  unqualifiedTarget,
} from '../../ports/line-ids.ts'
import type { SendingLines } from '../../ports/sending-lines.ts'
import type { LineHandlers } from './handlers.ts'
import type { Line } from './line.ts'
import type { ReworkReply } from './wording.ts'

/** A line with the name that qualifies its ids, and what people call it. */
export type NamedLine = { name: string; title: string; line: Line }

export type LineRouter = Pick<Line, 'start' | 'stopReceiving' | 'stop'> &
  SendingLines & {
    chat: Chat
    /** Takes a message back, where its line can after so long. Resolves to false where it stays. */
    recall(message: { target: Target; messageId: string; ageMs: number }): Promise<boolean>
    lines: readonly NamedLine[]
    /** @returns the line of an id; undefined where the settings name none. */
    lineNamed(name: string): NamedLine | undefined
    /** Sets the handlers of each line; to be called once, before the start. */
    on(handlersOf: (line: NamedLine) => LineHandlers): void
  }

const recallTimeoutMs = 10_000

const noLine = '这里的线路不在设置里了：请在 LINES 里加回来，或者到群里手动发。'

/**
 * Several lines as one. Ids that come in are qualified by the line's name, and the name picks the line on the way
 * out; what is said is worded for the line that it leaves by.
 */
export function createLineRouter(lines: readonly NamedLine[], wordReply: ReworkReply): LineRouter {
  const byName = new Map(lines.map(named => [named.name, named]))
  const lineTo = (target: Target) => byName.get(lineNameOfTarget(target))?.line
  const traits = (target: Target) => lineTo(target)?.traits(unqualifiedTarget(target))

  async function worded(target: Target, reply: Reply): Promise<Reply> {
    const its = traits(target)
    return its ? wordReply(reply, { target, line: lineNameOfTarget(target), traits: its }) : reply
  }

  const all = (work: (line: Line) => Promise<void>) =>
    Promise.all(lines.map(({ line }) => work(line))).then(() => {})

  return {
    chat: {
      async say(target, reply, deadlineMs) {
        const name = lineNameOfTarget(target)
        const line = lineTo(target)
        if (!line) throw new RefusedError(noLine)
        const leaving = await worded(target, reply)
        const id = await line.chat.say(unqualifiedTarget(target), leaving, deadlineMs)
        return id === '' ? '' : qualified(name, id)
      },
    },
    async recall({ target, messageId, ageMs }) {
      const line = lineTo(target)
      const { recallMs = 0 } = line?.traits(unqualifiedTarget(target)) ?? {}
      if (!line || ageMs >= recallMs) return false
      return line.recall(unqualifiedTarget(target), unqualified(messageId), recallTimeoutMs)
    },
    lines,
    lineNamed: name => byName.get(name),
    traits,
    titleOf: target => (lines.length > 1 ? (byName.get(lineNameOfTarget(target))?.title ?? '') : ''),
    worded,
    on(handlersOf) {
      for (const named of lines) named.line.on(qualifiedHandlers(named.name, handlersOf(named)))
    },
    start: () => all(line => line.start()),
    stopReceiving: () => all(line => line.stopReceiving()),
    stop: () => all(line => line.stop()),
  }
}

function qualifiedHandlers(name: string, handlers: LineHandlers): LineHandlers {
  if (name === '') return handlers
  const id = (plain: string) => qualified(name, plain)
  const ofMessage = (message: Message): Message => ({
    ...message,
    id: id(message.id),
    senderId: id(message.senderId),
    ...(message.groupId === undefined ? {} : { groupId: id(message.groupId) }),
  })
  return {
    ...handlers,
    answer: message => handlers.answer(ofMessage(message)),
    onEcho: echo => handlers.onEcho({ ...echo, id: id(echo.id), target: qualifiedTarget(name, echo.target) }),
    lastName: async (senderId, groupId) =>
      handlers.lastName?.(id(senderId), groupId === undefined ? undefined : id(groupId)),
    onLateName: message => handlers.onLateName?.(ofMessage(message)),
    onJoined: (groupId, personIds) => handlers.onJoined?.(id(groupId), personIds.map(id)),
    onRecalled: messageId => handlers.onRecalled?.(id(messageId)),
    reply: (target, replies) => handlers.reply(qualifiedTarget(name, target), replies),
  }
}
