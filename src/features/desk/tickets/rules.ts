import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import { afterWorkingDays } from '../../../text/dates/working-days.ts'
import type { DayOfAsker, Letter, Owner, Ticket, TicketTurn } from '../records.ts'
import { isSameQuestion } from '../same-matter.ts'

/** Tickets that one person may open in a day. */
const mostOpenedADay = 3
/** An owner is reminded after one working day and, if there is another person, replaced after another. */
const remindAfterWorkingDays = 1
const handOnAfterWorkingDays = 2
/** An answered ticket is closed after this many days without a reply. */
const closeAfterDays = 3
/** Most turns of one ticket; more is a conversation that people have without the bot. */
const mostTurns = 40

export type TicketEvent =
  | { kind: 'remind' }
  | { kind: 'hand-on'; to: Owner }
  | { kind: 'answer'; text: string; byName: string; byTitle: string }
  | { kind: 'follow-up'; text: string }
  | { kind: 'merge'; into: number }
  | { kind: 'split' }
  | { kind: 'close'; by: NonNullable<Ticket['closed']>['by']; byName: string }

type Opening = Pick<
  Ticket,
  'number' | 'desk' | 'question' | 'near' | 'nearEntries' | 'asker' | 'group' | 'owner'
>

/** A ticket as it begins: with an owner who is being asked. */
export function openTicket(opening: Opening, at: Temporal.Instant): Ticket {
  const now = at.toString()
  const fresh: Ticket = {
    ...opening,
    openedAt: now,
    state: 'open',
    askedSince: now,
    movedAt: now,
    tried: idsOf(opening.owner),
    turns: [],
    letters: [],
  }
  return write(fresh, { kind: 'ask', to: opening.owner })
}

/**
 * The ticket after this event; the very same one where the event does not apply to its state. Until it is closed
 * it has exactly one owner, whatever happens in whatever order, and nothing that was said is forgotten.
 */
export function applyTicketEvent(ticket: Ticket, event: TicketEvent, at: Temporal.Instant): Ticket {
  if (ticket.state === 'closed') return ticket
  switch (event.kind) {
    case 'remind':
      return ticket.state === 'open'
        ? write({ ...ticket, state: 'waiting' }, { kind: 'remind', to: ticket.owner })
        : ticket
    case 'hand-on':
      return ticket.state === 'answered' ? ticket : handOn(ticket, event.to, at)
    case 'answer':
    case 'follow-up':
      return say(ticket, event, at)
    case 'merge':
      return ticket.state === 'answered' || event.into === ticket.number
        ? ticket
        : { ...ticket, mergedInto: event.into }
    case 'split':
      return split(ticket, at)
    case 'close':
      return close(ticket, event, at)
  }
}

/** Takes an unanswered ticket out of the one that it was merged into: its owner is asked anew, and reminded anew. */
function split(ticket: Ticket, at: Temporal.Instant): Ticket {
  const { mergedInto, ...alone } = ticket
  if (mergedInto === undefined || ticket.state === 'answered') return ticket
  return write({ ...alone, state: 'open', askedSince: at.toString() }, { kind: 'ask', to: ticket.owner })
}

function handOn(ticket: Ticket, to: Owner, at: Temporal.Instant): Ticket {
  const next: Ticket = {
    ...ticket,
    state: 'open',
    owner: to,
    askedSince: at.toString(),
    tried: [...new Set([...ticket.tried, ...idsOf(to)])],
  }
  return write(next, { kind: 'ask', to })
}

function say(
  ticket: Ticket,
  event: Extract<TicketEvent, { kind: 'answer' | 'follow-up' }>,
  at: Temporal.Instant,
): Ticket {
  if (ticket.turns.length >= mostTurns)
    throw new Refusal(`${ticket.number} 号已经来回很多次了，请直接联系对方，说得更清楚。`)
  const isAnswer = event.kind === 'answer'
  const turn: TicketTurn = {
    kind: event.kind,
    text: event.text,
    byName: isAnswer ? event.byName : ticket.asker.name,
    byTitle: isAnswer ? event.byTitle : ticket.asker.name,
    at: at.toString(),
  }
  const next: Ticket = { ...ticket, turns: [...ticket.turns, turn], movedAt: at.toString() }
  const told = { kind: event.kind, turn: ticket.turns.length }
  if (isAnswer) return write({ ...next, state: 'answered' }, { ...told, to: 'asker' })
  // A question after the answer is asked anew, so that it is reminded of like the first. What is added to a merged
  // ticket is this maker's alone.
  const { mergedInto: _into, ...alone } = next
  const asked: Ticket =
    ticket.state === 'answered' ? { ...alone, state: 'open', askedSince: at.toString() } : alone
  return write(asked, { ...told, to: ticket.owner })
}

