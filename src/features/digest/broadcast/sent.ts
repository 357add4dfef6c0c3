import { Temporal } from 'temporal-polyfill'
import type { SentDigest, SentDigests } from '../../../ports/sent-digests.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import type { Progress } from './progress.ts'
import type { Broadcast } from './records.ts'

/** The number of latest broadcasts searched. */
const searchDepth = 100
/** The archive shows at most this number of broadcasts. */
const archiveDepth = 1000
const arrived = new Set(['sent', 'confirmed', 'manual'])

/** Reads from the deliveries what has reached a group. */
export function sentDigests(actions: { history(most: number): Promise<Progress[]> }): SentDigests {
  return {
    async sentTo(groupId, from, to) {
      const all = await actions.history(searchDepth)
      const reached = all.flatMap(({ broadcast, deliveries }) => {
        const delivery = deliveries.find(
          ({ target, state }) => 'groupId' in target && target.groupId === groupId && arrived.has(state),
        )
        return delivery
          ? [{ title: broadcast.title, sentAt: delivery.changedAt, parts: broadcast.parts }]
          : []
      })
      return reached.filter(({ sentAt }) => isWithin(inShanghai(sentAt).toPlainDate(), from, to))
    },
    async archive() {
      const reached = (await actions.history(archiveDepth)).flatMap(reachedGroup)
      const ofDigest = Map.groupBy(reached, ({ broadcast }) => broadcast.corrects)
      return reached.flatMap(({ broadcast, sent }) => {
        if (broadcast.kind !== 'digest') return []
        const { number, items } = broadcast
        const corrections = (ofDigest.get(number) ?? []).map(correction => correction.sent)
        return [{ ...sent, number, items: items.map(({ id, revision }) => ({ id, revision })), corrections }]
      })
    },
  }
}

/** As it was sent to the first group that it reached. */
function reachedGroup({ broadcast, deliveries }: Progress): { broadcast: Broadcast; sent: SentDigest }[] {
  const first = deliveries.find(({ target, state }) => 'groupId' in target && arrived.has(state))
  const { title, parts } = broadcast
  return first ? [{ broadcast, sent: { title, sentAt: first.changedAt, parts } }] : []
}

const isWithin = (day: Temporal.PlainDate, from: Temporal.PlainDate, to: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(from, day) <= 0 && Temporal.PlainDate.compare(day, to) <= 0
