import { untilAborted } from '../../lib/timeout.ts'
import { type Chat, LineCutError, LineDownError } from '../../ports/chat.ts'

/**
 * Rejects pending sends as soon as the connection ends, since their answers can no longer come. Whether they arrived
 * is unknown: a gateway that was frozen may still carry them out. Later sends reject with nothing sent.
 */
export function abortOnDisconnect(chat: Chat, disconnected: Promise<unknown>): Chat {
  // A signal, whose listeners are removed after each send: those of a promise would be kept as long as the connection.
  const over = new AbortController()
  void disconnected.then(() => over.abort(new LineCutError('the connection died while saying something')))

  return {
    async say(target, reply, deadlineMs) {
      if (over.signal.aborted) throw new LineDownError('the connection has ended: nothing was sent')
      return untilAborted(chat.say(target, reply, deadlineMs), over.signal)
    },
  }
}
