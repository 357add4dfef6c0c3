import type { Temporal } from 'temporal-polyfill'
import type { Message } from '../../../ports/chat.ts'
import { answerersFor, nextOwner } from '../desks.ts'
import type { createInstructors } from '../instructors.ts'
import type { Owner, Ticket } from '../records.ts'
import type { createLetterDelivery } from './letters.ts'
import type { loadLiveTickets } from './live-tickets.ts'
import { dueEvent, type TicketEvent } from './rules.ts'

type Parts = {
  instructors: ReturnType<typeof createInstructors>
  live: Awaited<ReturnType<typeof loadLiveTickets>>
  letters: Pick<ReturnType<typeof createLetterDelivery>, 'deliveryStatus'>
}

/** The owner of a ticket: the first one, the next one, and when the next one takes over. */
export function ownersOf({ instructors, live, letters }: Parts) {
  async function firstOwner(desk: string, { groupId, senderId }: Message): Promise<Owner> {
    return nextOwner(answerersFor(await instructors.all(), { desk, groupId }), [senderId])
  }

  async function ownerAfter({ desk, group, asker, tried }: Ticket): Promise<Owner> {
    const answerers = answerersFor(await instructors.all(), { desk, groupId: group?.id })
    return nextOwner(answerers, [asker.chatId, ...tried])
  }

  /** The owner is a person whom the question certainly did not reach, so no answer can come. */
  async function wasNotReached(ticket: Ticket): Promise<boolean> {
    if (ticket.owner.kind !== 'instructor' || ticket.state === 'answered' || ticket.state === 'closed')
      return false
    const asked = ticket.letters.findLast(letter => letter.kind === 'ask')
    return asked !== undefined && (await letters.deliveryStatus(ticket, asked)) === 'failed'
  }

  async function dueTo(ticket: Ticket, at: Temporal.Instant): Promise<TicketEvent | undefined> {
    if (live.isAnsweredElsewhere(ticket)) return undefined
    const next = await ownerAfter(ticket)
    return (await wasNotReached(ticket)) ? { kind: 'hand-on', to: next } : dueEvent(ticket, next, at)
  }

  return { firstOwner, ownerAfter, dueTo }
}
