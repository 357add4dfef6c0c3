import type { Temporal } from 'temporal-polyfill'
import type { Feature } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Target } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { GapCause, Gaps } from '../../ports/gaps.ts'
import type { Store } from '../../ports/store.ts'
import { createFailedReplies } from './failed-replies.ts'
import { tellGroups } from './notices.ts'
import { createOutageLog } from './outages.ts'
import { type LineView, linePage } from './page.ts'
import { openRecords } from './records.ts'

type Parts = {
  store: Store
  clock: Clock
  outbox: Pick<Outbox, 'post'>
  status(): LineView
  /** All of them, this one too: who was concerned by a gap. */
  features(): readonly Feature[]
}

export type LineWatch = {
  feature: Feature
  gaps: Gaps
  /** For the line to tell. */
  onDisconnected(from: Temporal.Instant, how: GapCause): void
  onReconnected(at: Temporal.Instant): void
  onReplyFailed(target: Target): void
  onMessageLost(from: Temporal.Instant): void
}

/** After a kill, at most this many seconds of received messages count as missed. */
const keepEverySeconds = 15

/** Outages of the line: their log, their notices to groups, their page. */
export function line({ store, clock, outbox, status, features }: Parts): LineWatch {
  const records = openRecords(store)
  const outages = createOutageLog(records)
  const failedReplies = createFailedReplies()

  /** The next run takes its gap from here. */
  async function keepHeardAt() {
    const { state, heardAt } = status()
    if (state === 'up' && heardAt && !outages.isOpen()) await records.keepHeardAt(heardAt)
  }

  return {
    feature: {
      name: 'line',
      start: () => outages.start(clock.now()),
      stop: outages.flush,
      sweeps: [
        { name: 'line-hearing', everySeconds: keepEverySeconds, run: keepHeardAt },
        {
          name: 'line-notices',
          everySeconds: 10,
          async run(at) {
            await outages.flush()
            await tellGroups({ records, outbox, features: features() }, at)
          },
        },
      ],
      touchedBy: async gap => failedReplies.in(gap),
      pages: [linePage({ status, gaps: outages.gaps, clock })],
    },
    gaps: outages.gaps,
    onDisconnected: outages.begin,
    onReconnected(at) {
      outages.end(at)
      // The sweep, at the latest, gets the error of a store that refuses.
      void records.keepHeardAt(at).catch(() => {})
    },
    onReplyFailed: target => failedReplies.note(target, clock.now()),
    onMessageLost: from => outages.addLost(from, clock.now()),
  }
}
