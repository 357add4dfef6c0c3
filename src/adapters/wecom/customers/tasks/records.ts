import { z } from 'zod'
import type { Store } from '../../../../ports/store.ts'

const GroupRecord = z.object({
  chatId: z.string(),
  name: z.string(),
  state: z.enum(['waiting', 'confirmed', 'failed', 'recalled']),
  /** Why it failed. */
  reason: z.string().optional(),
  /** When its state was last set. */
  at: z.string(),
})
export type GroupRecord = z.infer<typeof GroupRecord>

/** One message to a set of customer groups; key `YYYY-MM/its id`, so that a shard is one month's. */
const TaskRecord = z.object({
  id: z.string(),
  /** The name of the set of groups. */
  set: z.string(),
  employee: z.string(),
  createdAt: z.string(),
  /** The platform's ids: one for each 2,000 groups. */
  messageIds: z.array(z.string()),
  groups: z.array(GroupRecord),
  /** When the employee was reminded. */
  reminders: z.array(z.string()).default([]),
  /** The time from which on nothing more is expected of it. */
  closedAt: z.string().optional(),
})
export type TaskRecord = z.infer<typeof TaskRecord>

/** A task that results are still expected of; key `open/its id`. */
const OpenTask = z.object({ since: z.string() })

export const openTaskRecords = (store: Store) => ({
  tasks: store.collection('customer-tasks', TaskRecord, [], { isHistory: true }),
  open: store.collection('customer-tasks-open', OpenTask),
})

/** The id begins with the month in which the task was made: `2026-11.MSGID`. */
export const taskIdOf = (month: string, messageId: string) => `${month}.${messageId}`
export const keyOfTask = (id: string) => `${id.slice(0, 7)}/${id}`
