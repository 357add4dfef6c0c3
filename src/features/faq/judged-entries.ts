import type { Temporal } from 'temporal-polyfill'
import type { Finding, Ranked } from './finder/finder.ts'
import type { LiveEntries } from './live-entries.ts'
import type { Entry } from './records.ts'
import { validity } from './validity.ts'
import { verdictOn } from './verdicts/verdict.ts'

/** Where a figure of the question can be judged by the first entry, less has to be sure. */
const easierByFigures = 0.84
/** Lower share where the question names the programme: its words and units say which of its entries is meant. */
const easierInProgramme = 0.5
/** First words of a verdict, ahead of its reason: 「不能」, 「这一条够得上」. */
const yesOrNoOf = (verdict: string | undefined) => verdict?.split('：', 1)[0]

/** Entries of that programme that are looked at, best first. */
const mostJudged = 4

/** History and what only names an office promise nothing. */
export const isJudgeable = (entry: Entry, at: Temporal.Instant) =>
  validity(entry, at) === 'current' && entry.policy !== 'history_only' && entry.policy !== 'refer_only'

/** The entries of a finding, by the figures that the maker tells. */
export function createJudgedEntries(live: Pick<LiveEntries, 'entry' | 'programme' | 'thresholds'>) {
  const judge = (entry: Entry, at: Temporal.Instant, question: string) =>
    isJudgeable(entry, at) ? verdictOn(question, entry, live.thresholds(entry.id)) : undefined

  /** The first; or the next of its programme, where only that has a threshold for the maker's own figure. */
  function bestOf(finding: Finding, at: Temporal.Instant, question: string): Entry | undefined {
    const first = live.entry(finding.ranked[0]?.item.id ?? '')
    if (!first || finding.kind !== 'answer' || judge(first, at, question) !== undefined) return first
    if (live.programme(first.programme)?.hasSeveralMatters) return first
    const ofProgramme = entriesOf(finding).filter(({ programme }) => programme === first.programme)
    return ofProgramme.find(entry => judge(entry, at, question) !== undefined) ?? first
  }

  /**
   * Answers instead of asking back where the question gives a figure that a threshold can judge: one of the first
   * entry, or of the best entry of the programme that the question names.
   */
  function settledByFigures(finding: Finding, at: Temporal.Instant, question: string): Finding {
    const { kind, ranked, programme, sureness, thresholds } = finding
    if (kind !== 'choices' || finding.ambiguousWord !== undefined) return finding
    const isSure = (factor: number) => sureness.ofFirst >= thresholds.answer * factor
    const verdictOf = ({ item }: Ranked) => {
      const entry = live.entry(item.id)
      return entry && judge(entry, at, question)
    }
    const ofProgramme =
      isSure(easierInProgramme) && !live.programme(programme ?? '')?.hasSeveralMatters
        ? ranked
            .slice(0, mostJudged)
            .filter(({ item }) => programme !== undefined && item.programme === programme)
        : []
    const judged = [...(isSure(easierByFigures) ? ranked.slice(0, 1) : []), ...ofProgramme].filter(verdictOf)
    const [found, ...alike] = judged
    // 「专精特新，主营占比86%」: one of its two lists says yes, the other no.
    const isContrary = alike.some(
      other => yesOrNoOf(verdictOf(other)) !== yesOrNoOf(found && verdictOf(found)),
    )
    if (!found || isContrary) return finding
    const others = ranked.filter(each => each !== found)
    return { ...finding, kind: 'answer', choices: [], ranked: [found, ...others] }
  }

  const entriesOf = ({ ranked }: Finding) => ranked.flatMap(({ item }) => live.entry(item.id) ?? [])

  return { judge, bestOf, settledByFigures, entriesOf }
}
