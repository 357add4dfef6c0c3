import type { Item } from '../../../ports/items.ts'
import { findDays } from '../../../text/notices/dates/days.ts'
import { foldNotice } from '../../../text/notices/folding.ts'

const pieces = /(?<=[，,！!？?。；;｜|：:）)】\s])|(?=[（(【])/u

/** A title without the pieces that name an unconfirmed day; empty where none is left. */
export function withoutUnconfirmedDays(
  title: string,
  item: Pick<Item, 'unconfirmedDays' | 'publishedOn'>,
): string {
  if (!namesUnconfirmedDay(title, item)) return title
  const left = title.split(pieces).filter(piece => !namesUnconfirmedDay(piece, item))
  return left.join('').replace(/[，,；;｜|：:\s]+$/u, '')
}

/** Whether a sentence of an item names a day that may be its deadline, while an organizer has not chosen. */
export function namesUnconfirmedDay(
  sentence: string,
  { unconfirmedDays, publishedOn }: Pick<Item, 'unconfirmedDays' | 'publishedOn'>,
): boolean {
  if (unconfirmedDays.length === 0) return false
  // 「16日0时关闭」 names the 15th as the last day.
  const named = findDays(foldNotice(sentence), publishedOn, { takesSlashes: true }).flatMap(({ day }) => [
    day,
    day.subtract({ days: 1 }),
  ])
  return named.some(day => unconfirmedDays.some(unconfirmed => unconfirmed.equals(day)))
}

/** The warning about items of which no organizer has chosen the deadline; undefined if there are none. */
export function sayUnconfirmed(
  items: readonly Pick<Item, 'title' | 'unconfirmedDays'>[],
): string | undefined {
  const open = items.filter(({ unconfirmedDays }) => unconfirmedDays.length > 0)
  if (open.length === 0) return undefined
  const titles = open.map(({ title }) => `「${title}」`).join('、')
  return `${titles}的截止日还没确认，先到「条目」页选好是哪天，再重新拟稿。`
}
