import { createHash } from 'node:crypto'
import type { PersonalData, Somebody } from '../../ports/personal-data.ts'
import type { BroadcastBook } from './book.ts'
import type { Broadcast, BroadcastActor, StreamPlan } from './records.ts'

/**
 * What broadcasts keep about people: who wrote, approved, rejected or cancelled one, and who set a schedule. That a
 * second person looked stays, under no name: the two of one broadcast stay two.
 */
export function broadcastPrivacy(book: BroadcastBook): PersonalData {
  const theirsAmong = async (somebody: Somebody) =>
    (await book.all()).filter(broadcast => actorsOf(broadcast).some(actor => isTheirs(actor, somebody)))
  const plansOf = async (somebody: Somebody) =>
    (await book.plans()).filter(({ by }) => by && isTheirs(by, somebody))

  return {
    async kept(somebody) {
      const [own, plans] = await Promise.all([theirsAmong(somebody), plansOf(somebody)])
      return [
        ...(own.length > 0 ? [`写过、审过或取消过的推送：${own.length} 份`] : []),
        ...(plans.length > 0 ? [`改过的推送排期：${plans.length} 个`] : []),
      ]
    },
    async forget(somebody, alias) {
      for (const { number } of await theirsAmong(somebody)) {
        await book.change(number, now => withoutPerson(now, somebody, nobodyIn(alias, String(number))))
      }
      for (const { id } of await plansOf(somebody)) {
        await book.updatePlan(id, now => now && planWithout(now, somebody))
      }
      for (const chatId of somebody.chatIds) await book.forgetLooks(chatId)
    },
    // Broadcasts know people by the chat ids that they wrote from, which stay theirs.
    merge: async () => {},
  }
}

const isTheirs = ({ id }: BroadcastActor, { memberId, chatIds }: Somebody) =>
  id === memberId || chatIds.includes(id)

function actorsOf({ author, approval, rejection, cancelledBy }: Broadcast): BroadcastActor[] {
  return [author, approval?.by, rejection?.by, cancelledBy].filter(actor => actor !== undefined)
}

/** The same in one broadcast, so that it shows who of two is who; another in every other. */
const nobodyIn = (alias: string, where: string): BroadcastActor => ({
  id: `nobody-${createHash('sha256').update(`${alias} ${where}`).digest('hex').slice(0, 12)}`,
  name: '一位组织者',
})

function withoutPerson(broadcast: Broadcast, somebody: Somebody, nobody: BroadcastActor): Broadcast {
  const named = <T extends BroadcastActor>(actor: T) => (isTheirs(actor, somebody) ? nobody : actor)
  const { author, approval, rejection, cancelledBy } = broadcast
  return {
    ...broadcast,
    ...(author ? { author: named(author) } : {}),
    ...(approval ? { approval: { ...approval, by: named(approval.by) } } : {}),
    ...(rejection?.by ? { rejection: { ...rejection, by: named(rejection.by) } } : {}),
    ...(cancelledBy ? { cancelledBy: named(cancelledBy) } : {}),
  }
}

function planWithout(plan: StreamPlan, somebody: Somebody): StreamPlan {
  if (!plan.by || !isTheirs(plan.by, somebody)) return plan
  const { by: _gone, ...kept } = plan
  return kept
}
