import type { ItemDraft } from '../../../src/features/items/catalogue/records.ts'

/** An item that a source gave, as little as there can be of one. */
export function draft(more: Partial<ItemDraft> = {}): ItemDraft {
  return {
    state: 'new',
    stream: '政策',
    title: '关于组织申报研发投入奖补的通知',
    from: '某区科技局',
    publishedOn: '2026-11-20',
    amounts: [],
    deadlineChoices: [],
    isSetLocally: false,
    dates: [],
    programmeIds: [],
    topics: [],
    text: '请于12月15日前报送。',
    summary: '',
    doubts: [],
    origin: 'source',
    alsoAt: [],
    sketch: '',
    foundAt: '2026-11-20T01:00:00Z',
    history: [],
    ...more,
  }
}
