import { z } from 'zod'
import { keyHash } from '../../lib/hash.ts'
import type { Store } from '../../ports/store.ts'

/** Instructors and their desks; the instructors of all desks and spaces in one record, in the order they are asked. */
export const Instructor = z.strictObject({
  /** Where to write to them; also how they are known. */
  chatId: z.string().min(1).max(200),
  name: z.string().trim().min(1).max(40),
  /** How makers know them: 「何老师」. */
  title: z.string().trim().min(1).max(20),
  /** By name; none: every desk. */
  desks: z.array(z.string()),
  /** The groups whose space they look after, by id; none: every space. */
  spaces: z.array(z.string()),
})
export type Instructor = z.infer<typeof Instructor>

const InstructorBook = z.object({
  instructors: z.array(Instructor),
  changedAt: z.string(),
  changedByName: z.string(),
})

/** The owner of a ticket. Organizers are one owner as a whole, in their number at any time. */
export const Owner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('instructor'), chatId: z.string(), name: z.string(), title: z.string() }),
  z.object({ kind: z.literal('organizers') }),
])
export type Owner = z.infer<typeof Owner>

/** Something said about a ticket by the maker or by who answers. */
const TicketTurn = z.object({
  kind: z.enum(['answer', 'follow-up']),
  text: z.string(),
  /** How the group is told who says it: 「何老师」. */
  byTitle: z.string(),
  byName: z.string(),
  at: z.string(),
})
export type TicketTurn = z.infer<typeof TicketTurn>

/** Something to be told because of what happened; recorded with it, so that a crash loses none. */
const Letter = z.object({
  number: z.number().int(),
  kind: z.enum(['ask', 'remind', 'follow-up', 'answer', 'solved']),
  /** To the owner of the ticket at that time, or to the maker. */
  to: z.union([Owner, z.literal('asker')]),
  /** Which of the turns it tells. */
  turn: z.number().int().optional(),
  isPosted: z.boolean(),
})
export type Letter = z.infer<typeof Letter>

export const TicketState = z.enum(['open', 'waiting', 'answered', 'closed'])
export type TicketState = z.infer<typeof TicketState>

/** A question that a person has. */
export const Ticket = z.object({
  number: z.number().int().min(1),
  desk: z.string(),
  question: z.string(),
  /** Standard questions that came near. */
  near: z.array(z.string()),
  /** The same with their ids, so that one can be sent; empty in tickets of earlier versions. */
  nearEntries: z.array(z.object({ id: z.string(), question: z.string() })).default([]),
  asker: z.object({ chatId: z.string(), memberId: z.string(), name: z.string() }),
  /** Where it was asked; absent for a private chat. */
  group: z.object({ id: z.string(), name: z.string() }).optional(),
  openedAt: z.string(),
  /** `open`: asked; `waiting`: reminded too; `answered`: until thanks or time close it. */
  state: TicketState,
  owner: Owner,
  /** Start of the wait for the owner's answer; the next reminder counts from it. */
  askedSince: z.string(),
  /** The last time anything was said on it. */
  movedAt: z.string(),
  /** Chat ids of the instructors who were asked so far, the present one too. */
  tried: z.array(z.string()),
  turns: z.array(TicketTurn),
  letters: z.array(Letter),
  /** The ticket whose answer is told for this one too. */
  mergedInto: z.number().int().optional(),
  closed: z
    .object({
      at: z.string(),
      by: z.enum(['asker', 'withdrawn', 'organizer', 'time']),
      byName: z.string(),
      /** The state before, to which an end by an organizer can be taken back; absent in older records. */
      from: z.enum(['open', 'waiting', 'answered']).optional(),
    })
    .optional(),
})
export type Ticket = z.infer<typeof Ticket>

/** Something to tell one person about a ticket or a desk. A ticket's words are composed when it is sent. */
export const Notification = z.object({
  /** `ticket/letter`, or the key of a note; a key is queued once. */
  key: z.string(),
  kind: z.enum(['ask', 'remind', 'follow-up', 'solved', 'note']),
  ticket: z.number().int().optional(),
  letter: z.number().int().optional(),
  /** Text of a note. */
  text: z.string().optional(),
  isUrgent: z.boolean(),
})
export type Notification = z.infer<typeof Notification>

const MessageKind = z.enum(['summary', 'prompt'])

/** Notices for one instructor or organizer, gathered into few messages. */
export const NotificationQueue = z.object({
  chatId: z.string(),
  /** `HH:MM` in Shanghai, where the person chose one. */
  summaryTime: z.string().optional(),
  waiting: z.array(Notification),
  /** Claimed for one message; after a crash it is posted again under the same number. */
  sending: z
    .object({
      number: z.number().int(),
      kind: MessageKind,
      at: z.string(),
      notifications: z.array(Notification),
    })
    .optional(),
  /** Messages in the outbox, oldest first. */
  sent: z.array(
    z.object({ number: z.number().int(), kind: MessageKind, at: z.string(), keys: z.array(z.string()) }),
  ),
  /** Keys of notifications that were not true any more when their turn came. */
  dropped: z.array(z.string()),
  /** The last day whose summary was sent or had nothing to say; empty before the first. */
  lastSummaryOn: z.string(),
})
export type NotificationQueue = z.infer<typeof NotificationQueue>

/** Tickets that one person opened on one day, so that a repeated question is decided in one place. */
const DayOfAsker = z.object({
  opened: z.array(z.object({ number: z.number().int(), question: z.string() })),
})
export type DayOfAsker = z.infer<typeof DayOfAsker>

export type DeskRecords = ReturnType<typeof openDeskRecords>

export function openDeskRecords(store: Store) {
  return {
    tickets: store.collection('tickets', Ticket),
    counter: store.collection('ticket-counter', z.object({ last: z.number().int() })),
    days: store.collection('ticket-days', DayOfAsker),
    instructors: store.collection('instructors', InstructorBook),
    queues: store.collection('desk-notifications', NotificationQueue),
  }
}

/** A hundred tickets a shard, so that a number says where its ticket is. */
export const ticketKey = (number: number) => `${Math.floor(number / 100)}/${number}`
export const counterKey = 'counter/last'
export const instructorsKey = 'instructors/all'
export const dayPrefix = (day: string) => `${day}/`
/** Platform ids hold all sorts of characters, and a key is a path. */
export const dayKey = (day: string, chatId: string) => `${dayPrefix(day)}${keyHash(chatId)}`
export const queueKey = (chatId: string) => `${keyHash(chatId)}/queue`
