import { Temporal } from 'temporal-polyfill'
import { type Owner, type openDeskRecords, type Ticket, ticketKey } from '../records.ts'
import type { createAskerDays } from './asker-days.ts'
import type { createLetterDelivery } from './letters.ts'
import type { loadLiveTickets } from './live-tickets.ts'
import { withoutPerson } from './without-person.ts'

type Parts = {
  records: ReturnType<typeof openDeskRecords>
  live: Awaited<ReturnType<typeof loadLiveTickets>>
  days: ReturnType<typeof createAskerDays>
  letters: Pick<ReturnType<typeof createLetterDelivery>, 'cancel'>
  deliver(ticket: Ticket): Promise<Ticket>
  ownerAfter(ticket: Ticket): Promise<Owner>
}

/** Erasure and retention of tickets; only the next owner of one is told. */
export function createTicketErasure({ records, live, days, letters, deliver, ownerAfter }: Parts) {
  /** Deletes a ticket. Its number is not used again. */
  async function remove(number: number): Promise<void> {
    live.remove(number)
    const ticket = await records.tickets.get(ticketKey(number))
    if (ticket) await letters.cancel(ticket)
    await records.tickets.update(ticketKey(number), () => undefined)
  }

  return {
    remove,
    forgetAskers: days.forgetAskers,

    /** Changes a ticket without a letter. */
    async change(number: number, how: (now: Ticket) => Ticket): Promise<void> {
      const ticket = await records.tickets.update(ticketKey(number), now => now && how(now))
      if (ticket && live.has(number)) live.keep(ticket)
    },

    /** Removes an erased answerer: the ticket goes to the next one, and answers stay without a name. */
    async withoutAnswerer(
      ticket: Ticket,
      chatIds: readonly string[],
      replacementName: string,
    ): Promise<void> {
      const next = await ownerAfter(ticket)
      const saved = await records.tickets.update(
        ticketKey(ticket.number),
        now => now && withoutPerson(now, { chatIds, replacementName, next }),
      )
      if (saved && live.has(ticket.number)) await deliver(saved)
    },

    /**
     * Deletes tickets that were closed before this instant, and the days of askers before it.
     * @param openLimit open ones are deleted when nothing was said on them since then
     */
    async forgetBefore(limit: Temporal.Instant, openLimit: Temporal.Instant): Promise<void> {
      for (const { value } of await records.tickets.list('')) {
        const isOver = value.closed ? isBefore(value.closed.at, limit) : isBefore(value.movedAt, openLimit)
        if (isOver) await remove(value.number)
      }
      await days.forgetBefore(limit)
    },
  }
}

const isBefore = (at: string, limit: Temporal.Instant) =>
  Temporal.Instant.compare(Temporal.Instant.from(at), limit) < 0
