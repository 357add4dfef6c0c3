import { type Chat, DeadlineError } from '../../ports/chat.ts'

/**
 * The chat of a connection that may die: what is being said then is given up at once, since its answer can no
 * longer come. Whether it arrived is unknown; a gateway that wakes up later may still carry it out (field notes W6).
 */
export function mortalChat(chat: Chat, death: Promise<unknown>): Chat {
  return {
    say(target, reply, deadlineMs) {
      const cut = death.then(() => {
        throw new DeadlineError('the connection died while saying something')
      })
      return Promise.race([chat.say(target, reply, deadlineMs), cut])
    },
  }
}

/** The same chat, for replies: tells where one did not go out, or may not have. */
export function tellingChat(chat: Chat, onUnsaid: (target: Parameters<Chat['say']>[0]) => void): Chat {
  return {
    async say(target, reply, deadlineMs) {
      try {
        return await chat.say(target, reply, deadlineMs)
      } catch (cause) {
        onUnsaid(target)
        throw cause
      }
    },
  }
}
