import type { Temporal } from 'temporal-polyfill'
import type { Clock } from '../../../ports/clock.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import { counterKey, type DeskRecords, dayKey, dayPrefix } from '../records.ts'
import { takePlace } from './rules.ts'
import { withMasked } from './without-person.ts'

type Parts = {
  records: Pick<DeskRecords, 'days' | 'counter'>
  clock: Clock
  isClosed(number: number): boolean
}

/** Tickets of each person by day: limits a day's tickets, and gives a question its number. */
export function createAskerDays({ records: { days, counter }, clock, isClosed }: Parts) {
  async function nextNumber(): Promise<number> {
    const drawn = await counter.update(counterKey, now => ({ last: (now?.last ?? 0) + 1 }))
    return drawn?.last ?? 1
  }

  return {
    /**
     * @returns the number of this person's ticket with this question, a new one where there is none
     * @throws TooMany when this person opened enough today
     */
    async numberFor(question: string, chatId: string): Promise<number> {
      const key = dayKey(dayInShanghai(clock.now()), chatId)
      // Before a number is drawn, so that what is refused leaves no gap in the numbers.
      takePlace(await days.get(key), { number: 0, question }, isClosed)
      const wanted = { number: await nextNumber(), question }
      let taken = wanted.number
      await days.update(key, now => {
        const place = takePlace(now, wanted, isClosed)
        taken = place.number
        return place.day
      })
      return taken
    },

    /** Forgets what these people asked, and their names in what others asked. */
    async forgetAskers(chatIds: readonly string[], masked: (text: string) => string): Promise<void> {
      const endings = chatIds.map(chatId => dayKey('', chatId))
      for (const { key } of await days.list(''))
        await days.update(key, now =>
          now && !endings.some(ending => key.endsWith(ending)) ? withMasked(now, masked) : undefined,
        )
    },

    async forgetBefore(limit: Temporal.Instant): Promise<void> {
      for (const { key } of await days.list(''))
        if (key < dayPrefix(dayInShanghai(limit))) await days.update(key, () => undefined)
    },
  }
}
