import { z } from 'zod'
import type { CheckIn, Notice, Receipt } from './check-in-records.ts'

const FormerCheckIn = z.object({
  memberId: z.string(),
  name: z.string(),
  signedAt: z.string().optional(),
  receivedAt: z.string().optional(),
  leave: z.object({ at: z.string(), reason: z.string() }).optional(),
  corrections: z.array(
    z.object({
      to: z.enum(['present', 'late', 'leave', 'absent']),
      at: z.string(),
      byName: z.string(),
      why: z.string().optional(),
    }),
  ),
})
const FormerNotice = z.object({
  memberId: z.string(),
  groupId: z.string(),
  about: z.enum(['signed', 'leave', 'missed']),
  isAfterTally: z.boolean(),
  receipt: z.number().int(),
})

/** People and receipts as version 1 kept them, inside the lesson. */
export const FormerPeople = z.object({
  checkIns: z.record(z.string(), FormerCheckIn),
  notices: z.array(FormerNotice),
  receipts: z.array(z.object({ groupId: z.string(), isPosted: z.boolean() })),
})
export type FormerPeople = z.infer<typeof FormerPeople>

/** A lesson of version 1 as one of version 2: its people stand aside until they are moved. */
export function withoutPeople(old: unknown): unknown {
  const { checkIns, notices, receipts, misses: _, code, ...lesson } = old as FormerLesson
  const hasSignedIn = Object.values(checkIns).some(({ signedAt }) => signedAt !== undefined)
  // Version 1 judged a code at once and did not keep it, so who was counted then must not need one now.
  const codes = code && !hasSignedIn ? { secret: code.secret, spans: [{ from: code.since }] } : undefined
  return { ...lesson, ...(codes ? { codes } : {}), former: { checkIns, notices, receipts } }
}

type FormerLesson = FormerPeople & { misses: unknown; code?: { secret: string; since: string } }

/** The records that those people become. What was told stays told. */
export function peopleOf({ checkIns, notices, receipts }: FormerPeople): {
  checkIns: CheckIn[]
  receipts: Receipt[]
} {
  const now = ({ memberId, groupId, about, isAfterTally }: FormerPeople['notices'][number]): Notice => {
    const { signedAt = '', leave } = checkIns[memberId] ?? {}
    return { memberId, groupId, about, isAfterTally, at: (about === 'leave' ? leave?.at : signedAt) ?? '' }
  }
  return {
    checkIns: Object.values(checkIns).map(({ signedAt, receivedAt, ...rest }) => ({
      ...rest,
      tries: signedAt === undefined ? [] : [{ at: signedAt, ...(receivedAt ? { receivedAt } : {}) }],
      notices: notices.filter(({ memberId }) => memberId === rest.memberId).map(now),
    })),
    receipts: receipts.map((receipt, index) => ({
      ...receipt,
      number: index + 1,
      madeAt: '',
      notices: notices.filter(notice => notice.receipt === index + 1).map(now),
    })),
  }
}
