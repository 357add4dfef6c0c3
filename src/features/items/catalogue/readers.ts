import type { ItemActor, KeptItem } from './records.ts'

/** Deeds that change what is told of an item, done with the item before one's eyes. */
const isWriting = (deed: string) => /^(?:录入|修改|确认|「|重新读原文)/u.test(deed)
const isLooking = (deed: string) => deed === '通过'

/**
 * Those who had the present words of an item before them: the last who wrote, and those who approved since. What a member
 * sent in, or a source published, counts as read by no organizer.
 */
export function readersOf({ history }: Pick<KeptItem, 'history'>): ItemActor[] {
  let readers: ItemActor[] = []
  for (const { by, deed } of history) {
    if (isWriting(deed)) readers = [by]
    else if (isLooking(deed)) readers = [...readers.filter(({ id }) => id !== by.id), by]
  }
  return readers
}
