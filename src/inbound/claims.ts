import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Message } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import type { Journal } from '../ports/journal.ts'
import type { Collection } from '../ports/store.ts'
import type { ProcessedMessage } from '../processed-messages.ts'
import { isTimeBelievable } from './reading.ts'
import { createRedeliveries, redeliveryLateMs } from './redeliveries.ts'
import { createSegments, type Taken } from './segments.ts'

/** Gateways that log in again redeliver what they have of the last days; a long weekend is over by then. */
const keptDays = 4
/** With the segments' own bound, so that neither memory nor disk grows with a flood. */
const mostKept = 20_000

/** An exclusive claim on one message within this process. */
export type Claim = {
  /** Makes it outlast the process, at once. @throws when it cannot be kept: it is free again */
  note(): Promise<void>
  /** Makes it outlast a power cut, which takes the disk some milliseconds. Asked again, it does nothing. @throws as above */
  keep(): Promise<void>
  /** Gives it back, so that it is handled when it is delivered again. */
  release(): void
}

type Parts = {
  seen: Collection<ProcessedMessage>
  clock: Clock
  /** Holds claims until the store does; without one each is stored before it holds. */
  journal?: Journal | undefined
}

/**
 * What was taken on lately, by id and by print, in memory; what must not be forgotten by a crash is also stored.
 * Memory decides, so that two deliveries at one moment are told apart without a write, and a write is one record.
 */
export function createClaims({ seen, clock, journal }: Parts) {
  const segments = createSegments(seen)
  const ids = new LRUCache<string, true>({ max: mostKept })
  const prints = new LRUCache<string, true>({ max: mostKept })
  const redeliveries = createRedeliveries()
  /** In the journal, and not yet in the store. */
  const unstored = new Map<string, Taken>()
  let loading: Promise<void> | undefined

  function remember(taken: Taken) {
    const { id, print } = taken
    redeliveries.add(taken)
    ids.set(id, true)
    prints.set(print, true)
  }

  function forget(taken: Taken) {
    const { id, print } = taken
    redeliveries.remove(taken)
    ids.delete(id)
    prints.delete(print)
  }

  /** A failed load is tried again: without it an old message would pass for a new one. */
  function load(): Promise<void> {
    loading ??= segments.load().then(
      stored => {
        for (const one of stored) remember(one)
        for (const one of (journal?.lines() ?? []).flatMap(takenIn)) {
          if (!ids.has(one.id)) unstored.set(one.id, one)
          remember(one)
        }
      },
      cause => {
        loading = undefined
        throw cause
      },
    )
    return loading
  }

  function claimOf(taken: Taken): Claim {
    let keeping: Promise<void> | undefined
    const release = () => forget(taken)
    function keep() {
      keeping ??= segments.add(taken).catch(cause => {
        release()
        throw cause
      })
      return keeping
    }
    return {
      release,
      keep,
      async note() {
        if (!journal) return keep()
        try {
          journal.add(lineOf(taken))
        } catch (cause) {
          release()
          throw cause
        }
        unstored.set(taken.id, taken)
      },
    }
  }

  return {
    /**
     * @param how.given the message as the line delivered it, where its time was corrected since
     * @param how.isCommand whether it does something that must not be done twice
     * @returns the claim; undefined when the message was taken before, in whatever form it was delivered
     */
    async begin(
      message: Message,
      { given = message, isCommand = false }: { given?: Message; isCommand?: boolean } = {},
    ): Promise<Claim | undefined> {
      await load()
      const taken = {
        id: hashOf(message.id),
        print: printOf(message),
        receivedMs: message.receivedAt.epochMilliseconds,
        textPrint: textPrintOf(message),
        sentMs: isTimeBelievable(given) ? given.sentAt.epochMilliseconds : undefined,
      }
      const lateMs = isCommand ? redeliveryLateMs.command : redeliveryLateMs.other
      if (ids.has(taken.id) || prints.has(taken.print) || redeliveries.has(taken, lateMs)) return undefined
      remember(taken)
      return claimOf(taken)
    },
    /** Brings what the journal holds into the store; harmless at any time. */
    async settle(): Promise<void> {
      await load()
      const all = [...unstored.values()]
      if (all.length === 0) return
      await Promise.all(all.map(segments.add))
      for (const { id } of all) unstored.delete(id)
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

const lineOf = (taken: Taken) => JSON.stringify(taken)
const Line = z.object({
  id: z.string(),
  print: z.string(),
  receivedMs: z.number(),
  textPrint: z.string().optional(),
  sentMs: z.number().optional(),
})

/** Nothing for what a power cut left of a line. */
function takenIn(line: string): Taken[] {
  try {
    return [Line.parse(JSON.parse(line))]
  } catch {
    return []
  }
}

/**
 * What tells a message without its id: gateways that log in again deliver old ones under fresh ids. So what somebody
 * says twice in the same words within one tick of the platform's clock (a millisecond, on some lines a second) is
 * one message, whenever it arrives; answering it once does no harm. In private there is no group, which is a place
 * of its own.
 */
function printOf({ groupId, senderId, text, sentAt }: Message): string {
  return hashOf(JSON.stringify([groupId ?? null, senderId, text, sentAt.epochMilliseconds]))
}

const textPrintOf = ({ groupId, senderId, text }: Message) =>
  hashOf(JSON.stringify([groupId ?? null, senderId, text]))

/** Of any length and any characters, so that it can be part of a key. */
const hashOf = (text: string) => hash('sha256', text, 'base64url').slice(0, 22)
