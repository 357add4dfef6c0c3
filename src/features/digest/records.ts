import { z } from 'zod'
import { groupForms } from '../../ports/groups.ts'
import { streams } from '../../ports/items.ts'

const BroadcastActor = z.object({ id: z.string(), name: z.string() })
/** Who did it, in chat or on the console. */
export type BroadcastActor = z.infer<typeof BroadcastActor>

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

/** An item as it was told: `what` is the line by which it is found again in a text that people edit. */
const CitedItem = z.object({ id: z.string(), revision: z.number().int(), what: z.string().default('') })
export type CitedItem = z.infer<typeof CitedItem>
const AimedGroup = z.object({ id: z.string(), name: z.string(), form: z.enum(groupForms) })
/** A group as it was chosen, and the form in which it gets the broadcast. */
export type AimedGroup = z.infer<typeof AimedGroup>

/** What goes out later for the items of a digest whose deadline comes near; approved with the digest. */
const Reminder = z.object({ on: z.string(), items: z.array(CitedItem), text: z.string() })
export type Reminder = z.infer<typeof Reminder>

/** What is approved and sent: nothing of it may change without a new approval. */
export const BroadcastContent = z.object({
  /** As it is edited. */
  text: z.string(),
  /** The same as it goes out, one message each. */
  parts: z.array(z.string()),
  /** The same as a drawing, where a group wants one: the hash of the picture that is kept. */
  picture: z.string().optional(),
  items: z.array(CitedItem),
  groups: z.array(AimedGroup),
  reminders: z.array(Reminder),
})
export type BroadcastContent = z.infer<typeof BroadcastContent>

/**
 * Anything that is sent to groups. Key `hundreds/number`. `draft`: being written. `review`: waits for a second person.
 * `approved`: may go out at its time. `queued`: it goes out, whatever happens to this process. `posted`: handed to the
 * outbox, where the deliveries tell the rest. `rejected`, `cancelled`, `expired`: nothing (more) of it is sent.
 */
export const Broadcast = BroadcastContent.extend({
  number: z.number().int(),
  /** Raised by every change, so that nobody overwrites what he has not seen. */
  revision: z.number().int(),
  kind: z.enum(['digest', 'notice', 'reminder']),
  title: z.string(),
  stream: z.enum(streams).optional(),
  state: BroadcastState,
  /** To whom, as organizers write it: 「全部」「空间:优空间、标签:科技」. */
  targets: z.string(),
  /** Absent: as soon as it is approved. */
  sendAt: z.string().optional(),
  /** The run of a plan that it was made for, `plan@instant`. */
  slot: z.string().optional(),
  isPaused: z.boolean(),
  createdAt: z.string(),
  changedAt: z.string(),
  /** Who wrote the content last; absent for what the bot composed by itself. */
  author: BroadcastActor.optional(),
  approval: z.object({ by: BroadcastActor, at: z.string(), seal: z.string() }).optional(),
  /** `by` is absent where the bot itself found what is wrong. */
  rejection: z.object({ by: BroadcastActor.optional(), at: z.string(), reason: z.string() }).optional(),
  cancelledBy: BroadcastActor.optional(),
  sendableUntil: z.string().optional(),
  /** When the first of its items is over; absent where none ever is. */
  goodUntil: z.string().optional(),
})
export type Broadcast = z.infer<typeof Broadcast>

/**
 * What comes again and again: a digest of a stream, or a notice; key `plans/id`. A stream's id is its name.
 * Every run of it is a broadcast of its own, composed `leadHours` before so that there is time to review it.
 */
export const StreamPlan = z.object({
  id: z.string(),
  revision: z.number().int(),
  kind: z.enum(['digest', 'notice']),
  stream: z.enum(streams).optional(),
  title: z.string(),
  /** As it was written: 「每周五16:30」, or a cron line. */
  schedule: z.string(),
  targets: z.string(),
  /** What a notice says. */
  text: z.string(),
  /** The line under a digest. */
  closing: z.string(),
  most: z.number().int(),
  /** Only what was approved within so many days is news. */
  sinceDays: z.number().int().default(90),
  leadHours: z.number().int(),
  reminds: z.boolean(),
  isPaused: z.boolean(),
  by: BroadcastActor.optional(),
})
export type StreamPlan = z.infer<typeof StreamPlan>

/** What became of one run of a plan; key `YYYY-MM/plan@instant`. */
export const Slot = z.object({
  state: z.enum(['composed', 'skipped', 'empty', 'missed']),
  number: z.number().int().optional(),
  by: BroadcastActor.optional(),
})
export type Slot = z.infer<typeof Slot>

/** Which broadcasts told an item, or asked to; key `item id/told`. */
export const Told = z.object({ numbers: z.array(z.number().int()) })
/** What content of a broadcast somebody has looked at last; key `hundreds/number/person`. */
export const Look = z.object({ seal: z.string() })
export const Picture = z.object({ base64: z.base64() })
export const Counter = z.object({ last: z.number().int() })

/** The state in which a digest of the first version is continued, by the one in which it was kept. */
const stateOfFirst: Record<string, BroadcastState> = {
  proposed: 'expired',
  decided: 'queued',
  posted: 'posted',
  cancelled: 'cancelled',
}

const FirstVersion = z.object({
  number: z.number().int(),
  state: z.enum(['proposed', 'decided', 'posted', 'cancelled']),
  composedAt: z.string(),
  text: z.string(),
  groups: z.array(z.object({ id: z.string(), name: z.string() })),
  itemIds: z.array(z.string()),
  sendableUntil: z.string(),
  goodUntil: z.string().optional(),
  by: BroadcastActor.optional(),
  cancelledBy: BroadcastActor.optional(),
})

/** Digests as they were kept before there were reviews. */
export function fromFirstVersion(old: unknown): Broadcast {
  const { composedAt, itemIds, by, state, groups, text, ...kept } = FirstVersion.parse(old)
  return {
    ...kept,
    text,
    parts: [text],
    items: itemIds.map(id => ({ id, revision: 1, what: '' })),
    groups: groups.map(group => ({ ...group, form: 'text' as const })),
    reminders: [],
    revision: 1,
    kind: 'digest',
    title: '政策速递',
    state: stateOfFirst[state] ?? 'expired',
    targets: '全部',
    isPaused: false,
    createdAt: composedAt,
    changedAt: composedAt,
    ...(by ? { author: by } : {}),
  }
}
