import type { Outbox, Posting } from '../../outbox/index.ts'
import type { Target } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { DeskRecords, Letter, Ticket } from './records.ts'
import { ticketKey } from './records.ts'
import { sayLetter } from './words.ts'

/** Word that is older than this is overtaken by the reminder or the next owner. */
const letterHours = 72

type Parts = { records: DeskRecords; outbox: Outbox; directory: Directory; clock: Clock }

/**
 * Brings the letters of tickets to the outbox. A letter is recorded with what caused it and ticked off once the
 * outbox has it; the outbox takes each only once, so that after a crash it is simply brought again.
 */
export function createPost({ records, outbox, directory, clock }: Parts) {
  async function targetsOf(ticket: Ticket, letter: Letter): Promise<Target[]> {
    if (letter.to !== 'asker') {
      if (letter.to.kind === 'instructor') return [{ personId: letter.to.chatId }]
      return (await directory.holders('organizer')).map(personId => ({ personId }))
    }
    // A group that was unbound since hears nothing more from us; the maker still does.
    const isBound = ticket.group && (await directory.group(ticket.group.id))
    return [ticket.group && isBound ? { groupId: ticket.group.id } : { personId: ticket.asker.chatId }]
  }

  function postingOf(ticket: Ticket, letter: Letter, target: Target): Posting {
    const isInGroup = 'groupId' in target
    return {
      kind: 'prompt' as const,
      key: `${letterId(ticket, letter)}/${isInGroup ? target.groupId : target.personId}`,
      target,
      reply: {
        text: sayLetter(ticket, letter, clock.now()),
        ...(isInGroup ? { mention: [ticket.asker.chatId] } : {}),
      },
      notAfter: clock.now().add({ hours: letterHours }),
    }
  }

  return {
    /** Posts what was not posted yet. What nobody is there to read waits for somebody. @returns the ticket then */
    async bring(ticket: Ticket): Promise<Ticket> {
      const brought = new Set<number>()
      for (const letter of ticket.letters.filter(({ isPosted }) => !isPosted)) {
        const targets = await targetsOf(ticket, letter)
        if (targets.length === 0) continue
        await outbox.post(targets.map(target => postingOf(ticket, letter, target)))
        brought.add(letter.number)
      }
      if (brought.size === 0) return ticket
      const ticked = await records.tickets.update(
        ticketKey(ticket.number),
        now =>
          now && {
            ...now,
            letters: now.letters.map(letter =>
              brought.has(letter.number) ? { ...letter, isPosted: true } : letter,
            ),
          },
      )
      return ticked ?? ticket
    },

    /** Letters that were not sent yet are not sent any more. */
    async cancel(ticket: Ticket): Promise<void> {
      for (const letter of ticket.letters) await outbox.cancel(letterId(ticket, letter))
    },

    /** How a letter fared: 'failed' only where it reached nobody for certain. */
    async fate(
      ticket: Ticket,
      letter: Letter,
    ): Promise<'none' | 'under-way' | 'arrived' | 'unknown' | 'failed'> {
      const states = (await outbox.deliveries(letterId(ticket, letter))).map(({ state }) => state)
      if (states.length === 0) return 'none'
      if (states.some(state => state === 'sent' || state === 'confirmed')) return 'arrived'
      if (states.some(state => state === 'due' || state === 'sending')) return 'under-way'
      return states.includes('unknown') ? 'unknown' : 'failed'
    },
  }
}

const letterId = ({ number }: Ticket, letter: Letter) => `ticket-${number}-${letter.number}`
