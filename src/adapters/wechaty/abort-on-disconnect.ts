import { type Chat, LineCutError, LineDownError } from '../../ports/chat.ts'

/**
 * Rejects pending sends as soon as the connection ends, since their answers can no longer come. Whether they arrived
 * is unknown: a gateway that wakes up later may still carry them out. Later sends reject with nothing sent.
 */
export function abortOnDisconnect(chat: Chat, disconnected: Promise<unknown>): Chat {
  const underWay = new Set<PromiseWithResolvers<never>>()
  // One listener for all sends: a listener for each would be kept as long as the connection, which may be weeks.
  let isOver = false
  void disconnected.then(() => {
    isOver = true
    for (const { reject } of underWay) reject(cutOff())
  })

  return {
    async say(target, reply, deadlineMs) {
      if (isOver) throw new LineDownError('the connection has ended: nothing was sent')
      const cut = Promise.withResolvers<never>()
      underWay.add(cut)
      try {
        return await Promise.race([chat.say(target, reply, deadlineMs), cut.promise])
      } finally {
        underWay.delete(cut)
      }
    },
  }
}

const cutOff = () => new LineCutError('the connection died while saying something')