function close(
  ticket: Ticket,
  { by, byName }: Extract<TicketEvent, { kind: 'close' }>,
  at: Temporal.Instant,
): Ticket {
  const from = ticket.state === 'closed' ? undefined : ticket.state
  const closed: Ticket = { ...ticket, state: 'closed', closed: { at: at.toString(), by, byName, from } }
  return ticket.state === 'answered' ? closed : write(closed, { kind: 'solved', to: ticket.owner })
}

/** The ticket as it was before an organizer closed it, its owner asked anew; the very same one where none did. */
export function reopenTicket(ticket: Ticket, at: Temporal.Instant): Ticket {
  const { closed, ...before } = ticket
  if (closed?.by !== 'organizer') return ticket
  const state = closed.from ?? 'open'
  if (state === 'answered') return { ...before, state }
  return write({ ...before, state: 'open', askedSince: at.toString() }, { kind: 'ask', to: ticket.owner })
}

function write(ticket: Ticket, letter: Pick<Letter, 'kind' | 'to' | 'turn'>): Ticket {
  const number = ticket.letters.length + 1
  return { ...ticket, letters: [...ticket.letters, { ...letter, number, isPosted: false }] }
}

const idsOf = (owner: Owner) => (owner.kind === 'instructor' ? [owner.chatId] : [])

/**
 * The event due for a ticket by time: a reminder after a working day, the next owner after another, the end three
 * days after an answer. Organizers have no one behind them: they are reminded, and keep it.
 * @param next who would be asked instead of the present owner.
 */
export function dueEvent(ticket: Ticket, next: Owner, at: Temporal.Instant): TicketEvent | undefined {
  const hasPassed = (due: Temporal.Instant) => Temporal.Instant.compare(due, at) <= 0
  const askedSince = Temporal.Instant.from(ticket.askedSince)
  if (ticket.state === 'open' && hasPassed(afterWorkingDays(askedSince, remindAfterWorkingDays)))
    return { kind: 'remind' }
  if (
    ticket.state === 'waiting' &&
    ticket.owner.kind === 'instructor' &&
    hasPassed(afterWorkingDays(askedSince, handOnAfterWorkingDays))
  )
    return { kind: 'hand-on', to: next }
  const movedAt = Temporal.Instant.from(ticket.movedAt)
  if (ticket.state === 'answered' && hasPassed(movedAt.add({ hours: 24 * closeAfterDays })))
    return { kind: 'close', by: 'time', byName: '' }
  return undefined
}

/** Characters from which an answer may be one that others need too. */
const shortestKept = 12
const inPassing = /[?？]$|我(?:先|去|再)?(?:问问|查查|看看|确认)|稍等|等一下|(?:加|打|联系)我|私聊|发你/u

/** Whether an answer may serve others who ask the same, as the draft of an entry. */
export function isWorthKeeping(answer: string): boolean {
  return [...answer.trim()].length >= shortestKept && !inPassing.test(answer.trim())
}

/** True for a ticket that organizers left unanswered: there is no next owner. */
export function isLeftLying(ticket: Ticket): boolean {
  return ticket.state === 'waiting' && ticket.owner.kind === 'organizers'
}

/** Whether the organizers themselves have to answer; a merged ticket is answered with the other one. */
export function isLeftToOrganizers({ owner, state, mergedInto }: Ticket): boolean {
  const isUnanswered = state === 'open' || state === 'waiting'
  return owner.kind === 'organizers' && isUnanswered && mergedInto === undefined
}

/**
 * Takes a place for a question in its asker's day, or finds the one that it has, so that two messages at once open
 * one ticket.
 * @param isClosed whether a ticket is over; one that is only being opened is not.
 * @throws {@link TooMany} when the person opened enough today
 */
export function takePlace(
  day: DayOfAsker | undefined,
  wanted: { number: number; question: string },
  isClosed: (number: number) => boolean,
): { day: DayOfAsker; number: number } {
  const opened = day?.opened ?? []
  const same = opened.find(
    ({ number, question }) => !isClosed(number) && isSameQuestion(question, wanted.question),
  )
  if (same) return { day: { opened }, number: same.number }
  if (opened.length >= mostOpenedADay) throw new TooMany('this person opened enough tickets today')
  return { day: { opened: [...opened, wanted] }, number: wanted.number }
}

/** The limit of a day is reached. */
export class TooMany extends Error {
  override name = 'TooMany'
}
