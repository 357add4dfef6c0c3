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
  onDeaf(from: Temporal.Instant, how: GapCause): void
  onHearing(at: Temporal.Instant): void
  onUnsaid(target: Target): void
  onLost(from: Temporal.Instant): void
  /** Before the line starts: takes up what an earlier run left. */
  start(): Promise<void>
  /** After the line has stopped: from now on we are deaf. */
  stop(): Promise<void>
}

/** How long after a kill at most we take ourselves for having heard less than we did. */
const keepEverySeconds = 15

/** When we were deaf, and what people hear about it. */
export function line({ store, clock, outbox, status, features }: Parts): LineWatch {
  const records = openRecords(store)
  const ear = createOutageLog(records)
  const unsaid = createFailedReplies()

  /** So that the next run knows since when nobody listened. */
  async function keepHeardAt() {
    const { state, heardAt } = status()
    if (state === 'up' && heardAt && !ear.isDeaf()) await records.keepHeardAt(heardAt)
  }

  return {
    feature: {
      name: 'line',
      sweeps: [
        { name: 'line-hearing', everySeconds: keepEverySeconds, run: keepHeardAt },
        {
          name: 'line-notices',
          everySeconds: 10,
          async run(at) {
            await ear.flush()
            await tellGroups({ records, outbox, features: features() }, at)
          },
        },
      ],
      touchedBy: async gap => unsaid.in(gap),
      pages: [linePage({ status, gaps: ear.gaps, clock })],
    },
    gaps: ear.gaps,
    onDeaf: ear.deaf,
    onHearing(at) {
      ear.hearing(at)
      // The sweep, at the latest, hears of a store that refuses.
      void records.keepHeardAt(at).catch(() => {})
    },
    onUnsaid: target => unsaid.note(target, clock.now()),
    onLost: from => ear.missed(from, clock.now()),
    start: () => ear.start(clock.now()),
    stop: ear.flush,
  }
}
