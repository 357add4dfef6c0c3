import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { openAttendanceRecords } from '../../src/features/attendance/lessons/records/records.ts'
import { openBroadcastStore } from '../../src/features/digest/broadcast/store.ts'
import { openDocumentRecords } from '../../src/features/documents/library/records.ts'
import { openItemRecords } from '../../src/features/items/catalogue/records.ts'
import type { Migration } from '../../src/ports/store.ts'
import { createStoreFolder, type StoreFolder } from '../adapters/store-folder.ts'
import { lessonAt } from './attendance/lessons.ts'
import { draft } from './items/drafts.ts'

let place: StoreFolder
beforeEach(() => {
  place = createStoreFolder()
})
afterEach(() => place.dispose())

/** Stores a record as a former version of the program wrote it. */
async function writtenBefore(
  name: string,
  { version, key }: { version: number; key: string },
  value: object,
) {
  const migrations = Array.from({ length: version - 1 }, (): Migration => old => old)
  const store = await place.reopen()
  await store.collection<object>(name, z.looseObject({}), migrations).update(key, () => value)
}

test('the outages of a lesson are read under their former name, after a call for a backup', async () => {
  const { outages: _, ...rest } = lessonAt('2026-11-28T06:00:00Z')
  const deafSpans = [{ from: '2026-11-28T06:01:00Z', to: '2026-11-28T06:04:00Z' }]
  await writtenBefore('lessons', { version: 2, key: 'a/lesson' }, { ...rest, deafSpans })
  await writtenBefore('lessons', { version: 2, key: 'b/lesson' }, rest)
  const migrated: string[] = []
  const beforeMigration = async (name: string) => void migrated.push(name)
  const { lessons } = openAttendanceRecords(await place.reopen({ beforeMigration }))
  expect(await lessons.get('a/lesson')).toEqual({ ...rest, outages: deafSpans })
  expect((await lessons.get('b/lesson'))?.outages).toEqual([])
  expect(migrated).toContain('lessons')
})

test('a withdrawn document keeps the older version that came into force again', async () => {
  const document = {
    number: 2,
    revision: 1,
    state: 'withdrawn',
    title: '办法',
    inForce: {},
    file: { name: 'a.txt', kind: 'txt', sha256: '0', bytes: 1, pages: 1 },
    passages: [],
    authors: [],
    uploadedAt: '2026-11-28T05:00:00Z',
    history: [],
  }
  await writtenBefore('documents', { version: 1, key: '2/document' }, { ...document, gaveWayTo: 1 })
  await writtenBefore('documents', { version: 1, key: '3/document' }, { ...document, number: 3 })
  const [second, third] = await openDocumentRecords(await place.reopen()).all()
  expect(second).toMatchObject({ number: 2, restoredOlder: 1 })
  expect(second).not.toHaveProperty('gaveWayTo')
  expect(third).not.toHaveProperty('restoredOlder')
})

test('the deeds on an item get their kinds, after a call for a backup', async () => {
  const by = { id: 'chen', name: '陈静' }
  const history = ['录入', '通过', '不用'].map(deed => ({ at: '2026-11-28T05:00:00Z', by, deed }))
  await writtenBefore('items', { version: 1, key: '0/1' }, { ...draft(), number: 1, revision: 3, history })
  const migrated: string[] = []
  const beforeMigration = async (name: string) => void migrated.push(name)
  const item = await openItemRecords(await place.reopen({ beforeMigration })).get(1)
  expect(item?.history.map(({ kind }) => kind)).toEqual(['wrote', 'read', 'other'])
  expect(migrated).toContain('items')
})

test('records of the first formats are refused, and their files stay', async () => {
  await writtenBefore('digests', { version: 1, key: '0/7' }, { number: 7, state: 'posted' })
  const opened = openBroadcastStore(await place.reopen())
  await expect(opened.get(7)).rejects.toThrow('读不出来，已停用、未改动')
  const raw = (await place.reopen()).collection('digests', z.looseObject({}))
  expect(await raw.get('0/7')).toMatchObject({ number: 7 })
})
