import { type Chat, LineDownError } from '../../ports/chat.ts'
import type { LineStatus } from './status.ts'

/**
 * The chat of a line, over whichever connection is there.
 * @param current the connection of the moment; undefined between two
 */
export function chatWhileUp(status: () => LineStatus, current: () => { chat: Chat } | undefined): Chat {
  return {
    async say(target, reply, deadlineMs) {
      const connection = current()
      const { state } = status()
      if (!connection || state !== 'up') throw new LineDownError(`the line is ${state}: nothing was sent`)
      return connection.chat.say(target, reply, deadlineMs)
    },
  }
}
