import { Temporal } from 'temporal-polyfill'
import { recentlyUsed } from '../../../lib/recently-used.ts'
import type { Message } from '../../../ports/chat.ts'
import { speakerKey } from '../../../ports/conversation-keys.ts'
import type { ClosedOutage } from '../../../ports/outages.ts'
import type { Entry } from '../records.ts'

/** Last reply to a person in a conversation. */
export type DialogueTurn = {
  /** The entries that were told, in order, of which more may be asked. */
  told: readonly Entry[]
  /** The question that was answered last, as it was understood. Default: none. */
  asked?: string | undefined
  /** That question without the words that took the place of others in it, 「如果签两年呢」. Default: as `asked`. */
  base?: string | undefined
  /** Questions that a document's words were quoted to, of which more may be asked. Default: none. */
  quoted?: readonly string[]
  /** Offered choices. */
  offered: readonly Entry[]
  /** The question that is not settled yet: asked back, or not known. */
  open?: string | undefined
  /** The message that asked it, where only a part of it was read; at most as long as a ticket. */
  whole?: string | undefined
  at: Temporal.Instant
}

export type Dialogues = {
  /** The last turn, while it still counts. */
  last(message: Message): DialogueTurn | undefined
  keep(message: Message, turn: DialogueTurn): void
  /** The groups in which a choice was offered and not made during the outage: it may not have been received. */
  waitingIn(outage: ClosedOutage): string[]
}

/** How long people mean by 「2」 what was just offered. */
const minutesThatCount = 5
/** Limit of conversations kept at once; the oldest are evicted. */
const mostKept = 2000

/** Last replies by conversation and person. Kept in memory: after a restart people ask again. */
export function createDialogues(): Dialogues {
  const turns = recentlyUsed<DialogueTurn>(mostKept)
  return {
    last(message) {
      const turn = turns.peek(speakerKey(message))
      if (!turn) return undefined
      const ageMs = message.receivedAt.epochMilliseconds - turn.at.epochMilliseconds
      return ageMs <= minutesThatCount * 60_000 ? turn : undefined
    },
    keep(message, turn) {
      turns.set(speakerKey(message), turn)
    },
    waitingIn(outage) {
      const waiting = [...turns.entries()].filter(([, turn]) => couldChooseIn(outage, turn))
      const groupIds = waiting.map(([key]) => (JSON.parse(key) as [groupId: string])[0])
      return [...new Set(groupIds)].filter(groupId => groupId !== '')
    },
  }
}

function couldChooseIn(outage: ClosedOutage, { told, offered, at }: DialogueTurn): boolean {
  const isOpen = told.length === 0 && offered.length > 0
  const until = at.add({ minutes: minutesThatCount })
  return (
    isOpen &&
    Temporal.Instant.compare(at, outage.to) <= 0 &&
    Temporal.Instant.compare(until, outage.from) >= 0
  )
}

/** The number that a message is, 「2」「２」「二」「第二个」「选2」; undefined when it is more than that. */
export function numberIn(folded: string): number | undefined {
  const found = /^(?:选|第|我选|要)?\s*([1-9一二三])\s*(?:个|号|条|项)?[.。!！]?$/u.exec(folded)?.[1]
  if (!found) return undefined
  const han = ' 一二三'.indexOf(found)
  return han > 0 ? han : Number(found)
}
