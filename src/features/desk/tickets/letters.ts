import type { Outbox } from '../../../outbox/index.ts'
import type { Target } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import { type DeliveryStatus, type Notifications, statusOf } from '../notifications/queue.ts'
import { isUrgentQuestion } from '../notifications/rules.ts'
import type { DeskRecords, Letter, Owner, Ticket } from '../records.ts'
import { ticketKey } from '../records.ts'
import { sayLetter } from '../words.ts'

/** An answer that could not be sent within this time is not sent any more. */
const answerHours = 72

type Parts = {
  records: DeskRecords
  outbox: Outbox
  directory: Directory
  clock: Clock
  notifications: Notifications
}

/**
 * Delivers the letters of tickets: answers to makers at once, everything else to the owner's notifications. A letter
 * is recorded with what caused it and ticked off once it is taken; it is taken only once, so that after a crash it is
 * simply delivered again.
 */
export function createLetterDelivery({ records, outbox, directory, clock, notifications }: Parts) {
  async function peopleOf(owner: Owner): Promise<string[]> {
    return owner.kind === 'instructor' ? [owner.chatId] : directory.holders('organizer')
  }

  /** A group that was unbound since gets nothing more from us; the maker still does. */
  async function targetOf({ group, asker }: Ticket): Promise<Target> {
    const isBound = group && (await directory.group(group.id))
    return group && isBound ? { groupId: group.id } : { personId: asker.chatId }
  }

  async function sendAnswer(ticket: Ticket, letter: Letter): Promise<void> {
    const target = await targetOf(ticket)
    const isInGroup = 'groupId' in target
    await outbox.post([
      {
        kind: 'prompt',
        key: `${letterId(ticket, letter)}/${isInGroup ? target.groupId : target.personId}`,
        target,
        reply: {
          text: sayLetter(ticket, letter, clock.now()),
          ...(isInGroup ? { mention: [ticket.asker.chatId] } : {}),
        },
        notAfter: clock.now().add({ hours: answerHours }),
      },
    ])
  }

  /** @returns false where there is no one yet to be told */
  async function take(ticket: Ticket, letter: Letter): Promise<boolean> {
    const { to, kind, number } = letter
    if (to === 'asker' || kind === 'answer') {
      await sendAnswer(ticket, letter)
      return true
    }
    const people = await peopleOf(to)
    const isSecondOwner = kind === 'ask' && number > 1
    await notifications.add(people, {
      key: notificationKey(ticket, letter),
      kind,
      ticket: ticket.number,
      letter: number,
      isUrgent: kind !== 'solved' && (isSecondOwner || isUrgentQuestion(ticket.question)),
    })
    return people.length > 0
  }

  return {
    /** Delivers what was not delivered yet. @returns the ticket then */
    async deliver(ticket: Ticket): Promise<Ticket> {
      const taken = new Set<number>()
      for (const letter of ticket.letters.filter(({ isPosted }) => !isPosted))
        if (await take(ticket, letter)) taken.add(letter.number)
      if (taken.size === 0) return ticket
      const ticked = await records.tickets.update(
        ticketKey(ticket.number),
        now =>
          now && {
            ...now,
            letters: now.letters.map(letter =>
              taken.has(letter.number) ? { ...letter, isPosted: true } : letter,
            ),
          },
      )
      return ticked ?? ticket
    },

    /** Letters that were not sent yet are not sent any more. */
    async cancel(ticket: Ticket): Promise<void> {
      for (const letter of ticket.letters) await outbox.cancel(letterId(ticket, letter))
      await notifications.cancel(ticket.number)
    },

    /** Delivery of a letter: `failed` only where it certainly reached no recipient. */
    async deliveryStatus(ticket: Ticket, letter: Letter): Promise<DeliveryStatus> {
      if (letter.to !== 'asker') {
        const key = notificationKey(ticket, letter)
        const status = await notifications.statusOf(await peopleOf(letter.to), key)
        if (status !== 'none') return status
      }
      return statusOf((await outbox.deliveries(letterId(ticket, letter))).map(({ state }) => state))
    },
  }
}

const letterId = ({ number }: Ticket, letter: Letter) => `ticket-${number}-${letter.number}`
const notificationKey = ({ number }: Ticket, letter: Letter) => `${number}/${letter.number}`
