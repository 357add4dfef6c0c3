import { type FieldAnswer, isRange, type Profile } from '../answers.ts'
import type { ProfileField } from '../fields.ts'
import type { CompiledTrack } from '../verdicts.ts'
import { answersTo } from './bands.ts'

/** A question and the answers to choose from; none where only the figure itself can decide more. */
export type MatchQuestion = { field: ProfileField; answers: FieldAnswer[] }

/** Cost of asking, in decided tracks: business and personal figures are given less gladly. */
const costs = { public: 0, business: 0.15, personal: 0.5 }

/** Asked later than others of the same gain. */
const groupCosts = { core: 0, titles: 0.05, rd: 0.05, people: 0.05, patents: 0.05, deals: 0.05, space: 0.05 }

type QuestionParts = {
  fields: ReadonlyMap<string, ProfileField>
  /** The tracks that the person wants to know about. */
  wanted: readonly CompiledTrack[]
  profile: Profile
  /** Fields that were asked and answered 「不知道」. */
  skipped: ReadonlySet<string>
}

/**
 * The question with the most expected decisions on the wanted tracks, less the cost of asking. Fields that can change
 * nothing are not asked; the same answers give the same question.
 * @returns undefined where no question is left
 */
export function nextQuestion({ fields, wanted, profile, skipped }: QuestionParts): MatchQuestion | undefined {
  const open = wanted
    .filter(track => track.judge(profile).name === '要先问清')
    .map(track => ({ track, unknown: track.unknownFields(profile) }))
  const tracks = open.map(({ track }) => track)
  let best: { question: MatchQuestion; gain: number } | undefined
  for (const field of fields.values()) {
    const concerned = open.filter(({ unknown }) => unknown.includes(field.id))
    if (concerned.length === 0 || skipped.has(field.id)) continue
    const answers = answersTo(field, tracks, profile)
    const known = profile.get(field.id)
    if (known !== undefined && !isRange(known)) continue
    const nearness = concerned.reduce((sum, { unknown }) => sum + 1 / unknown.length, 0)
    const decided = expectedDecisions(field.id, answers, tracks, profile)
    const gain = decided + nearness - costs[field.sensitivity] - groupCosts[field.group]
    if (!best || gain > best.gain + 1e-9) best = { question: { field, answers: known ? [] : answers }, gain }
  }
  return best?.question
}

/** Every answer is taken as equally likely. */
function expectedDecisions(
  field: string,
  answers: readonly FieldAnswer[],
  tracks: readonly CompiledTrack[],
  profile: Profile,
) {
  const reading = tracks.filter(({ reads }) => reads.has(field))
  let decided = 0
  for (const answer of answers) {
    const after = new Map(profile).set(field, answer)
    decided += reading.filter(track => track.judge(after).name !== '要先问清').length
  }
  return decided / answers.length
}
