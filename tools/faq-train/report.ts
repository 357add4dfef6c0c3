import type { TermWeights } from '../../src/features/faq/finder/outcome/familiarity.ts'
import {
  certaintyUnder,
  isSureUnder,
  type OutcomeWeights,
} from '../../src/features/faq/finder/outcome/outcome.ts'
import { signalsOf } from '../../src/features/faq/finder/outcome/signals.ts'
import type { Course } from './outcome-training.ts'
import { isOfRightProgramme, isOpen, type Sample } from './samples.ts'

type Learnt = { outcomeOf(sample: Sample): OutcomeWeights; weightOf(part: number): TermWeights }

/** How a course does under these weights, in one line. */
export function reportOn({ name, inside, ...strangers }: Course, learnt: Learnt): string {
  const kindOf = (sample: Sample) => outcomeUnder(learnt, sample)
  const share = (samples: readonly Sample[], holds: (sample: Sample) => boolean) =>
    `${((100 * samples.filter(holds).length) / Math.max(1, samples.length)).toFixed(1)}%`
  const isIn =
    (count: number) =>
    ({ ranked, isRight }: Sample) =>
      ranked.slice(0, count).some(({ item }) => isRight(item))
  const isTold = (sample: Sample) => kindOf(sample) === 'answer'
  const isNone = (sample: Sample) => kindOf(sample) === 'none'
  const isOffered = (sample: Sample) => kindOf(sample) === 'choices' && isIn(3)(sample)
  const isWrong = (sample: Sample) =>
    sample.ranked[0] !== undefined && !isOfRightProgramme(sample.ranked[0].item, sample)
  const { outside, near, topics, beside } = strangers
  return [
    `${name.padEnd(10)} (${inside.length})`,
    `first ${share(inside, isIn(1))}, among three ${share(inside, isIn(3))}`,
    `told ${share(inside, isTold)}, right entry ${share(inside, sample => isTold(sample) && isIn(1)(sample))}`,
    `wrong programme ${share(inside, sample => isTold(sample) && isWrong(sample))}`,
    `offered ${share(inside, isOffered)}, none ${share(inside, isNone)}`,
    ...Object.entries({ outside, near, topics, beside })
      .filter(([, samples]) => samples.length > 0)
      .map(([list, samples]) => `${list} none ${share(samples, isNone)} told ${share(samples, isTold)}`),
  ].join('  ')
}

function outcomeUnder({ outcomeOf, weightOf }: Learnt, sample: Sample): 'answer' | 'choices' | 'none' {
  if (sample.query.isElsewhere) return 'none'
  if (!isOpen(sample)) return 'choices'
  const outcome = outcomeOf(sample)
  const signals = signalsOf(sample.query, sample.ranked, weightOf(sample.part))
  const sureness = certaintyUnder(outcome, signals)
  if (isSureUnder(outcome, sureness)) return 'answer'
  return sureness.ofAny >= outcome.choicesFrom ? 'choices' : 'none'
}
