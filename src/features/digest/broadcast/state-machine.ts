import { Temporal } from 'temporal-polyfill'
import {
  type ApprovalVerdict,
  authorsAfter,
  isOffice,
  judgeApproval,
  soleAuthors,
} from '../../../approval.ts'
import { Refusal } from '../../../feature.ts'
import { sha256 } from '../../../lib/hash.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import { timeZone } from '../../../text/dates/time.ts'
import type { Broadcast, BroadcastContent, BroadcastState } from './records.ts'
import { sayWhyNot } from './refused-events.ts'

/** An event in the life cycle of a broadcast. */
export type BroadcastEvent =
  | {
      kind: 'edited'
      by: RecordedActor
      content: BroadcastContent
      /** Where the items' words are taken anew: those who alone looked at them. */
      authors?: readonly RecordedActor[]
      more?: Partial<Pick<Broadcast, 'title' | 'targets' | 'goodUntil'>>
    }
  /** `goesAt` is when the first group receives it then, quiet hours included. */
  | { kind: 'rescheduled'; sendAt: string | undefined; goesAt: string }
  | { kind: 'submitted' }
  /**
   * `identities` are the chat ids of the approver, `seal` identifies what the person was shown, see
   * {@link proposalSealOf}; `wasSeenByAuthor`: the last author was shown it too; `mayBeAuthor` is the setting for
   * one-person teams. Leads to `approved`, or stays in `review` where a second person must approve.
   */
  | {
      kind: 'approved'
      by: RecordedActor
      identities: ReadonlySet<string>
      seal: string
      wasSeenByAuthor: boolean
      mayBeAuthor: boolean
    }
  /** `approvedAt`: nothing but clauses that changed since that approval stopped it. */
  | { kind: 'rejected'; by?: RecordedActor; reason: string; approvedAt?: string }
  /** Those clauses are as they were. */
  | { kind: 'released' }
  | { kind: 'queued'; sendableUntil: string }
  | { kind: 'posted' }
  | { kind: 'cancelled'; by: RecordedActor }
  | { kind: 'expired' }
  | { kind: 'paused' }
  | { kind: 'resumed' }

/** The states in which each event is valid. */
const from: Record<BroadcastEvent['kind'], readonly BroadcastState[]> = {
  edited: ['draft', 'review', 'approved', 'rejected'],
  rescheduled: ['draft', 'review', 'approved', 'rejected'],
  submitted: ['draft', 'rejected'],
  approved: ['review'],
  rejected: ['review', 'approved'],
  released: ['rejected'],
  queued: ['approved'],
  posted: ['queued'],
  cancelled: ['draft', 'review', 'approved', 'rejected', 'queued', 'posted'],
  expired: ['draft', 'review', 'approved', 'rejected'],
  paused: ['draft', 'review', 'approved', 'rejected'],
  resumed: ['draft', 'review', 'approved', 'rejected'],
}

/**
 * Applies an event to a broadcast. `queued` is reached only from `approved`, with a seal that matches the content to be
 * sent, and has no way back: nothing is sent without approval, and nothing twice.
 * @throws {@link Refusal} when the event is not valid in this state
 */
export function applyBroadcastEvent(
  broadcast: Broadcast,
  event: BroadcastEvent,
  at: Temporal.Instant,
): Broadcast {
  if (!from[event.kind].includes(broadcast.state)) throw new Refusal(sayWhyNot(broadcast, event.kind))
  const now = { ...broadcast, changedAt: at.toString() }
  switch (event.kind) {
    case 'edited':
      return edited(now, event)
    case 'rescheduled':
      return rescheduled(now, event)
    case 'submitted':
      return { ...without(now, 'rejection'), state: 'review' }
    case 'approved':
      return approved(now, event)
    case 'rejected':
      return rejected(now, event)
    case 'released':
      return { ...without(now, 'rejection'), state: 'draft' }
    case 'queued':
      if (!isApproved(now)) throw new Refusal(`推送 ${now.number} 和通过时的内容不一样，没有发，要重新审核。`)
      return { ...now, state: 'queued', sendableUntil: event.sendableUntil }
    case 'cancelled':
      return { ...without(now, 'heldFromBackupOf'), state: 'cancelled', cancelledBy: event.by }
    case 'posted':
    case 'expired':
      return { ...now, state: event.kind }
    case 'paused':
      return { ...now, isPaused: true }
    case 'resumed':
      return { ...without(now, 'heldFromBackupOf'), isPaused: false }
  }
}

/** One that clauses stopped waits for them without a send time, so that its text does not expire meanwhile. */
function rejected(now: Broadcast, { kind: _, ...event }: BroadcastEvent & { kind: 'rejected' }): Broadcast {
  const { approval: _approval, agreed: _agreed, sendAt, ...kept } = now
  const rejection = { at: now.changedAt, ...event }
  return { ...kept, ...(sendAt && !event.approvedAt ? { sendAt } : {}), state: 'rejected', rejection }
}

/** Any change of content or groups withdraws the approval and needs a new review. */
function edited(now: Broadcast, event: BroadcastEvent & { kind: 'edited' }): Broadcast {
  const { goodUntil: _of, ...kept } = now
  const next: Broadcast = { ...kept, ...event.more, ...event.content }
  if (!event.content.picture) delete next.picture
  if (sealOf(next) === sealOf(now)) return { ...now, ...event.more }
  const isAsked = now.state === 'review' || now.state === 'approved'
  return {
    ...without(without(next, 'approval'), 'agreed'),
    author: authorAfter(now, event.by),
    authors: authorsAfter([...authorsOf(now), ...(event.authors ?? [])], event.by),
    state: isAsked ? 'review' : 'draft',
  }
}

