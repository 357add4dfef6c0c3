import type { ConditionTrack } from '../../matching/conditions.ts'
import type { MatchingRules } from '../../matching/verdicts.ts'
import type { CitedClause, Clauses, Recheck } from '../../ports/clauses.ts'
import { losesFigureOf } from '../../text/figures/lost-figures.ts'

/** A track with conditions whose clauses say something else now. */
type ChangedTrack = { track: ConditionTrack; text: string; changed: CitedClause[]; isHeld: boolean }

/** The tracks that rest on changed clauses, held where a condition tells a figure that changed. */
function changedTracks({ tracks, facts }: MatchingRules, clauses: Clauses): ChangedTrack[] {
  return tracks.flatMap(track => {
    const found = track.conditions.flatMap(({ says, clause = '', fact = track.fact }) => {
      const names = (facts.get(fact)?.documents ?? []).map(({ number, title }) =>
        /号$/u.test(number) ? number : title,
      )
      const text = [...names, clause, says].join('\n')
      return clauses.changesIn(text).map(change => ({ change, isHeld: isLost(change, says) }))
    })
    const text = [track.name, ...track.conditions.map(({ says }) => says)].join('\n')
    const changed = clauses.openChanges(text, [...new Set(found.map(({ change }) => change))])
    const isHeld = found.some(({ change, isHeld }) => isHeld && changed.includes(change))
    return changed.length === 0 ? [] : [{ track, text, changed, isHeld }]
  })
}

const isLost = ({ before = '', after = '' }: CitedClause, says: string) => losesFigureOf(before, after, says)

/** The rules without a verdict on tracks whose figures changed: the office is named until they were checked. */
export function withoutHeld(rules: MatchingRules, clauses: Clauses): MatchingRules {
  const held = new Set(
    changedTracks(rules, clauses).flatMap(({ track, isHeld }) => (isHeld ? [track.id] : [])),
  )
  if (held.size === 0) return rules
  const tracks = rules.tracks.map(track =>
    held.has(track.id) ? { ...track, name: `${track.name}（文件有更新，正在核）`, referOnly: {} } : track,
  )
  return { ...rules, tracks }
}

export const matchingRechecks = (rules: MatchingRules, clauses: Clauses): Recheck[] =>
  changedTracks(rules, clauses).map(({ track, ...rest }) => ({
    kind: '匹配条件',
    title: track.name,
    path: '/match',
    ...rest,
  }))
