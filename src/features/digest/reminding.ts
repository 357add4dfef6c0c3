import type { Temporal } from 'temporal-polyfill'
import type { Item, Stream } from '../../ports/items.ts'
import { timeZone } from '../../text/dates/time.ts'
import { remindDaysBefore, remindersFor } from './composer.ts'
import type { DigestContext } from './context.ts'
import type { BroadcastDrafts } from './drafts.ts'
import type { Plans } from './plans.ts'
import type { Broadcast } from './records.ts'
import { remindAt } from './reminders.ts'
import { dayOf } from './validity.ts'

/** So long before it goes out, a reminder that no digest brought along is put up for review. */
const leadHours = 24

type RemindingParts = DigestContext & {
  plans: Plans
  making: BroadcastDrafts
  ask(broadcast: Broadcast): Promise<void>
}

/**
 * Reminders of deadlines that no approved digest brings along: put together a day ahead, for the groups of the stream,
 * and reviewed like anything else. Each item once.
 */
export function createReminding({ book, clock, items, plans, making, ask }: RemindingParts) {
  async function tend(): Promise<void> {
    const today = dayOf(clock.now())
    const near = await items.withDeadline(
      today.add({ days: remindDaysBefore }),
      today.add({ days: remindDaysBefore + 1 }),
    )
    const open: Item[] = []
    for (const item of near) if (isTime(item) && !(await isReminded(item))) open.push(item)
    for (const stream of new Set(open.map(item => item.stream))) {
      await remind(
        stream,
        open.filter(item => item.stream === stream),
      )
    }
  }

  /** Whether it goes out within a day, and not before now. */
  function isTime({ deadline }: Item): boolean {
    const until = deadline && clock.now().until(sendAtFor(deadline.value)).total('hours')
    return until !== undefined && until > 0 && until <= leadHours
  }

  /** Of this deadline: one that is put off is worth another word. */
  async function isReminded(item: Item): Promise<boolean> {
    if (!item.deadline || (await book.slot(slotOf(item)))) return true
    const on = item.deadline.value.subtract({ days: remindDaysBefore }).toString()
    const cites = (cited: Broadcast['items']) => cited.some(({ id }) => id === item.id)
    const reminds = ({ kind, items: own, sendAt, reminders }: Broadcast) =>
      kind === 'reminder'
        ? cites(own) && sendAt === sendAtFor(item.deadline?.value ?? dayOf(clock.now())).toString()
        : reminders.some(one => one.on === on && cites(one.items))
    const told = await Promise.all((await book.toldIn(item.id)).map(book.get))
    return [...(await book.open()), ...told.filter(one => one !== undefined)].some(reminds)
  }

  async function remind(stream: Stream, own: readonly Item[]) {
    const plan = await plans.get(stream)
    if (!plan.reminds || plan.isPaused) return
    for (const { on, items: cited, text } of remindersFor(own, dayOf(clock.now()))) {
      const [first] = own.filter(item => cited.some(({ id }) => id === item.id))
      if (!first?.deadline) continue
      const sendAt = sendAtFor(first.deadline.value)
      const made = await making.reminder(plan, { text, cited, sendAt, slot: `remind-${stream}@${on}` })
      if (!made) continue
      const reminded = own.filter(item => cited.some(({ id }) => id === item.id))
      for (const item of reminded)
        await book.noteSlot(slotOf(item), { state: 'composed', number: made.number })
      await ask(made)
    }
  }

  return { tend }
}

/** An item's one reminder of this deadline, whatever becomes of it. */
const slotOf = ({ id, deadline }: Item) => `remind-item-${id}@${deadline?.value.toString() ?? ''}`

function sendAtFor(deadline: Temporal.PlainDate): Temporal.Instant {
  const day = deadline.subtract({ days: remindDaysBefore })
  return day.toZonedDateTime({ timeZone, plainTime: remindAt }).toInstant()
}
