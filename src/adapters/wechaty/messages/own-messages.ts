import { expiring } from '../../../lib/recently-used.ts'
import type { Target } from '../../../ports/chat.ts'

/** A text that we sent, with the mentions before it. */
export type SentText = { target: Target; text: string }

export type OwnMessages = ReturnType<typeof createOwnMessages>

/** A message announced while a text of ours is on its way waits this long, ms, to learn whether it is that text. */
const holdMs = 10
/** A gateway that has not answered a call for this long, ms, holds up no messages. */
const promptMs = 2000
/** An echo comes within this time, ms; a later message with the same id is read like any other. */
const echoMs = 30_000
const mostRemembered = 1000

/**
 * Recognizes the echo of a text by the id that the gateway gave it. It need not be read from the gateway then, which
 * makes half of all look-ups unnecessary.
 *
 * A gateway announces the echo just before it tells the id.
 * @param options.isRemote whether messages wait for an id; a puppet in this process gives them at no cost
 * @param options.nowMs the machine's time, monotonic
 */
export function createOwnMessages(options: { isRemote: boolean; nowMs?: () => number }) {
  const { isRemote, nowMs = () => performance.now() } = options
  const sent = expiring<SentText>(mostRemembered, { ttlMs: echoMs, nowMs })
  const held = new Map<string, (own: SentText | undefined) => void>()
  let underWay = 0
  let lastCallAtMs = Number.NEGATIVE_INFINITY

  function keep(id: string, own: SentText) {
    const resolve = held.get(id)
    if (!resolve) return sent.set(id, own)
    held.delete(id)
    resolve(own)
  }

  function hold(id: string): Promise<SentText | undefined> {
    const { promise, resolve } = Promise.withResolvers<SentText | undefined>()
    held.set(id, resolve)
    setTimeout(() => {
      if (held.get(id) === resolve) held.delete(id)
      resolve(undefined)
    }, holdMs)
    return promise
  }

  return {
    /**
     * Sends a text.
     * @param call sends it and gives its id, if the gateway tells one
     * @throws what the call throws
     */
    async send(own: SentText, call: () => Promise<string | undefined>): Promise<string | undefined> {
      underWay += 1
      lastCallAtMs = nowMs()
      try {
        const id = await call()
        if (id !== undefined) keep(id, own)
        return id
      } finally {
        underWay -= 1
      }
    },

    /** @returns our text that an announced message is; undefined for one that has to be read. Each is found once. */
    find(id: string): Promise<SentText | undefined> | SentText | undefined {
      const own = sent.get(id)
      if (own) {
        sent.delete(id)
        return own
      }
      const isPossible = isRemote && underWay > 0 && nowMs() - lastCallAtMs < promptMs
      return isPossible && !held.has(id) ? hold(id) : undefined
    },
  }
}
