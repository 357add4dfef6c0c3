import { isOffice } from '../../../approval.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { Item } from '../../../ports/items.ts'

/**
 * Those who alone wrote or approved one of these items: as the authors of a digest they may not approve it alone. Empty
 * where two persons had each item before them. Two chat identities of one member are one person,
 * and the shared log-in is none.
 */
export async function authorsAmong(
  items: readonly Pick<Item, 'readers'>[],
  { identitiesOf }: Pick<Directory, 'identitiesOf'>,
): Promise<RecordedActor[]> {
  const authors = new Map<string, RecordedActor>()
  for (const { readers } of items) {
    const named = readers.filter(reader => !isOffice(reader))
    const [first] = named
    const own = first && (await identitiesOf(first.id))
    const isReadByTwo = own && named.some(({ id }) => id !== first.id && !own.has(id))
    if (!isReadByTwo) for (const one of first ? [first] : readers) authors.set(one.id, one)
  }
  return [...authors.values()]
}
