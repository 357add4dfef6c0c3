import { Temporal } from 'temporal-polyfill'
import type { SentDigests } from '../../../ports/sent-digests.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import type { Progress } from './progress.ts'

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
      const all = await actions.history(archiveDepth)
      return all.flatMap(({ broadcast, deliveries }) => {
        const first = deliveries.find(({ target, state }) => 'groupId' in target && arrived.has(state))
        if (broadcast.kind !== 'digest' || !first) return []
        const { number, title, parts } = broadcast
        const items = broadcast.items.map(({ id, revision }) => ({ id, revision }))
        return [{ number, title, sentAt: first.changedAt, parts, items }]
      })
    },
  }
}

const isWithin = (day: Temporal.PlainDate, from: Temporal.PlainDate, to: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(from, day) <= 0 && Temporal.PlainDate.compare(day, to) <= 0
