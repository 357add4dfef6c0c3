import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { OpenQuestion } from '../../../ports/desk.ts'
import type { Directory } from '../../../ports/directory.ts'
import { cleanName } from '../../../text/names/names.ts'
import { type Desk, deskFor } from '../desks.ts'
import { type Owner, type openDeskRecords, type Ticket, ticketKey } from '../records.ts'
import { cleanQuestion } from '../words.ts'
import type { createAskerDays } from './asker-days.ts'
import type { loadLiveTickets } from './live-tickets.ts'
import { openTicket } from './rules.ts'

const mostNear = 3

type Parts = {
  records: ReturnType<typeof openDeskRecords>
  live: Awaited<ReturnType<typeof loadLiveTickets>>
  days: ReturnType<typeof createAskerDays>
  firstOwner(desk: string, message: Message): Promise<Owner>
  directory: Directory
  desks: readonly Desk[]
  clock: Clock
  deliver(ticket: Ticket): Promise<Ticket>
}

/** Opens tickets, once per person and question. */
export function createTicketOpener({
  records,
  live,
  days,
  firstOwner,
  directory,
  desks,
  clock,
  deliver,
}: Parts) {
  /**
   * Opens a ticket and asks the first who answers for it; the one that this person has open with this question
   * stays the only one.
   * @returns undefined where there is no one to ask
   * @throws TooMany when this person opened enough today
   */
  async function open({
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
      ...(await askerAndGroup(directory, message)),
      owner,
    }
    const fresh = openTicket(opening, clock.now())
    let isNew = false
    const ticket = await records.tickets.update(ticketKey(number), now => {
      isNew = now === undefined
      return now ?? fresh
    })
    return { ticket: await deliver(ticket ?? fresh), isNew }
  }

  return open
}

/** The person who asks, and the group in which they do. */
async function askerAndGroup(
  directory: Directory,
  message: Message,
): Promise<Pick<Ticket, 'asker' | 'group'>> {
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
