import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { OpenQuestion } from '../../ports/desk.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Store } from '../../ports/store.ts'
import { cleanName } from '../../text/names.ts'
import { createAskerDays } from './asker-days.ts'
import { answerersFor, type Desk, deskFor, nextOwner } from './desks.ts'
import { createInstructors } from './instructors.ts'
import { createLetterDelivery } from './letters.ts'
import { loadLiveTickets } from './live-tickets.ts'
import { createNotifications } from './notifications/queue.ts'
import { type Instructor, type Owner, openDeskRecords, type Ticket, ticketKey } from './records.ts'
import { dueEvent, move, openTicket, type TicketEvent } from './rules.ts'
import { withoutPerson } from './without-person.ts'
import { cleanQuestion } from './words.ts'

const mostNear = 3

export type TicketParts = {
  store: Store
  clock: Clock
  outbox: Outbox
  directory: Directory
  desks: readonly Desk[]
  seed: readonly Instructor[]
}
export type Tickets = Awaited<ReturnType<typeof loadTickets>>

/** The tickets and what may be done to them. */
export async function loadTickets(parts: TicketParts) {
  const changes = await createTicketChanges(parts)
  return { ...changes, ...createTicketErasure(changes) }
}

async function createTicketChanges({ store, clock, outbox, directory, desks, seed }: TicketParts) {
  const records = openDeskRecords(store)
  const instructors = createInstructors({ records, seed, clock })
  const live = await loadLiveTickets(records)
  const days = createAskerDays({ records, clock, isClosed: live.isClosed })
  const notifications = createNotifications({ records, outbox, clock, find: live.find, waitingFor })
  const letters = createLetterDelivery({ records, outbox, directory, clock, notifications })

  /** What this person is asked to answer, oldest first. */
  async function waitingFor(chatId: string): Promise<Ticket[]> {
    const asOrganizer = (await directory.rolesOf(chatId)).includes('organizer')
    return live
      .unclosed()
      .filter(ticket => ticket.state !== 'answered' && !live.isAnsweredElsewhere(ticket))
      .filter(({ owner }) => (owner.kind === 'instructor' ? owner.chatId === chatId : asOrganizer))
      .sort((a, b) => a.number - b.number)
  }

  /** Delivers what is to be told. What stands in memory afterwards is read anew: the ticket may have moved meanwhile. */
  async function deliver(ticket: Ticket): Promise<Ticket> {
    if (live.isRemoved(ticket.number)) return ticket
    const delivered = await letters.deliver(live.keep(ticket))
    const latest = await records.tickets.get(ticketKey(ticket.number))
    return latest ? live.keep(latest) : delivered
  }

  async function apply(number: number, event: TicketEvent): Promise<Ticket> {
    const at = clock.now()
    const ticket = await records.tickets.update(ticketKey(number), now => now && move(now, event, at))
    if (!ticket) throw new Refusal(`没有 ${number} 号问题，请看看号码对不对。`)
    return deliver(ticket)
  }

  async function firstOwner(desk: string, { groupId, senderId }: Message): Promise<Owner> {
    return nextOwner(answerersFor(await instructors.all(), { desk, groupId }), [senderId])
  }

  async function ownerAfter({ desk, group, asker, tried }: Ticket): Promise<Owner> {
    const answerers = answerersFor(await instructors.all(), { desk, groupId: group?.id })
    return nextOwner(answerers, [asker.chatId, ...tried])
  }

  /** The owner is a person whom the question certainly did not reach, so waiting for an answer is in vain. */
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

  async function askerAndGroup(message: Message): Promise<Pick<Ticket, 'asker' | 'group'>> {
    const { groupId, groupName, senderId } = message
    const [member, group] = await Promise.all([
      directory.recognise(message),
      groupId === undefined ? undefined : directory.group(groupId),
    ])
    const asker = { chatId: senderId, memberId: member.id, name: cleanName(member.name) }
    return groupId === undefined
      ? { asker }
      : { asker, group: { id: groupId, name: group?.name ?? groupName ?? '群' } }
  }

  return {
    records,
    live,
    days,
    letters,
    deliver,
    instructors,
    notifications,
    deliveryStatus: letters.deliveryStatus,
    waitingFor,
    unclosed: live.unclosed,
    /** Those that are not closed, and those with letters still to be delivered. */
    kept: live.kept,
    mergedInto: live.mergedInto,
    find: live.find,
    ownerAfter,
    /**
     * Opens a ticket and asks the first who answers for it; the one that this person has open with this question
     * stays the only one.
     * @returns undefined where there is nobody to ask
     * @throws TooMany when this person opened enough today
     */
    async open({
      question,
      message,
      near,
      owner: nearOwner,
    }: OpenQuestion): Promise<{ ticket: Ticket; isNew: boolean } | undefined> {
      const text = cleanQuestion(question)
      const earlier = live.holding(text, message.senderId)
      if (earlier) return { ticket: earlier, isNew: false }
      const desk = deskFor(desks, text, nearOwner)
      const owner = await firstOwner(desk, message)
      if (owner.kind === 'organizers' && (await directory.holders('organizer')).length === 0) return undefined
      const number = await days.numberFor(text, message.senderId)
      const nearEntries = near.slice(0, mostNear).map(entry => ({ id: entry.id, question: entry.question }))
      const opening = {
        number,
        desk,
        question: text,
        near: nearEntries.map(entry => entry.question),
        nearEntries,
        ...(await askerAndGroup(message)),
        owner,
      }
      const fresh = openTicket(opening, clock.now())
      let isNew = false
      const ticket = await records.tickets.update(ticketKey(number), now => {
        isNew = now === undefined
        return now ?? fresh
      })
      return { ticket: await deliver(ticket ?? fresh), isNew }
    },

    /**
     * Applies an event to a ticket; an answer, and the end by an organizer, to those merged into it too.
     * @throws {@link Refusal} when there is none of this number
     */
    async happen(number: number, event: TicketEvent): Promise<Ticket> {
      const isForAll = event.kind === 'answer' || (event.kind === 'close' && event.by === 'organizer')
      const merged = isForAll ? live.mergedInto(number) : []
      const ticket = await apply(number, event)
      for (const other of merged) await apply(other.number, event)
      return ticket
    },

    /** Merges these tickets, and those merged into them before, into the first. */
    async merge(into: number, numbers: readonly number[]): Promise<void> {
      for (const number of numbers.filter(one => one !== into)) {
        for (const other of live.mergedInto(number)) await apply(other.number, { kind: 'merge', into })
        await apply(number, { kind: 'merge', into })
      }
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
        due && (await records.tickets.update(ticketKey(ticket.number), now => now && move(now, due, at)))
      const latest = moved ?? (await records.tickets.get(ticketKey(ticket.number)))
      if (latest) await deliver(latest)
    },
  }
}

/** What privacy and retention do to tickets; nobody is told of it but the next owner. */
function createTicketErasure({
  records,
  live,
  days,
  letters,
  deliver,
  ownerAfter,
}: Awaited<ReturnType<typeof createTicketChanges>>) {
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

    /** Changes a ticket without telling anybody. */
    async change(number: number, how: (now: Ticket) => Ticket): Promise<void> {
      const ticket = await records.tickets.update(ticketKey(number), now => now && how(now))
      if (ticket && live.has(number)) live.keep(ticket)
    },

    /** Who answered it is gone: it goes on to the next one, and what was answered stays under no name. */
    async withoutAnswerer(ticket: Ticket, chatIds: readonly string[], nobody: string): Promise<void> {
      const next = await ownerAfter(ticket)
      const saved = await records.tickets.update(
        ticketKey(ticket.number),
        now => now && withoutPerson(now, { chatIds, nobody, next }),
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
