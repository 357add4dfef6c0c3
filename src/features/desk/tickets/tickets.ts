import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import type { Outbox } from '../../../outbox/index.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { Store } from '../../../ports/store.ts'
import type { Desk } from '../desks.ts'
import { createInstructors } from '../instructors.ts'
import { createNotifications } from '../notifications/queue.ts'
import { defaultSummaryTime } from '../notifications/rules.ts'
import { type Instructor, openDeskRecords, type Ticket, ticketKey } from '../records.ts'
import { createAskerDays } from './asker-days.ts'
import { createTicketErasure } from './erasure.ts'
import { createLetterDelivery } from './letters.ts'
import { loadLiveTickets } from './live-tickets.ts'
import { createTicketOpener } from './opener.ts'
import { ownersOf } from './owners.ts'
import { applyTicketEvent, reopenTicket, type TicketEvent } from './rules.ts'

export type TicketParts = {
  store: Store
  clock: Clock
  outbox: Outbox
  directory: Directory
  desks: readonly Desk[]
  seed: readonly Instructor[]
  /** When people get the daily summary who chose no time. Default: {@link defaultSummaryTime}. */
  summaryTime?(): string
}
export type Tickets = Awaited<ReturnType<typeof loadTickets>>

/** The tickets and what may be done to them. */
export async function loadTickets(parts: TicketParts) {
  const changes = await createTicketChanges(parts)
  return { ...changes, ...createTicketErasure(changes) }
}

async function createTicketChanges(parts: TicketParts) {
  const { store, clock, outbox, directory, desks, seed, summaryTime = () => defaultSummaryTime } = parts
  const records = openDeskRecords(store)
  const instructors = createInstructors({ records, seed, clock })
  const live = await loadLiveTickets(records)
  const days = createAskerDays({ records, clock, isClosed: live.isClosed })
  const base = { records, outbox, clock }
  const notifications = createNotifications({ ...base, find: live.find, waitingFor, summaryTime })
  const letters = createLetterDelivery({ ...base, directory, notifications })

  /** The tickets that this person is asked to answer, oldest first. */
  async function waitingFor(chatId: string): Promise<Ticket[]> {
    const asOrganizer = (await directory.rolesOf(chatId)).includes('organizer')
    return live
      .unclosed()
      .filter(ticket => ticket.state !== 'answered' && !live.isAnsweredElsewhere(ticket))
      .filter(({ owner }) => (owner.kind === 'instructor' ? owner.chatId === chatId : asOrganizer))
      .sort((a, b) => a.number - b.number)
  }

  /**
   * Delivers what is to be told. What stands in memory afterwards is read anew: the
   * ticket may have moved meanwhile.
   */
  async function deliver(ticket: Ticket): Promise<Ticket> {
    if (live.isRemoved(ticket.number)) return ticket
    const delivered = await letters.deliver(live.keep(ticket))
    const latest = await records.tickets.get(ticketKey(ticket.number))
    return latest ? live.keep(latest) : delivered
  }

  async function apply(number: number, event: TicketEvent, at = clock.now()): Promise<Ticket> {
    const ticket = await records.tickets.update(
      ticketKey(number),
      now => now && applyTicketEvent(now, event, at),
    )
    if (!ticket) throw new Refusal(`没有 ${number} 号问题，请看看号码对不对。`)
    if (event.kind === 'close') live.closeAgain(number)
    return deliver(ticket)
  }

  async function reopenOne({ number, closed }: Ticket): Promise<boolean> {
    const at = clock.now()
    const ticket = await records.tickets.update(ticketKey(number), now => now && reopenTicket(now, at))
    if (!closed || !ticket || ticket.state === 'closed') return false
    live.reopen(number, closed.at)
    await deliver(ticket)
    return true
  }

  const { firstOwner, ownerAfter, dueTo } = ownersOf({ instructors, live, letters })

  return {
    ...{ records, live, days, letters, deliver, instructors, notifications },
    deliveryStatus: letters.deliveryStatus,
    waitingFor,
    unclosed: live.unclosed,
    /** Those that are not closed, and those with letters still to be delivered. */
    kept: live.kept,
    complete: live.complete,
    mergedInto: live.mergedInto,
    find: live.find,
    ownerAfter,
    open: createTicketOpener({ records, live, days, firstOwner, directory, desks, clock, deliver }),
    /**
     * Applies an event to a ticket; an answer, and the end by an organizer, to those merged into it too.
     * @throws {@link Refusal} when there is none of this number
     */
    async applyEvent(number: number, event: TicketEvent): Promise<Ticket> {
      const isForAll = event.kind === 'answer' || (event.kind === 'close' && event.by === 'organizer')
      const merged = isForAll ? live.mergedInto(number) : []
      const at = clock.now()
      const ticket = await apply(number, event, at)
      for (const other of merged) await apply(other.number, event, at)
      return ticket
    },

    /**
     * Takes back the end of tickets by an organizer, and of those merged into them.
     * @returns how many are open again
     */
    async reopen(numbers: readonly number[]): Promise<number> {
      const all = (await records.tickets.list('')).map(({ value }) => value)
      const ended = all.filter(one => numbers.includes(one.number) && one.closed)
      const merged = all.filter(one =>
        ended.some(({ number, closed }) => one.mergedInto === number && one.closed?.at === closed?.at),
      )
      let count = 0
      for (const ticket of new Set([...ended, ...merged])) if (await reopenOne(ticket)) count += 1
      return count
    },

    /** Merges these tickets, and those merged into them before, into the first. */
    async merge(into: number, numbers: readonly number[]): Promise<void> {
      for (const number of numbers.filter(one => one !== into)) {
        for (const other of live.mergedInto(number)) await apply(other.number, { kind: 'merge', into })
        await apply(number, { kind: 'merge', into })
      }
    },

    /** Takes unanswered tickets out of those that they were merged into. @returns the numbers of those taken out */
    async split(numbers: readonly number[]): Promise<number[]> {
      const merged = live
        .unclosed()
        .filter(one => one.mergedInto !== undefined && numbers.includes(one.number))
      const apart: number[] = []
      for (const { number } of merged)
        if ((await apply(number, { kind: 'split' })).mergedInto === undefined) apart.push(number)
      return apart
    },

    /** Every ticket that is kept, latest first. */
    async all(): Promise<Ticket[]> {
      const found = await records.tickets.list('')
      return found.map(({ value }) => value).sort((a, b) => b.number - a.number)
    },

    /** Applies what time does to this ticket, and delivers the letters that a crash left. */
    async lookAt(ticket: Ticket, at: Temporal.Instant): Promise<void> {
      const due = await dueTo(ticket, at)
      const moved =
        due &&
        (await records.tickets.update(ticketKey(ticket.number), now => now && applyTicketEvent(now, due, at)))
      const latest = moved ?? (await records.tickets.get(ticketKey(ticket.number)))
      if (latest) await deliver(latest)
    },
  }
}
