import { type Chat, type Message, RefusedError, type Target } from '../../ports/chat.ts'
import { lineNameOfTarget, qualified, qualifiedTarget, unqualifiedTarget } from '../../ports/line-ids.ts'
import type { LineTraits } from '../../ports/line-traits.ts'
import type { LineHandlers } from './handlers.ts'
import type { Line } from './line.ts'
import type { WordReply } from './wording.ts'

/** A line with the name that qualifies its ids, and what people call it. */
export type NamedLine = { name: string; title: string; line: Line }

export type LineRouter = Pick<Line, 'start' | 'stopHearing' | 'stop'> & {
  chat: Chat
  lines: readonly NamedLine[]
  /** @returns the line of an id; undefined where the settings name none. */
  lineNamed(name: string): NamedLine | undefined
  /** The abilities of the conversation; undefined where its line left the settings. */
  traits(target: Target): LineTraits | undefined
  /** Sets the handlers of each line; to be called once, before the start. */
  on(handlersOf: (line: NamedLine) => LineHandlers): void
}

const noLine = '这里的线路不在设置里了：请在 LINES 里加回来，或者到群里手动发。'

/**
 * Several lines as one. Ids that come in are qualified by the line's name, and the name picks the line on the way
 * out; what is said is worded for the line that it leaves by.
 */
export function createLineRouter(lines: readonly NamedLine[], wordReply: WordReply): LineRouter {
  const byName = new Map(lines.map(named => [named.name, named]))
  const lineTo = (target: Target) => byName.get(lineNameOfTarget(target))?.line
  const all = (work: (line: Line) => Promise<void>) =>
    Promise.all(lines.map(({ line }) => work(line))).then(() => {})

  return {
    chat: {
      async say(target, reply, deadlineMs) {
        const name = lineNameOfTarget(target)
        const line = lineTo(target)
        if (!line) throw new RefusedError(noLine)
        const traits = line.traits(unqualifiedTarget(target))
        const worded = await wordReply(reply, { target, line: name, traits })
        const id = await line.chat.say(unqualifiedTarget(target), worded, deadlineMs)
        return id === '' ? '' : qualified(name, id)
      },
    },
    lines,
    lineNamed: name => byName.get(name),
    traits: target => lineTo(target)?.traits(unqualifiedTarget(target)),
    on(handlersOf) {
      for (const named of lines) named.line.on(qualifiedHandlers(named.name, handlersOf(named)))
    },
    start: () => all(line => line.start()),
    stopHearing: () => all(line => line.stopHearing()),
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
    reply: (target, replies) => handlers.reply(qualifiedTarget(name, target), replies),
  }
}
