import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { OpenQuestion } from '../../ports/desk.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Store } from '../../ports/store.ts'
import { dayInShanghai } from '../../text/dates/time.ts'
import { cleanName } from '../../text/names.ts'
import { answerersFor, type Desk, deskFor, nextOwner } from './desks.ts'
import { createInstructors } from './instructors.ts'
import { createNotifications } from './notifications.ts'
import { createPost } from './post.ts'
import {
  counterKey,
  dayKey,
  dayPrefix,
  type Instructor,
  type Owner,
  openDeskRecords,
  type Ticket,
  ticketKey,
} from './records.ts'
import {
  cleanQuestion,
  dueEvent,
  isSameQuestion,
  move,
  openTicket,
  type TicketEvent,
  takePlace,
} from './rules.ts'
import { withMasked, withoutPerson } from './without-person.ts'

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

/** The tickets and what may be done to them. Those that are not closed are also held in memory, to be asked at once. */
export async function loadTickets({ store, clock, outbox, directory, desks, seed }: TicketParts) {
  const records = openDeskRecords(store)
  const instructors = createInstructors({ records, seed, clock })
  const live = new Map<number, Ticket>()
  const closed = new Set<number>()
  const removed = new Set<number>()
  const notifications = createNotifications({
    records,
    outbox,
    clock,
    find,
    waitingFor,
  })
  const post = createPost({ records, outbox, directory, clock, notifications })
  for (const { value } of await records.tickets.list('')) keep(value)

  /** Neither a removed nor a closed ticket comes back: such a copy was read before, and is dropped. */
  function keep(ticket: Ticket): Ticket {
    if (removed.has(ticket.number)) return ticket
    if (ticket.state !== 'closed' && closed.has(ticket.number)) return ticket
    if (ticket.state === 'closed') closed.add(ticket.number)
    if (ticket.state === 'closed' && ticket.letters.every(({ isPosted }) => isPosted))
      live.delete(ticket.number)
    else live.set(ticket.number, ticket)
    return ticket
  }

  /** Before the record goes: what is under way with an earlier copy must find it removed. */
  async function remove(number: number): Promise<void> {
    removed.add(number)
    live.delete(number)
    const ticket = await records.tickets.get(ticketKey(number))
    if (ticket) await post.cancel(ticket)
    await records.tickets.update(ticketKey(number), () => undefined)
  }

  async function find(number: number): Promise<Ticket | undefined> {
    if (removed.has(number)) return undefined
    return live.get(number) ?? records.tickets.get(ticketKey(number))
  }

  const unclosed = () => [...live.values()].filter(({ state }) => state !== 'closed')

  /** What this person is asked to answer, oldest first. */
  async function waitingFor(chatId: string): Promise<Ticket[]> {
    const asOrganizer = (await directory.rolesOf(chatId)).includes('organizer')
    return unclosed()
      .filter(ticket => ticket.state !== 'answered' && !isAnsweredElsewhere(ticket))
      .filter(({ owner }) => (owner.kind === 'instructor' ? owner.chatId === chatId : asOrganizer))
      .sort((a, b) => a.number - b.number)
  }

  /** The tickets whose askers hear the answer to this one. */
  const mergedInto = (number: number) => unclosed().filter(ticket => ticket.mergedInto === number)
  /** A merged ticket stands alone again once the other is gone. */
  const isAnsweredElsewhere = ({ mergedInto: number }: Ticket) =>
    number !== undefined && unclosed().some(one => one.number === number && one.state !== 'answered')

  const holding = (question: string, chatId: string) =>
    unclosed().find(ticket => ticket.asker.chatId === chatId && isSameQuestion(ticket.question, question))

  /** Delivers what is to be told. What stands in memory afterwards is read anew: the ticket may have moved meanwhile. */
  async function deliver(ticket: Ticket): Promise<Ticket> {
    if (removed.has(ticket.number)) return ticket
    const delivered = await post.deliver(keep(ticket))
    const latest = await records.tickets.get(ticketKey(ticket.number))
    return latest ? keep(latest) : delivered
  }

  async function change(number: number, event: TicketEvent): Promise<Ticket> {
    const at = clock.now()
    const ticket = await records.tickets.update(ticketKey(number), now => now && move(now, event, at))
    if (!ticket) throw new Refusal(`没有 ${number} 号问题，请看看号码对不对。`)
    return deliver(ticket)
  }

  async function ownerAfter(
    { desk, groupId }: { desk: string; groupId: string | undefined },
    passed: readonly string[],
  ): Promise<Owner> {
    return nextOwner(answerersFor(await instructors.all(), { desk, groupId }), passed)
  }
  const ownerAfterOf = (ticket: Ticket) =>
    ownerAfter({ desk: ticket.desk, groupId: ticket.group?.id }, [ticket.asker.chatId, ...ticket.tried])

  async function nextNumber(): Promise<number> {
    const counter = await records.counter.update(counterKey, now => ({ last: (now?.last ?? 0) + 1 }))
    return counter?.last ?? 1
  }

  async function placeFor(question: string, chatId: string): Promise<number> {
    const key = dayKey(dayInShanghai(clock.now()), chatId)
    const isClosed = (number: number) => closed.has(number)
    // Before a number is drawn, so that what is refused leaves no gap in the numbers.
    takePlace(await records.days.get(key), { number: 0, question }, isClosed)
    const wanted = { number: await nextNumber(), question }
    let taken = wanted.number
    await records.days.update(key, now => {
      const place = takePlace(now, wanted, isClosed)
      taken = place.number
      return place.day
    })
    return taken
  }

  return {
    instructors,
    notifications,
    deliveryStatus: post.deliveryStatus,
    waitingFor,
    unclosed,
    /** Those that are not closed, and those with letters still to be delivered. */
    kept: () => [...live.values()],

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
      const { groupId, groupName, senderId } = message
      const text = cleanQuestion(question)
      const earlier = holding(text, senderId)
      if (earlier) return { ticket: earlier, isNew: false }
      const desk = deskFor(desks, text, nearOwner)
      const owner = await ownerAfter({ desk, groupId }, [senderId])
      if (owner.kind === 'organizers' && (await directory.holders('organizer')).length === 0) return undefined
      const number = await placeFor(text, senderId)
      const [member, group] = await Promise.all([
        directory.recognise(message),
        groupId === undefined ? undefined : directory.group(groupId),
      ])
      const opening = {
        number,
        desk,
        question: text,
        near: near.slice(0, mostNear).map(entry => entry.question),
        nearEntries: near.slice(0, mostNear).map(({ id, question }) => ({ id, question })),
        asker: { chatId: senderId, memberId: member.id, name: cleanName(member.name) },
        ...(groupId === undefined ? {} : { group: { id: groupId, name: group?.name ?? groupName ?? '群' } }),
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
      const merged = isForAll ? mergedInto(number) : []
      const ticket = await change(number, event)
      for (const other of merged) await change(other.number, event)
      return ticket
    },

    /** Merges these tickets, and those merged into them before, into the first. */
    async merge(into: number, numbers: readonly number[]): Promise<void> {
      for (const number of numbers.filter(one => one !== into)) {
        for (const other of mergedInto(number)) await change(other.number, { kind: 'merge', into })
        await change(number, { kind: 'merge', into })
      }
    },
    mergedInto,

    find,

    ownerAfter: ownerAfterOf,

    /** Every ticket that is kept, latest first. */
    async all(): Promise<Ticket[]> {
      const found = await records.tickets.list('')
      return found.map(({ value }) => value).sort((a, b) => b.number - a.number)
    },

    /** What time does to this ticket, and the letters that a crash left behind. */
    async lookAt(ticket: Ticket, at: Temporal.Instant): Promise<void> {
      const next = await ownerAfterOf(ticket)
      const due = isAnsweredElsewhere(ticket)
        ? undefined
        : (await wasNotReached(ticket))
          ? handOn(next)
          : dueEvent(ticket, next, at)
      const moved =
        due && (await records.tickets.update(ticketKey(ticket.number), now => now && move(now, due, at)))
      const latest = moved ?? (await records.tickets.get(ticketKey(ticket.number)))
      if (latest) await deliver(latest)
    },

    /** Deletes a ticket. Its number is not used again. */
    remove,

    /** Changes a ticket without telling anybody. */
    async change(number: number, how: (now: Ticket) => Ticket): Promise<void> {
      const ticket = await records.tickets.update(ticketKey(number), now => now && how(now))
      if (ticket && live.has(number)) keep(ticket)
    },

    /** Who answered it is gone: it goes on to the next one, and what was answered stays under no name. */
    async withoutAnswerer(ticket: Ticket, chatIds: readonly string[], nobody: string): Promise<void> {
      const next = await ownerAfterOf(ticket)
      const saved = await records.tickets.update(
        ticketKey(ticket.number),
        now => now && withoutPerson(now, { chatIds, nobody, next }),
      )
      if (saved && live.has(ticket.number)) await deliver(saved)
    },

    /** What these people asked on which day, and their names in what others asked. */
    async forgetAskers(chatIds: readonly string[], masked: (text: string) => string): Promise<void> {
      const endings = chatIds.map(chatId => dayKey('', chatId))
      for (const { key } of await records.days.list(''))
        await records.days.update(key, now =>
          now && !endings.some(ending => key.endsWith(ending)) ? withMasked(now, masked) : undefined,
        )
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
      const lastDay = dayInShanghai(limit)
      for (const { key } of await records.days.list(''))
        if (key < dayPrefix(lastDay)) await records.days.update(key, () => undefined)
    },
  }

  /** The owner is a person whom the question certainly did not reach, so waiting for an answer is in vain. */
  async function wasNotReached(ticket: Ticket): Promise<boolean> {
    if (ticket.owner.kind !== 'instructor' || ticket.state === 'answered' || ticket.state === 'closed')
      return false
    const asked = ticket.letters.findLast(letter => letter.kind === 'ask')
    return asked !== undefined && (await post.deliveryStatus(ticket, asked)) === 'failed'
  }
}

const isBefore = (at: string, limit: Temporal.Instant) => Temporal.Instant.compare(at, limit) < 0

const handOn = (to: Owner): TicketEvent => ({ kind: 'hand-on', to })
