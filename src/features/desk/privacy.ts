import type { PersonalData } from '../../ports/personal-data.ts'
import type { Ticket } from './records.ts'
import type { Tickets } from './tickets.ts'

const nobodyName = '（不记名）'

/** What tickets keep about people: the questions of makers, and who answers. */
export function deskPrivacy(tickets: Tickets): PersonalData {
  return {
    async kept({ memberId, chatIds }) {
      const all = await tickets.all()
      const asked = all.filter(ticket => isAskedBy(ticket, memberId, chatIds)).length
      const isInstructor = (await tickets.instructors.all()).some(one => chatIds.includes(one.chatId))
      return [
        ...(asked > 0 ? [`转给人答的问题：${asked} 个，连同答复`] : []),
        ...(isInstructor ? ['指导员：你在指导员名单里'] : []),
      ]
    },
    async forget({ memberId, chatIds }) {
      for (const { chatId } of await tickets.instructors.all())
        if (chatIds.includes(chatId)) await tickets.instructors.remove(chatId, nobodyName)
      for (const ticket of await tickets.all()) {
        if (isAskedBy(ticket, memberId, chatIds)) await tickets.remove(ticket.number)
        else if (isAnsweredBy(ticket, chatIds)) await tickets.withoutAnswerer(ticket, chatIds, nobodyName)
      }
      await tickets.forgetAskers(chatIds)
      await tickets.notifications.forget(chatIds)
    },
    async merge(moves) {
      for (const { number, asker } of await tickets.all()) {
        const memberId = moves.get(asker.memberId)
        if (memberId !== undefined) await tickets.ofMember(number, memberId)
      }
    },
  }
}

const isAskedBy = ({ asker }: Ticket, memberId: string, chatIds: readonly string[]) =>
  asker.memberId === memberId || chatIds.includes(asker.chatId)

const isAnsweredBy = ({ owner, tried }: Ticket, chatIds: readonly string[]) =>
  (owner.kind === 'instructor' && chatIds.includes(owner.chatId)) ||
  tried.some(chatId => chatIds.includes(chatId))
