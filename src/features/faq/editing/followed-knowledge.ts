import type { Alarms } from '../../../ports/alarms.ts'
import { type KnowledgeFiles, resolveEntries } from '../knowledge/knowledge.ts'
import { type LiveEntries, liveEntriesOf } from '../live-entries.ts'
import type { Meaning } from '../model/meaning.ts'
import type { Entry } from '../records.ts'
import { createSearch } from '../search.ts'
import { applyChanges, raiseAlarms } from './changes/knowledge-state.ts'
import { baseOf } from './changes/pieces.ts'
import { type ChangePreview, previewChange } from './changes/preview.ts'
import type { Change } from './changes/records.ts'
import { createLiveFinder, type LiveFinder } from './trials/live-finder.ts'
import { createReleaseGate } from './trials/release-gate.ts'
import type { TrialQuestion } from './trials/trial.ts'

type Parts = {
  alarms: Alarms
  files: KnowledgeFiles
  questions: readonly TrialQuestion[]
  meaning?: Meaning | undefined
  finder?: LiveFinder | undefined
}

export type FollowedKnowledge = Awaited<ReturnType<typeof followChanges>>

/** The files with the live changes applied; `sync` applies them again after a change went live. */
export async function followChanges(parts: Parts, log: { live(): readonly Change[] }) {
  const { alarms, files, questions, meaning } = parts
  const { programmes, thresholds } = files
  const seed = baseOf(files.sources.map(({ value }) => value))
  let state = applyChanges(seed, log.live(), programmes)
  let entries: Entry[] = []
  let live: LiveEntries = liveEntriesOf({ entries, programmes, thresholds })
  let revision = 0
  const finder = parts.finder ?? (await createLiveFinder(state.base, files))
  await finder.sync(state.base)
  const search = createSearch(finder, meaning)
  const gate = createReleaseGate({ search, questions, words: files, meaning })
  refresh()

  function refresh(): void {
    entries = resolveEntries([...state.base.values()])
    live = liveEntriesOf({
      entries: entries.filter(({ status }) => status === 'live'),
      programmes,
      thresholds,
    })
    raiseAlarms(state, alarms)
    revision += 1
  }

  return {
    seed,
    search,
    state: () => state,
    entries: () => entries,
    /** Another number after each change of the entries, and after the finder has followed it. */
    revision: () => revision,
    liveEntries: {
      entry: id => live.entry(id),
      programme: id => live.programme(id),
      thresholds: id => live.thresholds(id),
    } satisfies LiveEntries as LiveEntries,
    /** Effect of a change on the present knowledge. */
    preview: (change: Pick<Change, 'steps'>): ChangePreview =>
      previewChange(change.steps, { base: state.base, seed, programmes }),
    /** The answers to the shipped questions without and with a change. */
    gateOf: (number: number, { base }: Pick<ChangePreview, 'base'>) =>
      gate(number, { now: state.base, next: base }),
    async sync(): Promise<void> {
      state = applyChanges(seed, log.live(), programmes)
      refresh()
      await finder.sync(state.base)
      revision += 1
    },
  }
}
