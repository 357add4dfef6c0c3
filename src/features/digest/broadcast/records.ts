import { z } from 'zod'
import { RecordedActor } from '../../../ports/actor.ts'
import { groupForms } from '../../../ports/groups.ts'
import { streams } from '../../../ports/items.ts'

/** The person who acted, in chat or on the console. */

export const BroadcastState = z.enum([
  'draft',
  'review',
  'approved',
  'queued',
  'posted',
  'rejected',
  'cancelled',
  'expired',
])
export type BroadcastState = z.infer<typeof BroadcastState>

/** A cited item; `what` is the line that identifies it in an edited text. */
const CitedItem = z.object({ id: z.string(), revision: z.number().int(), what: z.string().default('') })
export type CitedItem = z.infer<typeof CitedItem>
const AimedGroup = z.object({ id: z.string(), name: z.string(), form: z.enum(groupForms) })
/** A target group as chosen, and whether it receives text or a picture. */
export type AimedGroup = z.infer<typeof AimedGroup>

/** A reminder of the deadlines of a digest's items, approved with the digest. */
const Reminder = z.object({ on: z.string(), items: z.array(CitedItem), text: z.string() })
export type Reminder = z.infer<typeof Reminder>

/** A file sent after the text; its bytes are stored under `hash`. */
const AttachedFile = z.object({
  name: z.string(),
  mimeType: z.string(),
  hash: z.string(),
  sizeBytes: z.number().int(),
})
export type AttachedFile = z.infer<typeof AttachedFile>

/** The approved and sent content. Any change needs a new approval. */
export const BroadcastContent = z.object({
  /** The text as edited. */
  text: z.string(),
  /** The text as sent, one entry per message. */
  parts: z.array(z.string()),
  /** Hash of the stored picture of the text, if a group receives pictures. */
  picture: z.string().optional(),
  /** Files sent after the text, in this order; absent if none. */
  files: z.array(AttachedFile).optional(),
  items: z.array(CitedItem),
  groups: z.array(AimedGroup),
  reminders: z.array(Reminder),
})
export type BroadcastContent = z.infer<typeof BroadcastContent>

/**
 * A message to groups; key `hundreds/number`. `draft`: being written. `review`: waits for a reviewer. `approved`:
 * may be sent at its time. `queued`: will be posted to the outbox, also after a crash. `posted`: in the outbox,
 * whose deliveries hold the rest. `rejected`, `cancelled`, `expired`: nothing (more) of it is sent.
 */
export const Broadcast = BroadcastContent.extend({
  number: z.number().int(),
  /** Incremented by every change; an edit names the revision that it is based on. */
  revision: z.number().int(),
  kind: z.enum(['digest', 'notice', 'reminder']),
  title: z.string(),
  stream: z.enum(streams).optional(),
  state: BroadcastState,
  /** The targets as organizers write them: 「全部」「空间:优空间、标签:科技」. */
  targets: z.string(),
  /** Absent: sent as soon as it is approved. */
  sendAt: z.string().optional(),
  /** Number of the digest that this notice corrects: once it arrived, its text stands on the digest's public page. */
  corrects: z.number().int().optional(),
  /** The plan's run that it was composed for, `plan@instant`. */
  slot: z.string().optional(),
  isPaused: z.boolean(),
  /** When the backup was made that it comes from: it may have been sent after that. Until a person decides. */
  heldFromBackupOf: z.string().optional(),
  createdAt: z.string(),
  changedAt: z.string(),
  /** The last author of the content, a person before the shared log-in; absent if the bot composed it. */
  author: RecordedActor.optional(),
  /**
   * All who wrote some of the content, the shared log-in too, the last one at the end; for items also those who alone
   * looked at them. Absent in broadcasts from before it was kept.
   */
  authors: z.array(RecordedActor).optional(),
  /** Those who agreed to a proposal that needs two; `seal` is that of the content and send time. */
  agreed: z.array(z.object({ by: RecordedActor, at: z.string(), seal: z.string() })).optional(),
  approval: z.object({ by: RecordedActor, at: z.string(), seal: z.string() }).optional(),
  /** `by` is absent if the bot rejected it. */
  rejection: z
    .object({
      by: RecordedActor.optional(),
      at: z.string(),
      reason: z.string(),
      /** When it was approved, where nothing stopped it but clauses that changed since: it may be released. */
      approvedAt: z.string().optional(),
    })
    .optional(),
  cancelledBy: RecordedActor.optional(),
  sendableUntil: z.string().optional(),
  /** When the first of its items expires; absent if none does. */
  goodUntil: z.string().optional(),
})
export type Broadcast = z.infer<typeof Broadcast>

const planFields = {
  title: z.string(),
  /** As typed: 「每周五16:30」, or a cron line. */
  schedule: z.string(),
  targets: z.string(),
  /** The text of a notice. */
  text: z.string(),
  /** The last line of a digest. */
  closing: z.string(),
  most: z.number().int(),
  /** Only items approved within this number of days are included. */
  sinceDays: z.number().int().default(90),
  leadHours: z.number().int(),
  reminds: z.boolean(),
  isPaused: z.boolean(),
}
/** A plan as it was until it was changed at `until`. Who changed it stands in the audit log. */
export const PlanVersion = z.object({
  ...planFields,
  /** Those of its words, as in the plan; absent in versions kept before authors were. */
  authors: z.array(RecordedActor).optional(),
  until: z.string(),
})
export type PlanVersion = z.infer<typeof PlanVersion>

/**
 * A recurring digest or notice; key `plans/id`. A stream's id is its name. Each run becomes a broadcast, composed
 * `leadHours` before it is due, to leave time for the review.
 */
export const StreamPlan = z.object({
  id: z.string(),
  revision: z.number().int(),
  kind: z.enum(['digest', 'notice']),
  stream: z.enum(streams).optional(),
  ...planFields,
  by: RecordedActor.optional(),
  /** All who wrote its title, text or last line, the last one at the end. */
  authors: z.array(RecordedActor).optional(),
  /** Earlier versions, the latest first. */
  history: z.array(PlanVersion).optional(),
})
export type StreamPlan = z.infer<typeof StreamPlan>

/**
 * The state of one run of a plan, or of the sending of a broadcast; key
 * `YYYY-MM/plan@instant` or `YYYY-MM/number@instant`.
 */
export const Slot = z.object({
  /** `claimed`: its time has come and its work is not done yet. */
  state: z.enum(['claimed', 'composed', 'skipped', 'empty', 'missed']),
  number: z.number().int().optional(),
  by: RecordedActor.optional(),
})
export type Slot = z.infer<typeof Slot>

/** The restore that this store went through last; the one record `restore/last`. */
export const Restore = z.object({
  /** When the restored backup was made. */
  madeAt: z.string(),
  /** When the bot started after it. */
  startedAt: z.string().optional(),
})

/** Numbers of the broadcasts that contain an item; key `item id/told`. */
export const ItemHistory = z.object({ numbers: z.array(z.number().int()) })
/** Seal of the content and send time that a person was shown last; key `hundreds/number/person`. */
export const ContentView = z.object({ seal: z.string() })
export const Picture = z.object({ base64: z.base64() })
export const Counter = z.object({ last: z.number().int() })