/** The shared log-in takes no authorship from a person: who wrote a text and touches it there may not approve it. */
function authorAfter({ author }: Broadcast, by: RecordedActor): RecordedActor {
  return author && isOffice(by) && !isOffice(author) ? author : by
}

/** An approval covers its send time, and a later one on that day. Any other time needs a new review. */
function rescheduled(
  now: Broadcast,
  { sendAt, goesAt }: BroadcastEvent & { kind: 'rescheduled' },
): Broadcast {
  if (sendAt === now.sendAt) return now
  const { sendAt: before = now.approval?.at ?? now.changedAt, ...kept } = now
  const next: Broadcast = { ...kept, ...(sendAt === undefined ? {} : { sendAt }) }
  if (now.state !== 'approved' || isLaterThatDay(before, goesAt)) return next
  return { ...without(next, 'approval'), state: 'review' }
}

function isLaterThatDay(before: string, after: string): boolean {
  const [from, to] = [before, after].map(at => Temporal.Instant.from(at).toZonedDateTimeISO(timeZone))
  return Boolean(
    from &&
      to &&
      Temporal.ZonedDateTime.compare(from, to) <= 0 &&
      from.toPlainDate().equals(to.toPlainDate()),
  )
}

/** All who wrote some of it. */
export const authorsOf = ({ authors, author }: Pick<Broadcast, 'author' | 'authors'>): RecordedActor[] =>
  authors ?? (author ? [author] : [])

/** Those who agreed to the present content and send time, where it needs two. */
export function agreedTo(broadcast: Broadcast): RecordedActor[] {
  const { agreed = [] } = broadcast
  if (agreed.length === 0) return []
  const seal = proposalSealOf(broadcast)
  return agreed.filter(one => one.seal === seal).map(({ by }) => by)
}

type Approver = Pick<
  BroadcastEvent & { kind: 'approved' },
  'by' | 'identities' | 'wasSeenByAuthor' | 'mayBeAuthor'
>

/** The worth of an approval by this person, see {@link judgeApproval}. */
export function judgeApprovalOf(broadcast: Broadcast, approver: Approver): ApprovalVerdict {
  const { by, identities, wasSeenByAuthor, mayBeAuthor } = approver
  const { number, author } = broadcast
  const isWriter = author && (author.id === by.id || identities.has(author.id))
  const what = isWriter ? `推送 ${number} 是你写的` : `推送 ${number} 里的内容只有你看过`
  return judgeApproval({
    ...{ by, identities, agreed: agreedTo(broadcast), isOnePerson: mayBeAuthor },
    authors: soleAuthors(authorsOf(broadcast), wasSeenByAuthor),
    toAuthor: `${what}，要由另一位组织者或审核人来通过。请对方私聊我说「通过 ${number}」。`,
  })
}

function approved(
  now: Broadcast,
  { by, identities, seal, wasSeenByAuthor, mayBeAuthor }: BroadcastEvent & { kind: 'approved' },
): Broadcast {
  if (seal !== proposalSealOf(now))
    throw new Refusal(`推送 ${now.number} 刚刚改过，请先看一眼新的内容，再通过。`)
  const verdict = judgeApprovalOf(now, { by, identities, wasSeenByAuthor, mayBeAuthor })
  if (verdict.kind === 'refused') throw new Refusal(verdict.text)
  if (verdict.kind === 'agreed') {
    const before = (now.agreed ?? []).filter(one => one.seal === seal)
    return { ...now, agreed: [...before, { by, at: now.changedAt, seal }] }
  }
  return { ...now, state: 'approved', approval: { by, at: now.changedAt, seal: sealOf(now) } }
}

/** Whether the approval covers exactly the present content and groups. */
export function isApproved(broadcast: Broadcast): boolean {
  return broadcast.approval?.seal === sealOf(broadcast)
}

/** Hash of the content: text, pictures, files, cited items, groups with their form, and reminders. */
export function sealOf({ parts, picture, files = [], items, groups, reminders }: BroadcastContent): string {
  const aims = groups.map(({ id, form }) => [id, form]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
  const cited = items.map(({ id, revision }) => [id, revision])
  // Absent without files, so that seals from before files existed stay valid.
  const attached = files.length > 0 ? [files.map(({ name, hash }) => [name, hash])] : []
  const later = reminders.map(({ on, text, items: its }) => [
    on,
    text,
    its.map(({ id, revision }) => [id, revision]),
  ])
  const content = JSON.stringify([parts, picture ?? null, cited, aims, later, ...attached])
  return sha256(content)
}

/** Hash of all that a reviewer decides on: the content and the send time. */
export const proposalSealOf = (broadcast: Broadcast): string =>
  sha256(`${sealOf(broadcast)}@${broadcast.sendAt ?? ''}`)

function without<K extends 'approval' | 'agreed' | 'rejection' | 'heldFromBackupOf'>(
  broadcast: Broadcast,
  key: K,
): Broadcast {
  const { [key]: _gone, ...kept } = broadcast
  return kept as Broadcast
}
