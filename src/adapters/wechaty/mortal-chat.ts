import { type Chat, DeadlineError, type Target } from '../../ports/chat.ts'

/**
 * The chat of a connection that may die: what is being said then is given up at once, since its answer can no
 * longer come. Whether it arrived is unknown; a gateway that wakes up later may still carry it out.
 */
export function mortalChat(chat: Chat, death: Promise<unknown>): Chat {
  const underWay = new Set<PromiseWithResolvers<never>>()
  // Once for all: what waits for a promise is kept as long as that is, and a connection may live for weeks.
  let isOver = false
  void death.then(() => {
    isOver = true
    for (const { reject } of underWay) reject(cutOff())
  })

  return {
    async say(target, reply, deadlineMs) {
      const cut = Promise.withResolvers<never>()
      underWay.add(cut)
      try {
        const said = Promise.race([chat.say(target, reply, deadlineMs), cut.promise])
        if (isOver) cut.reject(cutOff())
        return await said
      } finally {
        underWay.delete(cut)
      }
    },
  }
}

const cutOff = () => new DeadlineError('the connection died while saying something')

/** The same chat, for replies: tells where one did not go out, or may not have. */
export function withFailureCallback(
  chat: Chat,
  onReplyFailed: (target: Target, cause: unknown) => void,
): Chat {
  return {
    async say(target, reply, deadlineMs) {
      try {
        return await chat.say(target, reply, deadlineMs)
      } catch (cause) {
        onReplyFailed(target, cause)
        throw cause
      }
    },
  }
}
