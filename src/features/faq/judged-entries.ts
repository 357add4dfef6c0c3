import type { Temporal } from 'temporal-polyfill'
import type { Finding } from './finder/finder.ts'
import type { LiveEntries } from './live-entries.ts'
import type { Entry } from './records.ts'
import { validity } from './validity.ts'
import { verdictOn } from './verdicts/verdict.ts'

/** History and what only names an office promise nothing. */
export const isJudgeable = (entry: Entry, at: Temporal.Instant) =>
  validity(entry, at) === 'current' && entry.policy !== 'history_only' && entry.policy !== 'refer_only'

/** The entries of a finding, by the figures that the maker tells. */
export function createJudgedEntries(live: Pick<LiveEntries, 'entry' | 'thresholds'>) {
  const judge = (entry: Entry, at: Temporal.Instant, question: string) =>
    isJudgeable(entry, at) ? verdictOn(question, entry, live.thresholds(entry.id)) : undefined

  /** The first; or the next of its programme, where only that has a threshold for the maker's own figure. */
  function bestOf(finding: Finding, at: Temporal.Instant, question: string): Entry | undefined {
    const first = live.entry(finding.ranked[0]?.item.id ?? '')
    if (!first || finding.kind !== 'answer' || judge(first, at, question) !== undefined) return first
    const ofProgramme = entriesOf(finding).filter(({ programme }) => programme === first.programme)
    return ofProgramme.find(entry => judge(entry, at, question) !== undefined) ?? first
  }

  /** Answers instead of asking back where the question gives a figure that the first entry's threshold can judge. */
  function settledByFigures(finding: Finding, at: Temporal.Instant, question: string): Finding {
    const first = live.entry(finding.ranked[0]?.item.id ?? '')
    const isLikely =
      finding.kind === 'choices' &&
      finding.ambiguousWord === undefined &&
      finding.sureness.ofFirst >= finding.thresholds.judged
    return isLikely && first && judge(first, at, question) !== undefined
      ? { ...finding, kind: 'answer', choices: [] }
      : finding
  }

  const entriesOf = ({ ranked }: Finding) => ranked.flatMap(({ item }) => live.entry(item.id) ?? [])

  return { judge, bestOf, settledByFigures, entriesOf }
}
