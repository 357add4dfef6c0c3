import { hash } from 'node:crypto'
import { z } from 'zod'
import { loadOnce } from '../lib/promises.ts'
import { recentlyUsed } from '../lib/recently-used.ts'
import type { Message } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Journal } from '../ports/journal.ts'
import type { Collection } from '../ports/store.ts'
import type { ProcessedMessage } from '../processed-messages.ts'
import { isTimeBelievable } from './received.ts'
import { createRedeliveries, redeliveryLateMs } from './redeliveries.ts'
import { type ClaimedMessage, createSegments } from './segments.ts'

/** Gateways that log in again redeliver messages of the last days, over a long weekend too. */
const keptDays = 4
/** Bounded like the segments, so that neither memory nor disk grows with a flood. */
const mostKept = 20_000
/** Claims that go from the journal into the store in one write: some 4 ms, then messages come in between. */
const storedAtOnce = 200

/** An exclusive claim on one message within this process. */
export type Claim = {
  /**
   * Writes the claim to the journal: it outlasts the process.
   * @throws when it cannot be written; the claim is released then
   */
  journal(): Promise<void>
  /**
   * Writes the claim to the store, once: it outlasts a power cut. Takes the disk some milliseconds.
   * @throws as above
   */
  store(): Promise<void>
  /** Releases the claim: the message is handled when it is delivered again. */
  release(): void
}

type Parts = {
  seen: Collection<ProcessedMessage>
  clock: Clock
  /** Holds claims until the store does; without one each is stored before it holds. */
  journal?: Journal | undefined
}

/**
 * Claims on recent messages, by id and by print, in memory; those that must outlast a crash are stored as well.
 * Memory decides, so that two deliveries at one moment are told apart without a write, and a write is one record.
 */
export function createClaims({ seen, clock, journal }: Parts) {
  const segments = createSegments(seen)
  const ids = recentlyUsed<true>(mostKept)
  const prints = recentlyUsed<true>(mostKept)
  const redeliveries = createRedeliveries()
  /** In the journal, and not yet in the store. */
  const unstored = new Map<string, ClaimedMessage>()

  function remember(claimed: ClaimedMessage) {
    const { id, print } = claimed
    redeliveries.add(claimed)
    ids.set(id, true)
    prints.set(print, true)
  }

  function forget(claimed: ClaimedMessage) {
    const { id, print } = claimed
    redeliveries.remove(claimed)
    ids.delete(id)
    prints.delete(print)
  }

  /** A failed load is tried again: without it an old message would pass for a new one. */
  const load = loadOnce(async () => {
    for (const one of await segments.load()) remember(one)
    for (const one of (journal?.lines() ?? []).flatMap(readLine)) {
      if (!ids.has(one.id)) unstored.set(one.id, one)
      remember(one)
    }
  })

  function claimOf(claimed: ClaimedMessage): Claim {
    let storing: Promise<void> | undefined
    const release = () => forget(claimed)
    function store() {
      storing ??= segments.add(claimed).catch(cause => {
        release()
        throw cause
      })
      return storing
    }
    return {
      release,
      store,
      async journal() {
        if (!journal || storing) return store()
        try {
          journal.add(lineOf(claimed))
        } catch (cause) {
          release()
          throw cause
        }
        unstored.set(claimed.id, claimed)
      },
    }
  }

  return {
    /**
     * @param how.given the message as the line delivered it, where its time was corrected since
     * @param how.isCommand whether it does something that must not be done twice
     * @returns the claim; undefined when the message was taken before, also where it was delivered in another form
     */
    async claim(
      message: Message,
      { given = message, isCommand = false }: { given?: Message; isCommand?: boolean } = {},
    ): Promise<Claim | undefined> {
      await load()
      const claimed = {
        id: hashOf(message.id),
        print: printOf(message),
        receivedMs: message.receivedAt.epochMilliseconds,
        textPrint: textPrintOf(message),
        sentMs: isTimeBelievable(given) ? given.sentAt.epochMilliseconds : undefined,
      }
      const lateMs = isCommand ? redeliveryLateMs.command : redeliveryLateMs.other
      if (ids.has(claimed.id) || prints.has(claimed.print) || redeliveries.has(claimed, lateMs))
        return undefined
      remember(claimed)
      return claimOf(claimed)
    },
    /** Moves the claims of the journal into the store; harmless at any time. */
    async flush(): Promise<void> {
      await load()
      const all = [...unstored.values()]
      if (all.length === 0) return
      for (let from = 0; from < all.length; from += storedAtOnce) {
        const some = all.slice(from, from + storedAtOnce)
        await Promise.all(some.map(segments.add))
        for (const { id } of some) unstored.delete(id)
      }
      journal?.keepOnly([...unstored.values()].map(lineOf))
    },
    /** Forgets what is older than {@link keptDays}; harmless at any time. */
    async expire(): Promise<void> {
      await load()
      const before = clock.now().subtract({ hours: 24 * keptDays })
      for (const one of await segments.expire(before)) forget(one)
    },
  }
}

const lineOf = (claimed: ClaimedMessage) => JSON.stringify(claimed)
const Line = z.object({
  id: z.string(),
  print: z.string(),
  receivedMs: z.number(),
  textPrint: z.string().optional(),
  sentMs: z.number().optional(),
})

/** Empty for a line that a power cut left unfinished. */
function readLine(line: string): ClaimedMessage[] {
  try {
    return [Line.parse(JSON.parse(line))]
  } catch {
    return []
  }
}

/**
 * A print that identifies a message without its id: gateways that log in again deliver old messages under new ids. The
 * same words of one sender within one tick of the platform's clock (a millisecond, on some lines a second) are one
 * message; answering it once does no harm. A private chat has no group and counts as a place of its own.
 */
function printOf({ groupId, senderId, text, sentAt }: Message): string {
  return hashOf(JSON.stringify([groupId ?? null, senderId, text, sentAt.epochMilliseconds]))
}

const textPrintOf = ({ groupId, senderId, text }: Message) =>
  hashOf(JSON.stringify([groupId ?? null, senderId, text]))

/** Turns a text of any length and any characters into a part of a key. */
const hashOf = (text: string) => hash('sha256', text, 'base64url').slice(0, 22)
