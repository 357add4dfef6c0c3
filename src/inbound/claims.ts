import { createHash } from 'node:crypto'
import type { Message } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Collection } from '../ports/store.ts'
import type { Seen } from '../seen.ts'
import { createSegments } from './segments.ts'

/** Gateways that log in again redeliver what they have of the last days; a long weekend is over by then. */
const keptDays = 4
/** With the segments' own bound, so that neither memory nor disk grows with a flood. */
const mostKept = 20_000

/** A message that is ours to handle, and nobody else's while this process lives. */
export type Claim = {
  /** Makes it outlast the process. Asked again, it does nothing. @throws when it cannot be kept: it is free again */
  keep(): Promise<void>
  /** Gives it back, so that it is handled when it is delivered again. */
  release(): void
}

/**
 * What was taken on lately, by id and by print, in memory; what must not be forgotten by a crash is also stored.
 * Memory decides, so that two deliveries at one moment are told apart without a write, and a write is one record.
 */
export function createClaims({ seen, clock }: { seen: Collection<Seen>; clock: Clock }) {
  const segments = createSegments(seen)
  const ids = new Set<string>()
  const prints = new Set<string>()
  let loading: Promise<void> | undefined

  function remember(id: string, print: string) {
    ids.add(id)
    prints.add(print)
    forgetOldest(ids)
    forgetOldest(prints)
  }

  /** A failed load is tried again: without it an old message would pass for a new one. */
  function load(): Promise<void> {
    loading ??= segments.load().then(
      stored => {
        for (const { id, print } of stored) remember(id, print)
      },
      cause => {
        loading = undefined
        throw cause
      },
    )
    return loading
  }

  return {
    /** @returns the claim; undefined when the message was taken before, in whatever form it was delivered */
    async begin(message: Message): Promise<Claim | undefined> {
      await load()
      const id = hashOf(message.id)
      const print = printOf(message)
      if (ids.has(id) || prints.has(print)) return undefined
      remember(id, print)
      const receivedMs = message.receivedAt.epochMilliseconds
      let keeping: Promise<void> | undefined
      const release = () => {
        ids.delete(id)
        prints.delete(print)
      }
      return {
        release,
        keep() {
          keeping ??= segments.add({ id, print, receivedMs }).catch(cause => {
            release()
            throw cause
          })
          return keeping
        },
      }
    },
    /** Forgets what is older than {@link keptDays}; harmless at any time. */
    async expire(): Promise<void> {
      await load()
      const before = clock.now().subtract({ hours: 24 * keptDays })
      for (const { id, print } of await segments.expire(before)) {
        ids.delete(id)
        prints.delete(print)
      }
    },
  }
}

/**
 * What tells a message without its id: gateways that log in again deliver old ones under fresh ids. So what somebody
 * says twice in the same words within one tick of the platform's clock (a millisecond, on some lines a second) is
 * one message, whenever it arrives; answering it once does no harm. In private there is no group, which is a place
 * of its own.
 */
function printOf({ groupId, senderId, text, sentAt }: Message): string {
  return hashOf(JSON.stringify([groupId ?? null, senderId, text, sentAt.toString()]))
}

/** Of any length and any characters, so that it can be part of a key. */
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22)

function forgetOldest(kept: Set<string>) {
  const oldest = kept.keys().next().value
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
}
