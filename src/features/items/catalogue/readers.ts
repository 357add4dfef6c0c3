import type { RecordedActor } from '../../../ports/actor.ts'
import type { KeptItem } from './records.ts'

/**
 * Those who had the present words of an item before them: the last who wrote, and those who approved since. What a
 * member sent in, or a source published, counts as read by no organizer.
 */
export function readersOf({ history }: Pick<KeptItem, 'history'>): RecordedActor[] {
  let readers: RecordedActor[] = []
  for (const { by, kind } of history) {
    if (kind === 'wrote') readers = [by]
    else if (kind === 'read') readers = [...readers.filter(({ id }) => id !== by.id), by]
  }
  return readers
}
