import { z } from 'zod'

/** A question of a form besides who signs up and how many come. Its answer is text. */
const FormField = z.object({
  id: z.string(),
  /** As people read and type it: 「设备」. */
  ask: z.string(),
  /** Purpose in Chinese; empty where it is plain. */
  why: z.string().default(''),
  isNeeded: z.boolean().default(false),
})

/**
 * A question for sensitive personal data: answered on a page behind a one-time link and never in chat, with consent,
 * kept apart and encrypted, and erased after hand-over.
 */
export const SensitiveField = z.object({
  id: z.string(),
  ask: z.string(),
  why: z.string(),
  /** The members who alone may read it. */
  viewerIds: z.array(z.string()),
  /** The last day, in Asia/Shanghai, on which it is kept. */
  keptUntil: z.string(),
})
export type SensitiveField = z.infer<typeof SensitiveField>

/** One of the sessions or places among which people choose. */
export const FormOption = z.object({ name: z.string(), capacity: z.number().int().min(1).optional() })
export type FormOption = z.infer<typeof FormOption>

export const SignUpForm = z.object({
  /** Counts up; people and files name the form by it. */
  number: z.number().int(),
  title: z.string(),
  /** Read before everything else, in Chinese. */
  note: z.string().default(''),
  /** The groups in which it is open. */
  groupIds: z.array(z.string()),
  opensAt: z.string(),
  closesAt: z.string().optional(),
  /** People in all; absent: no limit. */
  capacity: z.number().int().min(1).optional(),
  options: z.array(FormOption).default([]),
  fields: z.array(FormField).default([]),
  sensitiveFields: z.array(SensitiveField).default([]),
  /** The most people in one answer, 1 to 20. */
  mostPeople: z.number().int().min(1).max(20).default(5),
  /** How long a place is held for whom it was offered, or for whom another signed up. */
  acceptHours: z.number().int().min(1).default(12),
  /** The last day, in Asia/Shanghai, on which answers are kept. */
  keptUntil: z.string(),
  isClosed: z.boolean().default(false),
  byName: z.string(),
})
export type SignUpForm = z.infer<typeof SignUpForm>

/**
 * `in`: has a place. `waiting`: in the queue. `offered`: a place is held until `heldUntil` for someone who waited.
 * `proxy`: the same for someone whom another signed up. `out`: signed off, or did not accept in time.
 */
const AnswerState = z.enum(['in', 'waiting', 'offered', 'proxy', 'out'])

/** The one answer of a member to a form. */
export const FormAnswer = z.object({
  memberId: z.string(),
  name: z.string(),
  state: AnswerState,
  /** With the member: 1 is alone. */
  people: z.number().int().min(1),
  option: z.string().default(''),
  /** By field id. */
  values: z.record(z.string(), z.string()).default({}),
  /** When the member last said something about it, by the time of sending. */
  at: z.string(),
  heldUntil: z.string().optional(),
  /** Member who signed them up, where another did. */
  byName: z.string().optional(),
  /** Where it was said; empty: in private or on the console. */
  groupId: z.string().default(''),
})
export type FormAnswer = z.infer<typeof FormAnswer>

/** A change that the group is told of, once. */
const FormNotice = z.object({
  memberId: z.string(),
  about: z.enum(['in', 'waiting', 'changed', 'out', 'offered', 'proxy']),
  groupId: z.string(),
  /** The receipt that tells it; absent: none yet. */
  receipt: z.number().int().optional(),
})

/** A form with its answers: one record, so that limits hold whatever arrives together. */
export const FormRecord = z.object({
  form: SignUpForm,
  /** Sorted by the time of joining the queue, oldest first. */
  answers: z.array(FormAnswer).default([]),
  notices: z.array(FormNotice).default([]),
  /** Number of the last receipt. */
  receipts: z.number().int().default(0),
  isLastPosted: z.boolean().default(true),
  receiptAt: z.string().optional(),
})
export type FormRecord = z.infer<typeof FormRecord>
