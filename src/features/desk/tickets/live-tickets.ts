import { type DeskRecords, type Ticket, ticketKey } from '../records.ts'
import { isSameQuestion } from '../same-matter.ts'

/** The tickets that are not closed, or whose letters are not all delivered, held in memory to be asked at once. */
export async function loadLiveTickets({ tickets }: Pick<DeskRecords, 'tickets'>) {
  const live = new Map<number, Ticket>()
  const closed = new Set<number>()
  const removed = new Set<number>()
  /** When tickets were closed that were reopened since, by number. */
  const reopened = new Map<number, string>()
  let isWhole = false
  await complete().catch(async () => {
    for (const { value } of await tickets.list('', { leavesOutUnreadable: true })) keep(value)
  })

  /** Takes up the tickets that could not be read before. @throws where some still cannot */
  async function complete(): Promise<void> {
    if (isWhole) return
    for (const { value } of await tickets.list('')) keep(value)
    isWhole = true
  }

  /** A copy that was read before its ticket was removed, closed or reopened is dropped. */
  function keep(ticket: Ticket): Ticket {
    if (removed.has(ticket.number)) return ticket
    if (ticket.closed && reopened.get(ticket.number) === ticket.closed.at) return ticket
    if (ticket.state !== 'closed' && closed.has(ticket.number)) return ticket
    if (ticket.state === 'closed') closed.add(ticket.number)
    if (ticket.state === 'closed' && ticket.letters.every(({ isPosted }) => isPosted))
      live.delete(ticket.number)
    else live.set(ticket.number, ticket)
    return ticket
  }

  const unclosed = () => [...live.values()].filter(({ state }) => state !== 'closed')

  return {
    keep,
    complete,
    unclosed,
    kept: () => [...live.values()],
    has: (number: number) => live.has(number),
    isClosed: (number: number) => closed.has(number),
    isRemoved: (number: number) => removed.has(number),

    /** Before its record goes: what is under way with an earlier copy must find it removed. */
    remove(number: number): void {
      removed.add(number)
      live.delete(number)
    },

    /** Its next copy that is closed counts, also where the clock did not move since it was reopened. */
    closeAgain: (number: number) => void reopened.delete(number),

    /** @param closedAt when the end that is taken back was recorded */
    reopen(number: number, closedAt: string): void {
      reopened.set(number, closedAt)
      closed.delete(number)
    },

    async find(number: number): Promise<Ticket | undefined> {
      if (removed.has(number)) return undefined
      return live.get(number) ?? tickets.get(ticketKey(number))
    },

    /** The open ticket of this person with this question. */
    holding: (question: string, chatId: string) =>
      unclosed().find(ticket => ticket.asker.chatId === chatId && isSameQuestion(ticket.question, question)),

    /** The tickets whose askers get the answer to this one. */
    mergedInto: (number: number) => unclosed().filter(ticket => ticket.mergedInto === number),

    /** A merged ticket stands alone again once the other is gone. */
    isAnsweredElsewhere: ({ mergedInto: number }: Ticket) =>
      number !== undefined && unclosed().some(one => one.number === number && one.state !== 'answered'),
  }
}
