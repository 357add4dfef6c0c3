import { isSureUnder, type OutcomeWeights } from '../../src/features/faq/finder/outcome/outcome.ts'
import type { LookedAt } from './offer-training.ts'

/** An outcome of one kind of questions with the cases that its thresholds were set by. */
type Set = { outcome: OutcomeWeights; looked: readonly LookedAt[] }

/** Most of what is told only because it judges a figure that may be another entry than asked for, 0 to 1. */
const mostWrong = 0.05

/**
 * The share, 0 to 1, of the sureness from which on the first is told that suffices where it judges a figure of the
 * question: the lowest from which on it is seldom another entry than asked for. Of all kinds of questions together, since
 * few tell a figure; one more case and one more wrong one are counted, so that a few right ones prove nothing.
 */
export function judgedShare(sets: readonly Set[]): number {
  const judged = sets
    .flatMap(({ outcome, looked }) =>
      looked
        .filter(each => each.isJudged && each.ofFirst < outcome.answerFrom && !isSureUnder(outcome, each))
        .map(({ isFirst, ofFirst }) => ({ isFirst, share: ofFirst / outcome.answerFrom })),
    )
    .sort((a, b) => b.share - a.share)
  let [wrong, least] = [0, 1]
  judged.forEach(({ isFirst, share }, at) => {
    wrong += Number(!isFirst)
    if ((wrong + 1) / (at + 2) <= mostWrong) least = share
  })
  return Math.ceil(least * 1e4) / 1e4
}
