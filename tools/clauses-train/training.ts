import {
  type CertaintyWeights,
  certaintyOf,
  type Evidence,
  evidenceNames,
} from '../../src/features/faq/quotes/certainty.ts'
import { learnTruth } from '../faq-train/learning.ts'
import { type ClauseSample, folds, type SampleKind } from './samples.ts'

const fit = { rounds: 600, decay: 1e-4 }
/** Most clauses told to questions that no clause answers, as a share of those questions. */
const mostToldUnanswerable = 0.025
/** Other clauses than the one asked for, as a share of those told. */
const mostWrong = 0.05

type Weights = Omit<CertaintyWeights, 'least'>

function learn(samples: readonly ClauseSample[]): Weights {
  const signalsOf = (evidence: Evidence) =>
    Float64Array.from([...evidenceNames.map(name => evidence[name]), 1])
  const learnt = learnTruth(
    samples.map(({ evidence, isRight }) => ({
      signals: signalsOf(evidence),
      truth: isRight ? 1 : 0,
      weight: 1,
    })),
    fit,
  )
  const names = [...evidenceNames, 'bias'] as const
  const rounded = names.map((name, at) => [name, inHundredths(learnt[at] ?? 0)])
  return Object.fromEntries(rounded) as Weights
}

const inHundredths = (value: number) => Math.round(value * 100) / 100

type Decided = ClauseSample & { score: number }

/** Scores by weights that were learnt without the fold of the sample. */
function heldOutScores(samples: readonly ClauseSample[]): Decided[] {
  return Array.from({ length: folds }, (_, fold) => {
    const weights = learn(samples.filter(each => each.fold !== fold))
    return samples
      .filter(each => each.fold === fold)
      .map(each => ({ ...each, score: certaintyOf(each.evidence, weights) }))
  }).flat()
}

const isAnswerable = ({ kind }: ClauseSample) => kind === 'large' || kind === 'small'

/** The lowest sum at which both shares of mistakes are kept. */
function leastScore(decided: readonly Decided[]): number {
  const candidates = [...new Set(decided.map(({ score }) => inHundredths(score)))].toSorted((a, b) => a - b)
  const inVain = decided.filter(each => !isAnswerable(each))
  const least = candidates.find(limit => {
    const told = decided.filter(({ score }) => score >= limit)
    const answerable = told.filter(isAnswerable)
    const wrong = answerable.filter(({ isRight }) => !isRight).length
    return (
      told.length - answerable.length <= mostToldUnanswerable * inVain.length &&
      wrong <= mostWrong * answerable.length
    )
  })
  return least ?? Number.POSITIVE_INFINITY
}

function report(decided: readonly Decided[], isTold: (each: Decided) => boolean) {
  const kinds: readonly SampleKind[] = ['large', 'small', 'away', 'none']
  const rows = kinds.map(kind => {
    const own = decided.filter(each => each.kind === kind)
    const told = own.filter(isTold)
    const right = told.filter(({ isRight }) => isRight)
    return [kind, { questions: own.length, told: told.length, right: right.length }]
  })
  return Object.fromEntries(rows)
}

/** Learns from all samples; what is measured was held out, fold by fold. The same samples give the same weights. */
export function trainCertainty(samples: readonly ClauseSample[]) {
  const decided = heldOutScores(samples)
  const least = leastScore(decided)
  const weights: CertaintyWeights = { ...learn(samples), least }
  const measured = {
    bestIsRight: report(decided, () => true),
    thresholds: report(decided, ({ isClear }) => isClear),
    heldOut: report(decided, ({ score }) => score >= least),
  }
  return { weights, measured }
}
