import { z } from 'zod'
import { CheckIn } from './check-in-records.ts'

/**
 * Changes of a lesson whose tally is out, until the organizers are told: minutes. Key `touched/lesson id`.
 */
export const PendingUpdate = z.object({
  since: z.string(),
  lastAt: z.string(),
  /** By member id, what was known of them before the first change; nothing for who had no record. */
  before: z.record(z.string(), z.object({ checkIn: CheckIn.optional() })),
  /** Organizer who decided about the unverified. */
  verifiedByName: z.string().optional(),
})
export type PendingUpdate = z.infer<typeof PendingUpdate>

type Change = { at: string; memberId?: string; checkIn?: CheckIn | undefined; verifiedByName?: string }

/** Adds one change; of several for one person the first says what was before. */
export function noteChange(
  touched: PendingUpdate | undefined,
  { at, memberId, checkIn, verifiedByName }: Change,
): PendingUpdate {
  const known = touched ?? { since: at, lastAt: at, before: {} }
  const isNew = memberId !== undefined && known.before[memberId] === undefined
  return {
    ...known,
    lastAt: at,
    before: isNew ? { ...known.before, [memberId]: checkIn ? { checkIn } : {} } : known.before,
    ...(verifiedByName ? { verifiedByName } : {}),
  }
}
