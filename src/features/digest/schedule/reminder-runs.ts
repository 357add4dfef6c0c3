import type { Temporal } from 'temporal-polyfill'
import type { Item, Stream } from '../../../ports/items.ts'
import { timeZone } from '../../../text/dates/time.ts'
import type { BroadcastDrafts } from '../broadcast/drafts.ts'
import type { Broadcast } from '../broadcast/records.ts'
import { remindAt } from '../broadcast/reminders.ts'
import { authorsAmong } from '../content/authors.ts'
import { remindDaysBefore, remindersFor } from '../content/composer.ts'
import { dayOf } from '../content/validity.ts'
import type { DigestContext } from '../context.ts'
import type { Plans } from './plans.ts'

/** How long before its send time a separate reminder is sent to review. */
const leadHours = 24

type ReminderParts = DigestContext & {
  plans: Plans
  drafts: BroadcastDrafts
  ask(broadcast: Broadcast): Promise<void>
}

/**
 * Composes reminders of deadlines that no approved digest covers, a day ahead, for the groups of the stream. Each item
 * is reminded of once.
 */
export function createReminderRuns({
  broadcasts,
  clock,
  items,
  plans,
  drafts,
  ask,
  directory,
}: ReminderParts) {
  async function composeDue(): Promise<void> {
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

  /** Whether its reminder is due for sending within a day. */
  function isTime({ deadline }: Item): boolean {
    const until = deadline && clock.now().until(sendAtFor(deadline.value)).total('hours')
    return until !== undefined && until > 0 && until <= leadHours
  }

  /** Whether this deadline is covered; a postponed deadline is reminded of again. */
  async function isReminded(item: Item): Promise<boolean> {
    if (!item.deadline || (await broadcasts.slot(slotOf(item)))) return true
    const on = item.deadline.value.subtract({ days: remindDaysBefore }).toString()
    const cites = (cited: Broadcast['items']) => cited.some(({ id }) => id === item.id)
    const reminds = ({ kind, items: own, sendAt, reminders }: Broadcast) =>
      kind === 'reminder'
        ? cites(own) && sendAt === sendAtFor(item.deadline?.value ?? dayOf(clock.now())).toString()
        : reminders.some(one => one.on === on && cites(one.items))
    const told = await Promise.all((await broadcasts.numbersWithItem(item.id)).map(broadcasts.get))
    return [...(await broadcasts.open()), ...told.filter(one => one !== undefined)].some(reminds)
  }

  async function remind(stream: Stream, own: readonly Item[]) {
    const plan = await plans.get(stream)
    if (!plan.reminds || plan.isPaused) return
    for (const { on, items: cited, text } of remindersFor(own, dayOf(clock.now()))) {
      const [first] = own.filter(item => cited.some(({ id }) => id === item.id))
      if (!first?.deadline) continue
      const sendAt = sendAtFor(first.deadline.value)
      const reminded = own.filter(item => cited.some(({ id }) => id === item.id))
      const authors = await authorsAmong(reminded, directory)
      const slot = `remind-${stream}@${on}`
      const made = await drafts.reminder(plan, { text, cited, authors, sendAt, slot })
      if (!made) continue
      for (const item of reminded)
        await broadcasts.recordSlot(slotOf(item), { state: 'composed', number: made.number })
      await ask(made)
    }
  }

  return { composeDue }
}

/** The slot of the reminder of this item's deadline. */
const slotOf = ({ id, deadline }: Item) => `remind-item-${id}@${deadline?.value.toString() ?? ''}`

function sendAtFor(deadline: Temporal.PlainDate): Temporal.Instant {
  const day = deadline.subtract({ days: remindDaysBefore })
  return day.toZonedDateTime({ timeZone, plainTime: remindAt }).toInstant()
}
