import type { FieldAnswer } from '../../matching/answers.ts'
import { type MatchQuestion, nextQuestion } from '../../matching/interview/next-question.ts'
import type { CompiledTrack, MatchingRules } from '../../matching/verdicts.ts'

/** One question and its answer; `undefined` for 「不知道」. */
type MatchStep = { field: string; answer: FieldAnswer | undefined }

/** A questionnaire under way. Nothing of it is stored. */
export type MatchSession = {
  /** Ids of the tracks that the person wants to know about; undefined until they have said so. */
  wanted: readonly string[] | undefined
  steps: readonly MatchStep[]
  /** Answers given before this round of questions. */
  answeredBefore: number
  /** Milliseconds since 1970, by the bot's clock. */
  lastAtMs: number
  /** Whether our last words to them were a question of ours. */
  isAsking?: boolean
  /** Whether they were shown what would be kept of exactly these answers. */
  isShownBeforeSaving?: boolean
}

/** Answers before a result is shown, and between two results. */
const answersInRound = 6
/** A session ends after this long without a message. */
export const sessionMinutes = 30

export type CompiledRules = { rules: MatchingRules; tracks: readonly CompiledTrack[] }

export function profileOf({ steps }: Pick<MatchSession, 'steps'>): Map<string, FieldAnswer> {
  return new Map(
    steps.flatMap(({ field, answer }) => (answer === undefined ? [] : [[field, answer] as const])),
  )
}

export function wantedTracks({ wanted }: Partial<MatchSession>, { tracks }: CompiledRules): CompiledTrack[] {
  return tracks.filter(({ track }) => wanted?.includes(track.id))
}

/** The question that comes next, whether or not the round is over; undefined where none is left. */
export function questionFor(
  session: Pick<MatchSession, 'wanted' | 'steps'>,
  compiled: CompiledRules,
): MatchQuestion | undefined {
  const profile = profileOf(session)
  const skipped = new Set(
    session.steps.filter(({ answer }) => answer === undefined).map(({ field }) => field),
  )
  return nextQuestion({
    fields: compiled.rules.fields,
    wanted: wantedTracks(session, compiled),
    profile,
    skipped,
  })
}

export const isRoundOver = ({
  steps,
  answeredBefore,
}: Pick<MatchSession, 'steps' | 'answeredBefore'>): boolean => steps.length - answeredBefore >= answersInRound

/** The answer to a field replaces an earlier one. */
export function withAnswer(
  session: MatchSession,
  field: string,
  answer: FieldAnswer | undefined,
): MatchSession {
  return { ...session, steps: [...session.steps.filter(step => step.field !== field), { field, answer }] }
}

/** The session before its last answer. */
export function steppedBack(session: MatchSession): MatchSession {
  const steps = session.steps.slice(0, -1)
  return { ...session, steps, answeredBefore: Math.min(session.answeredBefore, steps.length) }
}

export const nextRound = (session: MatchSession): MatchSession => ({
  ...session,
  answeredBefore: session.steps.length,
})
