import { type FieldAnswer, isRange, type Profile, type Range } from '../answers.ts'
import { nextQuestion } from '../interview/next-question.ts'
import { parseProfile } from '../stored-answers.ts'
import { compileTracks, type MatchingRules } from '../verdicts.ts'
import { areFieldsExact, isVerdictRight, judgeCases, type MatchCase } from './cases.ts'

/** Figures of matching on labelled cases; shares from 0 to 1, rounded to four places. */
export type MatchFigures = {
  cases: number
  /** Wanted tracks of all cases. */
  verdicts: number
  right: number
  /** Judged 对得上 where the label says otherwise. */
  falselyEligible: number
  /** Judged 还差 where the label says otherwise. */
  falselyMissing: number
  /** Failing, unknown and excluding fields exactly as labelled. */
  fieldsExact: number
  /** Until no question is left, on the cases that are stories. */
  questionsMean: number
  /** Share of the wanted tracks of stories that are decided after six answers. */
  decidedAfterSix: number
}

export function measureMatching(rules: MatchingRules, cases: readonly MatchCase[]): MatchFigures {
  const judged = judgeCases(rules, cases)
  const wrong = judged.filter(one => !isVerdictRight(one))
  const share = (count: number) => round(count / Math.max(1, judged.length))
  const interviews = cases.filter(({ made }) => made === 'story').map(one => interview(rules, one))
  const wanted = interviews.reduce((sum, { tracks }) => sum + tracks, 0)
  return {
    cases: cases.length,
    verdicts: judged.length,
    right: share(judged.length - wrong.length),
    falselyEligible: share(wrong.filter(({ got }) => got.name === '对得上').length),
    falselyMissing: share(wrong.filter(({ got }) => got.name === '还差').length),
    fieldsExact: share(judged.filter(areFieldsExact).length),
    questionsMean: round(
      interviews.reduce((sum, { questions }) => sum + questions, 0) / Math.max(1, interviews.length),
    ),
    decidedAfterSix: round(
      interviews.reduce((sum, { decidedAfterSix }) => sum + decidedAfterSix, 0) / Math.max(1, wanted),
    ),
  }
}

const round = (value: number) => Math.round(value * 10_000) / 10_000

/** Asks a company of a case as the chat does; what its profile does not say is answered 「不知道」. */
function interview(rules: MatchingRules, { on, profile: stored, expect }: MatchCase) {
  const wanted = compileTracks(rules, on).filter(({ track }) => track.id in expect)
  const truth = parseProfile(rules.fields, stored)
  const profile = new Map<string, FieldAnswer>()
  const skipped = new Set<string>()
  let questions = 0
  let decidedAfterSix = decided()
  while (questions < 200) {
    const question = nextQuestion({ fields: rules.fields, wanted, profile, skipped })
    if (!question) break
    const answer = chosen(question.answers, truth, question.field.id)
    if (answer === undefined) skipped.add(question.field.id)
    else profile.set(question.field.id, answer)
    questions += 1
    if (questions <= 6) decidedAfterSix = decided()
  }
  return { questions, decidedAfterSix, tracks: wanted.length }

  function decided(): number {
    return wanted.filter(track => track.judge(profile).name !== '要先问清').length
  }
}

/** The offered answer that is true; a range that fits no band is given as it is. */
function chosen(answers: readonly FieldAnswer[], truth: Profile, field: string): FieldAnswer | undefined {
  const answer = truth.get(field)
  if (!isRange(answer)) return answer
  return answers.find(band => isRange(band) && contains(band, answer)) ?? answer
}

const contains = (band: Range, inner: Range) =>
  band.min <= inner.min &&
  (inner.max < band.max || (inner.max === band.max && (band.isMaxIncluded || !inner.isMaxIncluded)))
