import { Temporal } from 'temporal-polyfill'
import type { ReportPart, SearchHit } from '../../../../ports/overviews.ts'
import type { BroadcastActions } from '../../actions.ts'
import { statesOf } from '../../broadcast/progress.ts'
import type { Broadcast } from '../../broadcast/records.ts'
import { basePath } from '../../context.ts'

/** Broadcasts by number, title or text, the latest first. */
export const broadcastsFoundIn = (
  broadcasts: readonly Broadcast[],
  isFound: (...texts: string[]) => boolean,
): SearchHit[] =>
  broadcasts
    .filter(({ number, title, text }) => isFound(`推送 ${number}`, title, text))
    .map(({ number, title }) => ({
      kind: '推送',
      title: `${number} ${title}`,
      path: `${basePath}/${number}`,
    }))

/** Broadcasts sent in [from, to) and how many groups they arrived in. */
export async function broadcastReportOf(
  actions: Pick<BroadcastActions, 'all' | 'progressOf'>,
  { from, to }: { from: Temporal.Instant; to: Temporal.Instant },
): Promise<ReportPart> {
  const sent = (await actions.all()).filter(broadcast => {
    const at = Temporal.Instant.from(broadcast.sendAt ?? broadcast.approval?.at ?? broadcast.createdAt)
    const isIn = Temporal.Instant.compare(at, from) >= 0 && Temporal.Instant.compare(at, to) < 0
    return broadcast.state === 'posted' && isIn
  })
  const all = (await Promise.all(sent.map(actions.progressOf))).flatMap(statesOf)
  const count = (...states: string[]) => all.filter(state => states.includes(state)).length
  return {
    title: '推送',
    figures: [
      { label: '推送', value: `${sent.length} 次` },
      { label: '送到', value: `${count('sent', 'confirmed', 'manual')} / ${all.length} 群次` },
      { label: '没送到', value: `${count('failed', 'expired', 'cancelled')} 群次` },
      { label: '不确定', value: `${count('unknown', 'due', 'sending', 'waiting')} 群次` },
    ],
  }
}
