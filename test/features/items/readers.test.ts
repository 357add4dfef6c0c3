import { expect, test } from 'vitest'
import { authorsAmong } from '../../../src/features/digest/content/authors.ts'
import { readersOf } from '../../../src/features/items/catalogue/readers.ts'
import { itemMigrations, type KeptItem } from '../../../src/features/items/catalogue/records.ts'

const at = '2026-11-27T08:00:00Z'
/** As the first version stored it, without the kinds of the deeds. */
const history = (...deeds: [string, string][]) => {
  const stored = { history: deeds.map(([id, deed]) => ({ at, by: { id, name: id }, deed })) }
  const migrated = itemMigrations.reduce<unknown>((old, migrate) => migrate(old), stored)
  return (migrated as Pick<KeptItem, 'history'>).history
}

test.each<[string, [string, string][], string[]]>([
  [
    'collected and accepted',
    [
      ['bot', '采集'],
      ['chen', '通过'],
    ],
    ['chen'],
  ],
  [
    'sent in by a member and accepted',
    [
      ['mei', '投稿'],
      ['chen', '通过'],
    ],
    ['chen'],
  ],
  [
    'typed by one, accepted by another',
    [
      ['chen', '录入'],
      ['he', '通过'],
    ],
    ['chen', 'he'],
  ],
  [
    'corrected after that',
    [
      ['chen', '录入'],
      ['he', '通过'],
      ['chen', '修改'],
    ],
    ['chen'],
  ],
  [
    'with a deadline chosen after that',
    [
      ['he', '通过'],
      ['chen', '确认截止日 2026年12月1日'],
    ],
    ['chen'],
  ],
  [
    'with the role of a day corrected',
    [
      ['he', '通过'],
      ['chen', '「12月1日」改为截止'],
    ],
    ['chen'],
  ],
  [
    'read anew',
    [
      ['he', '通过'],
      ['chen', '重新读原文'],
    ],
    ['chen'],
  ],
  [
    'dismissed and taken back',
    [
      ['chen', '录入'],
      ['he', '不用'],
      ['he', '放回待看'],
    ],
    ['chen'],
  ],
])('readers of an item %s', (_, deeds, readers) => {
  expect(readersOf({ history: history(...deeds) }).map(({ id }) => id)).toEqual(readers)
})

test('two chat identities of one member are one reader, and the shared log-in is none', async () => {
  const identitiesOf = async (id: string) => new Set(id.startsWith('chen') ? ['chen', 'chen-qq'] : [id])
  const authors = async (...readers: string[]) => {
    const items = [{ readers: readers.map(id => ({ id, name: id })) }]
    return (await authorsAmong(items, { identitiesOf })).map(({ id }) => id)
  }
  expect(await authors('chen', 'chen-qq')).toEqual(['chen'])
  expect(await authors('chen', 'he')).toEqual([])
  expect(await authors('office:password', 'chen')).toEqual(['chen'])
  expect(await authors('office:password')).toEqual(['office:password'])
  expect(await authors()).toEqual([])
})
