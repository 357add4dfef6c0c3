import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import type { DigestParts, Drafts } from './drafts.ts'
import type { Actor, Digest, Records, Slot } from './records.ts'
import type { Timetable } from './timetable.ts'

/** What became of a slot that had come; nothing when it was cancelled or taken before. */
export type SlotOutcome = 'sent' | 'nothing-new' | 'no-groups' | undefined

type SlotParts = DigestParts & {
  records: Records
  drafts: Drafts
  timetable: Timetable
  finish(digest: Digest): Promise<Digest>
}

/** The digests that go out by themselves. */
export function createSlots(parts: SlotParts) {
  const { clock, timetable, shelfLifeMinutes, records, drafts, finish } = parts

  /** Notes the slots of the next hour: one that a crash interrupts at its very minute is found again by that. */
  async function plan() {
    const hour = clock.now().add({ hours: 1 })
    for (const at of timetable.slots(clock.now(), hour)) await note(at.toString(), 'planned')
  }

  function note(slot: string, state: Slot['state'], by?: Actor): Promise<Slot | undefined> {
    const noted: Slot = { state, ...(by ? { by } : {}) }
    return records.updateSlot(slot, now => (!now || now.state === 'planned' ? noted : now))
  }

  /**
   * Takes a slot that has come, and is not too late; called again for the same slot, it changes nothing. One that
   * was given up as too late is taken all the same: then the clock had leapt ahead, and came back.
   */
  async function run(at: Temporal.Instant): Promise<SlotOutcome> {
    const slot = at.toString()
    const noted = await records.updateSlot(slot, now =>
      !now || now.state === 'missed' ? { state: 'planned' } : now,
    )
    if (noted?.state !== 'planned') return undefined
    const made = (await madeFor(slot)) ?? (await drafts.compose(at, { state: 'decided', slot }))
    if (typeof made === 'string') {
      await records.updateSlot(slot, () => ({ state: 'empty' }))
      return made
    }
    await records.updateSlot(slot, () => ({ state: 'taken', number: made.number }))
    await finish(made)
    return 'sent'
  }

  /** A crash may have come between composing and noting it at the slot. */
  async function madeFor(slot: string): Promise<Digest | undefined> {
    return (await records.recent(5)).find(digest => digest.slot === slot)
  }

  /** Slots that came and were not taken; those past their shelf life are not among them. */
  async function left(): Promise<Temporal.Instant[]> {
    const now = clock.now()
    const earliest = now.subtract({ minutes: shelfLifeMinutes })
    const months = new Set([earliest, now].map(at => at.toString().slice(0, 7)))
    const slots = (await Promise.all([...months].map(records.slotsOf))).flat()
    return slots
      .filter(({ state }) => state === 'planned')
      .map(({ at }) => Temporal.Instant.from(at))
      .filter(at => Temporal.Instant.compare(at, earliest) >= 0 && Temporal.Instant.compare(at, now) <= 0)
  }

  /** Notes that a slot came too late to be sent. @returns whether anybody was waiting for it. */
  async function miss(at: Temporal.Instant): Promise<boolean> {
    return (await note(at.toString(), 'missed'))?.state === 'missed'
  }

  /**
   * @param expected the slot that was seen on the page, so that a slot begun meanwhile does not cost the next.
   * @returns when the slot that was cancelled would have come.
   */
  async function cancelNext(by: Actor, expected?: string): Promise<Temporal.Instant> {
    const [soonest] = await drafts.upcoming(1)
    if (!soonest) throw new Refusal('近期没有排好的推送，不用取消。')
    if (soonest.isCancelled) throw new Refusal('下一次推送已经取消过了，不用再取消。')
    const slot = soonest.at.toString()
    if (expected !== undefined && expected !== slot) {
      throw new Refusal('您看到的那一次已经开始了，没有取消别的。请刷新页面再看。')
    }
    await note(slot, 'cancelled', by)
    return soonest.at
  }

  return { plan, run, left, miss, cancelNext }
}
