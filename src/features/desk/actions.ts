import { Refusal } from '../../feature.ts'
import type { EntryDrafts } from './entry-drafts.ts'
import type { Owner, Ticket } from './records.ts'
import type { Tickets } from './tickets/tickets.ts'

/** The longest answer that is passed on, in characters; longer ones are a document. */
const longestAnswer = 1000

/** The person who answers, and the title under which the asker reads it. */
export type TicketAnswerer = { id: string; name: string; title: string }
/** Tells an organizer or instructor which tickets can be split off. */
export const whatCanBeSplit = '只有合并到别的号里、还没答复的能拆开。'

export type TicketActions = ReturnType<typeof createTicketActions>

/** Deeds of instructors and organizers on tickets; the same in chat and on the console. */
export function createTicketActions({ tickets, drafts }: { tickets: Tickets; drafts: EntryDrafts }) {
  /**
   * Tells the asker, and those whose tickets were merged into this one.
   * @throws {@link Refusal} for a closed ticket, and where the last turn of it is the same answer
   */
  async function tell(ticket: Ticket, text: string, { name, title }: TicketAnswerer): Promise<Ticket> {
    if (ticket.state === 'closed')
      throw new Refusal(`${ticket.number} 号已经结束了。要补充的话，请直接联系${ticket.asker.name}。`)
    const last = ticket.turns.at(-1)
    if (last?.kind === 'answer' && last.text === text)
      throw new Refusal(`${ticket.number} 号刚才已经这样答过了，没有再发。要补充，请写别的话。`)
    return tickets.applyEvent(ticket.number, { kind: 'answer', text, byName: name, byTitle: title })
  }

  return {
    tell,
    /**
     * Answers a ticket and keeps the answer as the draft of an entry.
     * @returns what the answerer is told about the draft; undefined where none is kept
     * @throws {@link Refusal} for an empty or too long answer, or a closed ticket
     */
    async answer(ticket: Ticket, said: string, by: TicketAnswerer): Promise<string | undefined> {
      const text = said.trim()
      if (text === '')
        throw new Refusal(`请把答复写在号码后面，例如「答 ${ticket.number} 可以报，5 月前交材料」。`)
      if ([...text].length > longestAnswer)
        throw new Refusal(`答复太长了，请控制在 ${longestAnswer} 个字以内；材料多的话，请在群里直接发文件。`)
      await tell(ticket, text, by)
      return drafts.keep(ticket, text, by)
    },
    /** Passes a ticket to the next who may answer. @returns the new owner */
    async passOn(ticket: Ticket): Promise<Owner> {
      if (ticket.owner.kind === 'organizers')
        throw new Refusal('后面没有别人了：请组织者来答，或者在控制台「咨询」里办。')
      if (ticket.state === 'answered' || ticket.state === 'closed')
        throw new Refusal(`${ticket.number} 号已经答过了，不用再转。`)
      const to = await tickets.ownerAfter(ticket)
      await tickets.applyEvent(ticket.number, { kind: 'hand-on', to })
      return to
    },
    async close(chosen: readonly Ticket[], byName: string): Promise<void> {
      for (const { number } of chosen)
        await tickets.applyEvent(number, { kind: 'close', by: 'organizer', byName })
    },
    /** Takes back that they were closed. @throws {@link Refusal} where nothing of it can be taken back */
    async reopen(numbers: readonly number[]): Promise<number> {
      const count = await tickets.reopen(numbers)
      if (count === 0) throw new Refusal('没有可以重新打开的：只有组织者结束的能撤销。')
      return count
    },
    /**
     * Merges tickets into the first: one answer is told to all who asked.
     * @throws {@link Refusal} for fewer than two, and where one is over: the answer to it would reach no other
     */
    async merge(chosen: readonly Ticket[]): Promise<void> {
      const over = chosen.find(({ state }) => state === 'answered' || state === 'closed')
      if (over)
        throw new Refusal(
          `${over.number} 号已经${over.state === 'closed' ? '结束' : '答复过'}了，合并不了。请只写还在等答复的号码。`,
        )
      const [first, ...rest] = chosen.map(({ number }) => number)
      if (first === undefined || rest.length === 0)
        throw new Refusal('请写上要合并的号码，例如「合并 17 18」：答了 17 号，18 号也一起答复。')
      await tickets.merge(first, rest)
    },
    /**
     * Takes back a merge: each is answered on its own again.
     * @returns the numbers of those taken out
     * @throws {@link Refusal} where none of them is merged and unanswered
     */
    async split(numbers: readonly number[]): Promise<number[]> {
      const apart = await tickets.split(numbers)
      if (apart.length === 0) throw new Refusal(`没有可以拆开的：${whatCanBeSplit}`)
      return apart
    },
  }
}
