import { parseProfile } from '../stored-answers.ts'
import { compileTracks, type MatchingRules } from '../verdicts.ts'
import type { MatchCase } from './cases.ts'

/** A verdict of one sample company that a change of the rules turns. */
export type VerdictFlip = { company: string; track: string; before: string; after: string; reasons: string[] }

/**
 * The wanted tracks of sample companies whose verdict differs between two sets of rules,
 * with the conditions that turn it.
 */
export function findFlips(
  before: MatchingRules,
  after: MatchingRules,
  samples: readonly MatchCase[],
): VerdictFlip[] {
  return samples.flatMap(({ id, on, profile: stored }) => {
    const old = new Map(compileTracks(before, on).map(track => [track.track.id, track]))
    const oldProfile = parseProfile(before.fields, stored)
    const profile = parseProfile(after.fields, stored)
    return compileTracks(after, on).flatMap(track => {
      const was = old.get(track.track.id)
      const verdict = track.judge(profile)
      const name = was?.judge(oldProfile).name ?? '没有这一项'
      if (name === verdict.name) return []
      const truths = new Map(
        was?.conditionsFor(oldProfile).map(({ condition, truth }) => [condition.id, truth]),
      )
      const reasons = track
        .conditionsFor(profile)
        .filter(({ condition, truth }) => truths.get(condition.id) !== truth)
        .map(({ condition }) => condition.says)
      return [{ company: id, track: track.track.name, before: name, after: verdict.name, reasons }]
    })
  })
}

/** 「国家高新技术企业认定：7 个样本从对得上变成还差，原因：科技人员占比不低于20%」, one line a kind of flip. */
export function describeFlips(flips: readonly VerdictFlip[]): string[] {
  const kinds = Map.groupBy(flips, ({ track, before, after, reasons }) =>
    JSON.stringify([track, before, after, reasons.join('；')]),
  )
  return [...kinds.values()].map(all => {
    const { track, before, after, reasons } = all[0] as VerdictFlip
    const why = reasons.length > 0 ? `，原因：${reasons.join('；')}` : ''
    return `${track}：${all.length} 个样本从${before}变成${after}${why}`
  })
}
