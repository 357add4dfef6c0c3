import type { Temporal } from 'temporal-polyfill'
import type { Delivery, RunningOutbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory, Group } from '../../ports/directory.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { Store } from '../../ports/store.ts'
import { type Item, readItems } from './items.ts'
import type { Digest, Records } from './records.ts'
import { chooseItems, composeText, dayOf, sendableUntil } from './rules.ts'

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

export type Draft = { text: string; items: Item[]; groups: Group[]; seconds: number }
export type UpcomingSlot = { at: Temporal.Instant; isCancelled: boolean }
export type NextPush = UpcomingSlot & { draft: Draft }

export type Drafts = ReturnType<typeof createDrafts>

/** How far ahead the next slots are looked for. */
const horizonDays = 35
/** A delivery in one of these states has shown nobody anything. */
const reachedNobody = new Set<Delivery['state']>(['failed', 'expired', 'cancelled'])

/** What would go out, to whom and when; asking changes nothing. */
export function createDrafts(parts: DigestParts, records: Records) {
  const { clock, outbox, directory, scheduler, cron, shelfLifeMinutes, itemsFile } = parts

  async function draft(at: Temporal.Instant): Promise<Draft> {
    const current = await readItems(itemsFile)
    const items = chooseItems(current, await pushedIds(current), dayOf(at))
    const groups = await directory.groups()
    const seconds = outbox.estimateSeconds(groups.length)
    return { items, groups, text: composeText(items, dayOf(at)), seconds }
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
    const slots = scheduler.slots(cron, now, now.add({ hours: 24 * horizonDays })).slice(0, most)
    const states = await Promise.all(slots.map(at => records.slot(at.toString())))
    return slots.map((at, i) => ({ at, isCancelled: states[i]?.state === 'cancelled' }))
  }

  /** The next push as it would go out if nothing changed until then. */
  async function next(): Promise<NextPush | undefined> {
    const [soonest] = await upcoming(1)
    return soonest && { ...soonest, draft: await draft(soonest.at) }
  }

  /** Fixes what is sent, byte for byte, and to whom. */
  async function compose(at: Temporal.Instant, more: Pick<Digest, 'state'> & Partial<Digest>) {
    const { text, items, groups, seconds } = await draft(at)
    if (items.length === 0) return 'nothing-new'
    if (groups.length === 0) return 'no-groups'
    return records.add({
      composedAt: clock.now().toString(),
      text,
      groups,
      itemIds: items.map(({ id }) => id),
      sendableUntil: sendableUntil(items, at, shelfLifeMinutes + Math.ceil(seconds / 60)).toString(),
      ...more,
    })
  }

  return { draft, upcoming, next, compose }
}

/** The outbox's name for a digest. */
export const broadcastId = (number: number) => `digest-${number}`
