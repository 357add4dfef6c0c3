import { Temporal } from 'temporal-polyfill'
import { forgetDoers } from '../../../lib/doer-names.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { ExportLog } from '../../../ports/export-log.ts'
import type { Store } from '../../../ports/store.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import { ExportEntry } from '../records/records.ts'

const mostShown = 500

export type Exports = ExportLog & {
  /** The latest, latest first, at most 500. */
  latest(): Promise<ExportEntry[]>
  /** Forgets the names of these people. */
  forgetDoers(names: readonly string[]): Promise<void>
  /** Forgets the months that ended before this instant. */
  forgetBefore(at: Temporal.Instant): Promise<void>
}

/** Log of exports with personal data, by month. */
export function createExports(store: Store, clock: Clock): Exports {
  const entries = store.collection('exports', ExportEntry)
  let count = 0

  return {
    async note(taken) {
      const at = clock.now()
      count += 1
      const key = `${monthOf(at)}/${at.epochMilliseconds}-${process.pid}-${count}`
      await entries.update(key, () => ({ at: at.toString(), ...taken }))
    },
    async latest() {
      const all = (await entries.list('')).map(({ value }) => value)
      return all.sort((a, b) => Temporal.Instant.compare(b.at, a.at)).slice(0, mostShown)
    },
    forgetDoers: names => forgetDoers(entries, names),
    async forgetBefore(at) {
      for (const { key } of await entries.list(''))
        if (key < `${monthOf(at)}/`) await entries.update(key, () => undefined)
    },
  }
}

const monthOf = (at: Temporal.Instant) => dayInShanghai(at).slice(0, 7)
