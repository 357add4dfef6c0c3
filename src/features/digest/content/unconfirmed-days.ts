import type { Item } from '../../../ports/items.ts'
import { foldCharacters } from '../../../text/characters.ts'
import { findDays } from '../../../text/notices/days.ts'

/** Whether a sentence of an item names a day that may be its deadline, while an organizer has not chosen. */
export function namesUnconfirmedDay(
  sentence: string,
  { unconfirmedDays, publishedOn }: Pick<Item, 'unconfirmedDays' | 'publishedOn'>,
): boolean {
  if (unconfirmedDays.length === 0) return false
  const named = findDays(foldCharacters(sentence), publishedOn)
  return named.some(({ day }) => unconfirmedDays.some(unconfirmed => unconfirmed.equals(day)))
}
