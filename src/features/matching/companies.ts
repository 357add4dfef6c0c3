import { z } from 'zod'
import type { FieldAnswer } from '../../matching/answers.ts'
import { keptAnswer } from '../../matching/interview/bands.ts'
import { parseProfile, storedAnswer } from '../../matching/stored-answers.ts'
import { type CompiledTrack, verdictNames } from '../../matching/verdicts.ts'
import type { Collection, Store } from '../../ports/store.ts'
import type { CompiledRules } from './session.ts'

const StoredAnswerSchema = z.union([
  z.boolean(),
  z.number(),
  z.string(),
  z.array(z.string()),
  z.tuple([z.number(), z.number().nullable()]),
  z.tuple([z.string().nullable(), z.string().nullable()]),
])

/** A company's answers, kept as bands by the member who saved them. */
export const SavedCompany = z.strictObject({
  /** By field id; no exact business or personal figure. */
  answers: z.record(z.string(), StoredAnswerSchema),
  wanted: z.array(z.string()),
  /** Whether instructors of the member's space may see it. */
  isShared: z.boolean(),
  savedAt: z.string(),
  /** The company is forgotten {@link keptMonths} months after this. */
  lookedAt: z.string(),
  /** Ids of tracks about which the member wants to be reminded. */
  reminders: z.array(z.string()),
  /** The verdict last told for each track; reminders tell changes only. */
  told: z.record(z.string(), z.enum(verdictNames)),
  /** Keys of window reminders that were sent. */
  sentReminders: z.array(z.string()),
  remindedAt: z.string().optional(),
})
export type SavedCompany = z.infer<typeof SavedCompany>

/** How long a company is kept after its last look, in months. */
export const keptMonths = 13

/** Saved companies by member id: a member saves one. */
export type Companies = Collection<SavedCompany>

export const openCompanies = (store: Store): Companies => store.collection('matching-companies', SavedCompany)

/** Verdicts of these tracks as told to a company; later reminders tell what has changed since. */
export const toldOf = (
  tracks: readonly CompiledTrack[],
  profile: ReadonlyMap<string, FieldAnswer>,
): SavedCompany['told'] =>
  Object.fromEntries(tracks.map(({ track, judge }) => [track.id, judge(profile).name] as const))

/** Answers as they may be kept: bands instead of figures. */
export function keptAnswers(
  profile: ReadonlyMap<string, FieldAnswer>,
  { rules, tracks }: CompiledRules,
): SavedCompany['answers'] {
  const entries = [...profile].flatMap(([id, answer]) => {
    const field = rules.fields.get(id)
    return field ? [[id, storedAnswer(field, keptAnswer(field, answer, tracks, profile))] as const] : []
  })
  return Object.fromEntries(entries)
}

/**
 * Kept answers as they can be judged today. An answer to a field that is gone, or that no longer fits it, is
 * unknown; so is a band inside which a new threshold lies, which the logic sees by itself.
 */
export function profileOfCompany(
  { answers }: Pick<SavedCompany, 'answers'>,
  { rules }: CompiledRules,
): Map<string, FieldAnswer> {
  const profile = new Map<string, FieldAnswer>()
  for (const [id, stored] of Object.entries(answers)) {
    if (!rules.fields.has(id)) continue
    try {
      for (const [field, answer] of parseProfile(rules.fields, { [id]: stored })) profile.set(field, answer)
    } catch (cause) {
      if (!(cause instanceof z.ZodError)) throw cause
    }
  }
  return profile
}
