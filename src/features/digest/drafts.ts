import { Temporal } from 'temporal-polyfill'
import type { Delivery, RunningOutbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory, Group } from '../../ports/directory.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { Store } from '../../ports/store.ts'
import { type Item, readItems } from './items.ts'
import type { Digest, Records } from './records.ts'
import { chooseItems, composeText, dayOf, goodUntil, sendableUntil } from './rules.ts'
import type { Timetable } from './timetable.ts'

export type DigestParts = {
  store: Store
  clock: Clock
  outbox: Omit<RunningOutbox, 'start' | 'stop' | 'echo' | 'throttled'>
  directory: Directory
  scheduler: Scheduler
  /** When the digest goes out, in Asia/Shanghai. */
  cron: string
  /** How late after its slot, or after its preview, a digest may still be sent. */
  shelfLifeMinutes: number
  itemsFile: string
}

export type Draft = {
  text: string
  items: Item[]
  groups: Group[]
  seconds: number
  /** When the first group gets it: in the morning, where it is night. */
  goesAt: Temporal.Instant
  /** When the night begins after that, and whether what was not sent by then is too late in the morning. */
  night?: { from: Temporal.Instant; isTooLateAfter: boolean }
  sendableUntil: Temporal.Instant
}
export type UpcomingSlot = { at: Temporal.Instant; isCancelled: boolean }
export type NextPush = UpcomingSlot & { draft: Draft }

export type Drafts = ReturnType<typeof createDrafts>

/** How far ahead the next slots are looked for. */
const horizonDays = 35
/** A delivery in one of these states has shown nobody anything. */
const reachedNobody = new Set<Delivery['state']>(['failed', 'expired', 'cancelled'])

/** What would go out, to whom and when; asking changes nothing. */
export function createDrafts(parts: DigestParts & { timetable: Timetable }, records: Records) {
  const { clock, outbox, directory, timetable, shelfLifeMinutes, itemsFile } = parts

  async function draft(at: Temporal.Instant): Promise<Draft> {
    const { opensAt: goesAt, closesAt } = outbox.window(at)
    const day = dayOf(goesAt)
    const current = await readItems(itemsFile)
    const items = chooseItems(current, await pushedIds(current), day)
    const groups = await directory.groups()
    const seconds = outbox.estimateSeconds(groups.length)
    const until = sendableUntil(items, goesAt, shelfLifeMinutes + Math.ceil(seconds / 60))
    const isTooLateAfter = closesAt && Temporal.Instant.compare(outbox.window(closesAt).opensAt, until) > 0
    const night = closesAt && { from: closesAt, isTooLateAfter: isTooLateAfter ?? false }
    const text = composeText(items, day)
    return { items, groups, text, seconds, goesAt, ...(night ? { night } : {}), sendableUntil: until }
  }

  /** An item counts as pushed once any group has it, or may have it. */
  async function pushedIds(items: readonly Item[]): Promise<Set<string>> {
    const found = await Promise.all(
      items.map(async ({ id }) => {
        const number = await records.pushedIn(id)
        return number !== undefined && (await hasReachedSomebody(number)) ? [id] : []
      }),
    )
    return new Set(found.flat())
  }

  async function hasReachedSomebody(number: number): Promise<boolean> {
    const deliveries = await outbox.deliveries(broadcastId(number))
    return deliveries.some(({ state }) => !reachedNobody.has(state))
  }

  /** The next slots, soonest first, cancelled ones too. */
  async function upcoming(most: number): Promise<UpcomingSlot[]> {
    const now = clock.now()
    const slots = timetable.slots(now, now.add({ hours: 24 * horizonDays }))
    const states = await Promise.all(slots.map(async at => ({ at, slot: await records.slot(at.toString()) })))
    // A slot that is to come and was taken already: the clock was put back.
    const open = states.filter(({ slot }) => !slot || slot.state === 'planned' || slot.state === 'cancelled')
    return open.slice(0, most).map(({ at, slot }) => ({ at, isCancelled: slot?.state === 'cancelled' }))
  }

  /** The next push as it would go out if nothing changed until then. */
  async function next(): Promise<NextPush | undefined> {
    const [soonest] = await upcoming(1)
    return soonest && { ...soonest, draft: await draft(soonest.at) }
  }

  /** Fixes what is sent, byte for byte, and to whom. */
  async function compose(at: Temporal.Instant, more: Pick<Digest, 'state'> & Partial<Digest>) {
    const { text, items, groups, sendableUntil: until } = await draft(at)
    const itemsEnd = goodUntil(items)
    if (items.length === 0) return 'nothing-new'
    if (groups.length === 0) return 'no-groups'
    return records.add({
      composedAt: clock.now().toString(),
      text,
      groups,
      itemIds: items.map(({ id }) => id),
      sendableUntil: until.toString(),
      ...(itemsEnd ? { goodUntil: itemsEnd.toString() } : {}),
      ...more,
    })
  }

  return { draft, upcoming, next, compose }
}

/** The outbox's name for a digest. */
export const broadcastId = (number: number) => `digest-${number}`
