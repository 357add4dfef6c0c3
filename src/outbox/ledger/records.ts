import { z } from 'zod'
import type { ChatFile, Reply } from '../../ports/chat.ts'
import type { Migration, Store } from '../../ports/store.ts'
import { locksOf } from './broadcast-locks.ts'
import { type Compacted, createCompacted } from './compacted.ts'

const RecordedTarget = z.union([z.object({ groupId: z.string() }), z.object({ personId: z.string() })])

export const DeliveryState = z.enum([
  'due',
  'sending',
  'waiting',
  'sent',
  'confirmed',
  'failed',
  'unknown',
  'expired',
  'cancelled',
  'recalled',
  'manual',
])
export type DeliveryState = z.infer<typeof DeliveryState>

/** `broadcast` respects quiet hours; `prompt` is sent at once. */
export const PostingKind = z.enum(['broadcast', 'prompt'])
export type PostingKind = z.infer<typeof PostingKind>

/** The end of an earlier attempt of a delivery. */
const Attempted = z.object({
  state: DeliveryState,
  reason: z.string().optional(),
  at: z.string(),
  /** The person who asked to send it again; absent where the outbox did so itself. */
  again: z.string().optional(),
})

/** One delivery; key `broadcast id/target id`, so that a shard is one broadcast's and never grows after it. */
export const DeliveryRecord = z.object({
  target: RecordedTarget,
  kind: PostingKind.default('broadcast'),
  /** Content: the record `broadcast id/content id`, kept once however many targets it has. */
  contentId: z.string(),
  state: DeliveryState,
  reason: z.string().optional(),
  postedAt: z.string(),
  /** Its place among those posted with it: what was posted first goes first. */
  position: z.number().int(),
  notAfter: z.string(),
  claimedAt: z.string().optional(),
  messageId: z.string().optional(),
  changedAt: z.string(),
  /** Cancelled while it was being sent: where the line took nothing, it is not tried again. */
  isCancelled: z.literal(true).optional(),
  /** The person who set this state, if any. */
  by: z.string().optional(),
  /** Earlier attempts, oldest first. */
  history: z.array(Attempted).default([]),
})
export type DeliveryRecord = z.infer<typeof DeliveryRecord>

/** From version 2 on, prompts that are over stand in `deliveries-over`, where an older program would not find them. */
const deliveryMigrations: Migration[] = [old => old]

export const openDeliveries = (store: Store): Compacted<DeliveryRecord> =>
  createCompacted(
    store.collection('deliveries', DeliveryRecord, deliveryMigrations, {
      isHistory: true,
      refusesWhenBroken: true,
    }),
    // A broken shard of these is set aside, since nothing sends them again after days.
    store.collection('deliveries-over', DeliveryRecord, [], { isHistory: true }),
    locksOf(store),
  )

/** A delivery as it is found: its key beside it. */
export type StoredDelivery = { key: string; value: DeliveryRecord }

/** Whether a delivery goes to one person, not to a group. */
export const isPersonal = ({ value: { target } }: StoredDelivery): boolean => 'personId' in target

const PackedFile = z.object({ name: z.string(), mimeType: z.string(), base64: z.base64() })

/** A reply as it is kept, byte for byte. */
export const Content = z.object({
  text: z.string().optional(),
  mention: z.array(z.string()).optional(),
  file: PackedFile.optional(),
  attachments: z.array(PackedFile).optional(),
})
export type Content = z.infer<typeof Content>

export const openContents = (store: Store): Compacted<Content> =>
  createCompacted(
    store.collection('outbox-contents', Content, [], { isHistory: true }),
    store.collection('outbox-contents-over', Content, [], { isHistory: true }),
    locksOf(store),
  )

/** Mark of a broadcast that is not over; key `open/broadcast id`. Spares start-up from reading all history. */
export const OpenBroadcast = z.object({ since: z.string() })

export function contentOf({ text, mention, file, attachments }: Reply): Content {
  return {
    ...(text === undefined ? {} : { text }),
    ...(mention === undefined ? {} : { mention }),
    ...(file === undefined ? {} : { file: packed(file) }),
    ...(attachments === undefined ? {} : { attachments: attachments.map(packed) }),
  }
}

export function replyOf({ text, mention, file, attachments }: Content): Reply {
  return {
    ...(text === undefined ? {} : { text }),
    ...(mention === undefined ? {} : { mention }),
    ...(file === undefined ? {} : { file: unpacked(file) }),
    ...(attachments === undefined ? {} : { attachments: attachments.map(unpacked) }),
  }
}

function packed({ name, mimeType, bytes }: ChatFile): z.infer<typeof PackedFile> {
  return { name, mimeType, base64: Buffer.from(bytes).toString('base64') }
}

function unpacked({ name, mimeType, base64 }: z.infer<typeof PackedFile>): ChatFile {
  return { name, mimeType, bytes: new Uint8Array(Buffer.from(base64, 'base64')) }
}
