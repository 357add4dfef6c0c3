import { sha256 } from '../../../lib/hash.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { PersonalData, PersonIds } from '../../../ports/personal-data.ts'
import type { Broadcast, StreamPlan } from './records.ts'
import type { BroadcastStore } from './store.ts'

/**
 * Personal data in broadcasts: author, approver, rejecter, canceller, and editor of a schedule. Erasure replaces
 * them by pseudonyms, so that author and approver stay distinguishable.
 */
export function broadcastPrivacy(broadcasts: BroadcastStore): PersonalData {
  const theirsAmong = async (person: PersonIds) =>
    (await broadcasts.all()).filter(broadcast => actorsOf(broadcast).some(actor => isTheirs(actor, person)))
  const plansOf = async (person: PersonIds) =>
    (await broadcasts.plans()).filter(({ by, authors = [], history = [] }) =>
      [by, ...authors, ...history.flatMap(version => version.authors ?? [])].some(
        one => one && isTheirs(one, person),
      ),
    )

  return {
    async kept(person) {
      const [own, plans] = await Promise.all([theirsAmong(person), plansOf(person)])
      return [
        ...(own.length > 0 ? [`写过、审过或取消过的推送：${own.length} 份`] : []),
        ...(plans.length > 0 ? [`改过的推送排期：${plans.length} 个`] : []),
      ]
    },
    async forget(person, alias) {
      for (const { number } of await theirsAmong(person)) {
        await broadcasts.change(number, now => withoutPerson(now, person, nobodyIn(alias, String(number))))
      }
      for (const { id } of await plansOf(person)) {
        await broadcasts.updatePlan(id, now => now && planWithout(now, person, alias))
      }
      await broadcasts.forgetSkippers(by => isTheirs(by, person))
      for (const chatId of person.chatIds) await broadcasts.forgetViews(chatId)
    },
    // Broadcasts refer to people by chat id, which a merge does not change.
    merge: async () => {},
  }
}

const isTheirs = ({ id }: RecordedActor, { memberId, chatIds }: PersonIds) =>
  id === memberId || chatIds.includes(id)

function actorsOf(broadcast: Broadcast): RecordedActor[] {
  const { author, authors = [], agreed = [], approval, rejection, cancelledBy } = broadcast
  return [author, ...authors, ...agreed.map(({ by }) => by), approval?.by, rejection?.by, cancelledBy].filter(
    actor => actor !== undefined,
  )
}

/** A pseudonym, constant within one broadcast. */
const nobodyIn = (alias: string, where: string): RecordedActor => ({
  id: `nobody-${sha256(`${alias} ${where}`).slice(0, 12)}`,
  name: '一位组织者',
})

function withoutPerson(broadcast: Broadcast, person: PersonIds, nobody: RecordedActor): Broadcast {
  const named = <T extends RecordedActor>(actor: T) => (isTheirs(actor, person) ? nobody : actor)
  const { author, authors, agreed, approval, rejection, cancelledBy } = broadcast
  return {
    ...broadcast,
    ...(author ? { author: named(author) } : {}),
    ...(authors ? { authors: authors.map(named) } : {}),
    ...(agreed ? { agreed: agreed.map(one => ({ ...one, by: named(one.by) })) } : {}),
    ...(approval ? { approval: { ...approval, by: named(approval.by) } } : {}),
    ...(rejection?.by ? { rejection: { ...rejection, by: named(rejection.by) } } : {}),
    ...(cancelledBy ? { cancelledBy: named(cancelledBy) } : {}),
  }
}

function planWithout(plan: StreamPlan, person: PersonIds, alias: string): StreamPlan {
  const { by, authors, history, ...kept } = plan
  const nobody = nobodyIn(alias, plan.id)
  const named = (actors: readonly RecordedActor[]) =>
    actors.map(one => (isTheirs(one, person) ? nobody : one))
  return {
    ...kept,
    ...(by && !isTheirs(by, person) ? { by } : {}),
    ...(authors ? { authors: named(authors) } : {}),
    ...(history && {
      history: history.map(one => (one.authors ? { ...one, authors: named(one.authors) } : one)),
    }),
  }
}
