import { withoutIdentifiers } from '../../../text/identifiers.ts'
import type { DayOfAsker, Owner, Ticket } from '../records.ts'

type Gone = {
  chatIds: readonly string[]
  /** Replaces an erased name. */
  replacementName: string
  /** New owner of the ticket, where the person owned it. */
  next: Owner
}

/** The ticket without a person who answered, or was to: their words stay, under no name and number. */
export function withoutPerson(ticket: Ticket, { chatIds, replacementName, next }: Gone): Ticket {
  const isTheirs = (owner: Owner) => owner.kind === 'instructor' && chatIds.includes(owner.chatId)
  const names = new Set(
    [ticket.owner, ...ticket.letters.map(({ to }) => to)].flatMap(to => nameIn(to, isTheirs)),
  )
  const isOver = ticket.state === 'closed'
  return {
    ...ticket,
    owner: isTheirs(ticket.owner) ? (isOver ? { kind: 'organizers' } : next) : ticket.owner,
    tried: ticket.tried.filter(chatId => !chatIds.includes(chatId)),
    turns: ticket.turns.map(turn =>
      names.has(turn.byName)
        ? { ...turn, text: withoutIdentifiers(turn.text), byName: replacementName, byTitle: '指导员' }
        : turn,
    ),
    letters: ticket.letters.map(letter =>
      letter.to !== 'asker' && isTheirs(letter.to) ? { ...letter, to: { kind: 'organizers' } } : letter,
    ),
  }
}

function nameIn(to: Owner | 'asker', isTheirs: (owner: Owner) => boolean): string[] {
  return to !== 'asker' && to.kind === 'instructor' && isTheirs(to) ? [to.name] : []
}

/** Tickets of an asker on a day, with masked texts. */
export const withMasked = ({ opened }: DayOfAsker, masked: (text: string) => string): DayOfAsker => ({
  opened: opened.map(one => ({ ...one, question: masked(one.question) })),
})
