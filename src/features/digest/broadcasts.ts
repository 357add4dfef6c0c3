import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import type { Delivery } from '../../outbox/index.ts'
import { createTurn } from '../../outbox/turn.ts'
import { createCorrections } from './corrections.ts'
import { broadcastId, createDrafts, type DigestParts } from './drafts.ts'
import { type Actor, type Digest, openRecords } from './records.ts'
import { confirmWithinMinutes } from './rules.ts'
import { createSlots } from './slots.ts'
import { createTimetable } from './timetable.ts'

export type Progress = { digest: Digest; deliveries: Delivery[] }
export type Cancelled =
  | { kind: 'slot'; at: Temporal.Instant }
  | { kind: 'digest'; number: number; stopped: number; arrived: number; underWay: number }

export type Broadcasts = ReturnType<typeof createBroadcasts>

/** How many digests back a crash may have left something undone; far more than can be open at a time. */
const looksBack = 50

/** Everything that can be done with digests, for chat, console and schedule alike. */
export function createBroadcasts(parts: DigestParts) {
  const { store, clock, outbox, directory } = parts
  const records = openRecords(store)
  const timetable = createTimetable(parts)
  const drafts = createDrafts({ ...parts, timetable }, records)
  // One process owns the store, so decisions that look at several records are safe one after the other.
  const inTurn = createTurn()
  const slots = createSlots({ ...parts, timetable, records, drafts, finish })
  const corrections = createCorrections({ ...parts, records, progressOf })

  /** As {@link createTurn}, with nothing left undone before. */
  function decide<T>(work: () => Promise<T>): Promise<T> {
    return inTurn(async () => {
      for (const digest of await records.recent(looksBack)) await finish(digest)
      return work()
    })
  }

  /** Hands a decided digest over; each step may be repeated after a crash without harm. */
  async function finish(digest: Digest): Promise<Digest> {
    if (digest.state !== 'decided') return digest
    await records.markPushed(digest)
    await outbox.post(
      digest.groups.map(({ id }) => ({
        key: `${broadcastId(digest.number)}/${id}`,
        target: { groupId: id },
        kind: 'broadcast' as const,
        reply: { text: digest.text },
        notAfter: Temporal.Instant.from(digest.sendableUntil),
      })),
    )
    return records.change(digest, { state: 'posted' })
  }

  /** Composes a digest to be looked at; nothing is sent before {@link confirm}. */
  async function propose(by: Actor): Promise<Digest> {
    const made = await drafts.compose(clock.now(), { state: 'proposed', by })
    if (made === 'nothing-new') throw new Refusal('没有新的条目可推：该推的都推过了，或者过了有效期。')
    if (made === 'no-groups') throw new Refusal('还没有绑定的群。请先在群里说「绑定本群」。')
    return made
  }

  /** Sends exactly what was proposed, once. */
  async function confirm(number: number): Promise<Digest> {
    const digest = await existing(number)
    await checkStillTrue(digest)
    return finish(await records.change(digest, { state: 'decided' }))
  }

  async function checkStillTrue({ number, state, composedAt, text, groups, sendableUntil }: Digest) {
    if (state === 'cancelled') throw new Refusal(`推送 ${number} 已经取消了。要发请重新「立即推送」。`)
    if (state !== 'proposed') {
      throw new Refusal(`推送 ${number} 已经发过了，不会再发一遍。说「推送情况 ${number}」看送到了哪里。`)
    }
    const again = '请重新「立即推送」，看过再确认。'
    if (clock.now().since(composedAt).total('minutes') > confirmWithinMinutes) {
      throw new Refusal(`预览过了 ${confirmWithinMinutes} 分钟，没有发。${again}`)
    }
    if (Temporal.Instant.compare(outbox.window(clock.now()).opensAt, sendableUntil) > 0) {
      throw new Refusal(`现在到了夜里，不打扰大家，没有发。请重新「立即推送」，早上再发。`)
    }
    const current = await drafts.draft(clock.now())
    if (current.text !== text) throw new Refusal(`预览之后条目有了变化，没有发。${again}`)
    if (idsOf(current.groups) !== idsOf(groups)) {
      throw new Refusal(`预览之后绑定的群有了变化，没有发。${again}`)
    }
  }

  async function existing(number: number): Promise<Digest> {
    const digest = await records.get(number)
    if (!digest) throw new Refusal(`没有编号 ${number} 的推送。说「推送列表」看看有哪些。`)
    return digest
  }

  /** Cancels that digest, else the one that is being sent, else the next slot. */
  async function cancel(by: Actor, number?: number): Promise<Cancelled> {
    const digest = number === undefined ? await beingSent() : await existing(number)
    return digest ? cancelDigest(digest, by) : { kind: 'slot', at: await slots.cancelNext(by) }
  }

  async function beingSent(): Promise<Digest | undefined> {
    for (const digest of await records.recent(looksBack)) {
      const deliveries = await outbox.deliveries(broadcastId(digest.number))
      if (deliveries.some(({ state }) => state === 'due')) return digest
    }
    return undefined
  }

  async function cancelDigest(digest: Digest, by: Actor): Promise<Cancelled> {
    const { number, state } = digest
    if (state === 'cancelled') throw new Refusal(`推送 ${number} 已经取消过了，不用再取消。`)
    const stopped = await outbox.cancel(broadcastId(number))
    const states = (await outbox.deliveries(broadcastId(number))).map(delivery => delivery.state)
    const count = (...of: Delivery['state'][]) => states.filter(state => of.includes(state)).length
    const arrived = count('sent', 'confirmed')
    if (state === 'posted' && stopped === 0) {
      throw new Refusal(`推送 ${number} 已经发完了，送到 ${arrived} 个群，收不回来。`)
    }
    await records.change(digest, { state: 'cancelled', cancelledBy: by })
    return { kind: 'digest', number, stopped, arrived, underWay: count('sending', 'unknown') }
  }

  async function progress(number?: number): Promise<Progress> {
    const [latest] = number === undefined ? await records.recent(1) : [await existing(number)]
    if (!latest) throw new Refusal('还没有推送过。说「预览推送」看下一次会发什么。')
    return progressOf(latest)
  }

  async function progressOf(digest: Digest): Promise<Progress> {
    return { digest, deliveries: await outbox.deliveries(broadcastId(digest.number)) }
  }

  /** The digest of that number, else the latest of which something is as asked. */
  async function withDeliveries(number: number | undefined, states: Delivery['state'][]): Promise<Digest> {
    if (number !== undefined) return existing(number)
    for (const digest of await records.recent(looksBack)) {
      const { deliveries } = await progressOf(digest)
      if (deliveries.some(({ state }) => states.includes(state))) return digest
    }
    throw new Refusal('最近的推送里没有这样的群。说「推送情况」看看。')
  }

  async function history(most: number): Promise<Progress[]> {
    return Promise.all((await records.recent(most)).map(({ number }) => progress(number)))
  }

  /** Tells every organizer in private, once for each key; nobody has to be woken for it. */
  async function tellOrganizers(key: string, text: string) {
    const people = await directory.holders('organizer')
    const notAfter = clock.now().add({ hours: 24 })
    await outbox.post(
      people.map(personId => ({
        key: `${key}/${personId}`,
        target: { personId },
        kind: 'broadcast' as const,
        reply: { text },
        notAfter,
      })),
    )
  }

  return {
    next: drafts.next,
    upcoming: drafts.upcoming,
    progress,
    history,
    tellOrganizers,
    /** The slots in (after, until], oldest first. */
    slots: timetable.slots,
    /** Sends once more to the groups that it did not reach, of that digest or the latest such. */
    resend: (by: Actor, number?: number, attemptsSeen?: number) =>
      decide(async () => corrections.resend(await withDeliveries(number, ['failed']), by, attemptsSeen)),
    settle: (number: number, key: string, decided: Actor & { hasArrived: boolean }) =>
      decide(async () => corrections.settle(await existing(number), key, decided)),
    noteByHand: (by: Actor, number?: number, groupName?: string) =>
      decide(async () => {
        const digest = await withDeliveries(number, ['due', 'failed', 'expired', 'unknown'])
        return { digest, noted: await corrections.noteByHand(digest, by, groupName) }
      }),
    propose: (by: Actor) => decide(() => propose(by)),
    confirm: (number: number) => decide(() => confirm(number)),
    cancel: (by: Actor, number?: number) => decide(() => cancel(by, number)),
    /** Cancels the next slot, whatever is being sent, provided that it is still that one. */
    cancelSlot: (by: Actor, slot: string) => decide(() => slots.cancelNext(by, slot)),
    runSlot: (at: Temporal.Instant) => decide(() => slots.run(at)),
    missSlot: (at: Temporal.Instant) => decide(() => slots.miss(at)),
    /** Does what a crash left undone and notes what is to come. @returns the slots that came and were not taken. */
    leftSlots: () =>
      decide(async () => {
        await slots.plan()
        return slots.left()
      }),
  }
}

const idsOf = (groups: readonly { id: string }[]) => groups.map(({ id }) => id).join('\n')
