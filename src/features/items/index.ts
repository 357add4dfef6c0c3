import type { Feature } from '../../feature.ts'
import type { Items } from '../../ports/items.ts'
import type { Store } from '../../ports/store.ts'
import { openCatalogue } from './catalogue.ts'
import { openItemRecords } from './records.ts'
import { createShelf } from './shelf.ts'

type Parts = {
  store: Store
  /** Hand-checked items, which count as approved. */
  seedFile: string
}
export type ItemsRoom = { feature: Feature; items: Items }

/** What there is to tell: collected, typed or sent in, and told only once an organizer approved it. */
export async function openItems({ store, seedFile }: Parts): Promise<ItemsRoom> {
  const catalogue = await openCatalogue(openItemRecords(store))
  return { feature: { name: 'items' }, items: createShelf({ catalogue, seedFile }) }
}
