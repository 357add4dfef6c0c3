import { Temporal } from 'temporal-polyfill'
import type { Item } from '../src/ports/items.ts'

/** An item on policy that an organizer approved on 1 November 2026, without a deadline, a text or a programme. */
export function sampleItem(id: string, more: Partial<Item> = {}): Item {
  return {
    id,
    revision: 1,
    stream: '政策',
    title: `${id} 的标题`,
    link: undefined,
    from: '省科技厅',
    documentNumber: undefined,
    publishedOn: Temporal.PlainDate.from('2026-11-01'),
    deadline: undefined,
    unconfirmedDays: [],
    readers: [],
    isSetLocally: false,
    effectiveFrom: undefined,
    effectiveUntil: undefined,
    programmeIds: [],
    topics: [],
    text: '',
    lines: undefined,
    state: 'approved',
    approvedAt: Temporal.Instant.from('2026-11-01T09:00:00+08:00'),
    ...more,
  }
}
