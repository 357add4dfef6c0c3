import type { Temporal } from 'temporal-polyfill'
import type { Feature } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Target } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { OutageCause, Outages } from '../../ports/outages.ts'
import type { Store } from '../../ports/store.ts'
import { createFailedReplies } from './failed-replies.ts'
import { tellGroups } from './notices.ts'
import { createOutageLog } from './outages.ts'
import { type LineView, linePage, type NamedView } from './page.ts'
import { openOutageRecords } from './records.ts'

type Parts = {
  store: Store
  clock: Clock
  outbox: Pick<Outbox, 'post'>
  status(): LineView
  /** Every line with its name. Default: one without a name, as `status` describes it. */
  lines?: () => readonly NamedView[]
  /** Connects a line by its name now instead of after a pause. */
  reconnect(line: string): void
  /** All of them, this one too: who was concerned by an outage. */
  features(): readonly Feature[]
}

export type LineWatch = {
  feature: Feature
  outages: Outages
  /** For the line to tell. */
  onDisconnected(from: Temporal.Instant, how: OutageCause, line?: string): void
  onReconnected(at: Temporal.Instant, line?: string): void
  onReplyFailed(target: Target): void
  onMessageLost(from: Temporal.Instant, line?: string): void
}

/** After a kill, at most this many seconds of received messages count as missed. */
const keepEverySeconds = 15

/** Outages of the lines: their log, their notices to groups, their page. */
export function line({ store, clock, outbox, status, features, ...parts }: Parts): LineWatch {
  const lines: () => readonly NamedView[] = parts.lines ?? (() => [{ name: '', title: '', view: status() }])
  const records = openOutageRecords(store)
  const log = createOutageLog(records)
  const failedReplies = createFailedReplies()

  /** An outage is a time in which messages are missed: a line that only sends has none. */
  const listening = () => lines().filter(({ receivesNothing }) => !receivesNothing)
  const isListening = (line: string) => listening().some(({ name }) => name === line)

  /** The next run takes its outage from here. */
  async function keepLastSignAt() {
    for (const { name, view } of listening()) {
      const { state, lastSignAt } = view
      if (state === 'up' && lastSignAt && !log.isOpen(name)) await records.keepLastSignAt(lastSignAt, name)
    }
  }

  return {
    feature: {
      name: 'line',
      start: () =>
        log.start(
          clock.now(),
          listening().map(({ name }) => name),
        ),
      stop: log.flush,
      sweeps: [
        { name: 'line-hearing', everySeconds: keepEverySeconds, run: keepLastSignAt },
        {
          name: 'line-notices',
          everySeconds: 10,
          async run(at) {
            await log.flush()
            await tellGroups({ records, outbox, features: features() }, at)
          },
        },
      ],
      touchedBy: async outage => failedReplies.in(outage),
      pages: [linePage({ lines, outages: log.outages, clock, reconnect: parts.reconnect })],
    },
    outages: log.outages,
    onDisconnected(from, how, name = '') {
      if (isListening(name)) log.begin(from, how, name)
    },
    onReconnected(at, name = '') {
      if (!isListening(name)) return
      log.end(at, name)
      // The sweep, at the latest, gets the error of a store that refuses.
      void records.keepLastSignAt(at, name).catch(() => {})
    },
    onReplyFailed: target => failedReplies.note(target, clock.now()),
    onMessageLost: (from, name) => log.addLost(from, clock.now(), name),
  }
}
