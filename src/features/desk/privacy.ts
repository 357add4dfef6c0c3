import { doerNamesOf, erasedName, withoutDoers } from '../../lib/doer-names.ts'
import { contentMark, type PersonalData } from '../../ports/personal-data.ts'
import { withoutIdentifiers } from '../../text/identifiers.ts'
import { createNameMask } from '../../text/names/names.ts'
import type { EntryDrafts } from './entry-drafts.ts'
import type { Ticket } from './records.ts'
import type { Tickets } from './tickets/tickets.ts'

/** Personal data in tickets: the questions of makers, and the answerers. */
export function deskPrivacy(tickets: Tickets, drafts: Pick<EntryDrafts, 'remove'>): PersonalData {
  return {
    async kept({ memberId, chatIds }) {
      const all = await tickets.all()
      const asked = all.filter(ticket => isAskedBy(ticket, memberId, chatIds))
      const isInstructor = (await tickets.instructors.all()).some(one => chatIds.includes(one.chatId))
      return [
        ...(asked.length > 0 ? [`转给人答的问题：${asked.length} 个，连同答复`] : []),
        ...asked.flatMap(contentOf),
        ...(isInstructor ? ['指导员：你在指导员名单里'] : []),
      ]
    },
    async forget({ memberId, chatIds, ...called }) {
      const masked = withoutPerson(called.names)
      const names = doerNamesOf(called)
      for (const { chatId } of await tickets.instructors.all())
        if (chatIds.includes(chatId)) await tickets.instructors.remove(chatId, erasedName)
      await tickets.instructors.forgetDoers(names)
      for (const ticket of await tickets.all()) {
        if (isAskedBy(ticket, memberId, chatIds)) {
          await drafts.remove(ticket)
          await tickets.remove(ticket.number)
        } else {
          if (isAnsweredBy(ticket, chatIds)) await tickets.withoutAnswerer(ticket, chatIds, erasedName)
          const bare = (now: Ticket) => withoutDoers(withoutWords(now, masked), names)
          if (bare(ticket) !== ticket) await tickets.change(ticket.number, bare)
        }
      }
      await tickets.forgetAskers(chatIds, masked)
      await tickets.notifications.forget(chatIds)
    },
    async merge(moves) {
      for (const { number, asker } of await tickets.all()) {
        const memberId = moves.get(asker.memberId)
        if (memberId !== undefined)
          await tickets.change(number, now => ({ ...now, asker: { ...now.asker, memberId } }))
      }
    },
  }
}

const isAskedBy = ({ asker }: Ticket, memberId: string, chatIds: readonly string[]) =>
  asker.memberId === memberId || chatIds.includes(asker.chatId)

const isAnsweredBy = ({ owner, tried }: Ticket, chatIds: readonly string[]) =>
  (owner.kind === 'instructor' && chatIds.includes(owner.chatId)) ||
  tried.some(chatId => chatIds.includes(chatId))

const contentOf = ({ number, question, turns }: Ticket): string[] => [
  `${contentMark}${number} 号：${question}`,
  ...turns.map(({ kind, text }) => `${contentMark}${kind === 'answer' ? '答复' : '补充'}：${text}`),
]

/** Takes names out of what others said, and the numbers beside them. */
function withoutPerson(names: readonly string[]): (text: string) => string {
  const masked = createNameMask(names.map(name => ({ name, mask: erasedName })))
  return text => {
    const bare = masked(text)
    return bare === text ? text : withoutIdentifiers(bare)
  }
}

/** The same ticket where nothing that was said names them. */
function withoutWords(ticket: Ticket, masked: (text: string) => string): Ticket {
  const question = masked(ticket.question)
  const turns = ticket.turns.map(turn => ({ ...turn, text: masked(turn.text) }))
  const isSame =
    question === ticket.question && turns.every(({ text }, at) => text === ticket.turns[at]?.text)
  return isSame ? ticket : { ...ticket, question, turns }
}
