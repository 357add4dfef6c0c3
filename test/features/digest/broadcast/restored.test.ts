import { expect, test } from 'vitest'
import { z } from 'zod'
import { withSendingHeld } from '../../../../src/backup/held.ts'
import type { Person } from '../../../../src/feature.ts'
import type { RawShard } from '../../../../src/ports/raw-store.ts'
import type { Store } from '../../../../src/ports/store.ts'
import { createWorld } from '../../../conversation.ts'
import { openDigest, openDigestPage } from '../world.ts'

const chen: Person = { id: 'org', name: '陈姐', roles: ['organizer'] }
const collections = [
  'deliveries',
  'digest-counters',
  'digest-pictures',
  'digest-runs',
  'digests',
  'outbox-contents',
  'outbox-open',
  'runs',
  'watermark',
]

async function shardsOf(store: Store): Promise<RawShard[]> {
  const all = await Promise.all(
    collections.map(async collection => ({
      collection,
      records: await store.collection(collection, z.unknown()).list(''),
    })),
  )
  return all.map(({ collection, records }) => ({
    collection,
    shard: '',
    version: 1,
    records: new Map(records.map(({ key, value }) => [key, JSON.stringify(value)])),
  }))
}

/** Approved for 16:30, backed up at `at`, lost at 16:40 and restored. */
async function restoreAfter({ backupAt }: { backupAt: { minutes: number } }) {
  const first = openDigest()
  await first.start()
  await first.lin.says('通过 1', '推送 1 通过了')
  await first.forward(backupAt)
  const backup = await shardsOf(first.world.store)
  const madeAt = first.world.clock.now().toString()
  await first.forward({ minutes: 40 - backupAt.minutes })
  expect(first.arrived().sort()).toEqual([...new Set(first.arrived())].sort())
  expect(first.arrived()).toHaveLength(3)

  const world = createWorld('2026-11-27T16:40:00+08:00')
  const { shards, held } = withSendingHeld(backup, { madeAt, lines: [''] })
  for (const { collection, records } of shards)
    for (const [key, text] of records)
      await world.store.collection(collection, z.unknown()).update(key, () => JSON.parse(text))
  const second = openDigestPage(openDigest({ world }), chen)
  await second.start()
  return { ...second, held }
}

test('what was approved before the backup and sent after it is not sent again; a person says that it was', async () => {
  const { arrived, forward, get, post, outbox, feature, held } = await restoreAfter({
    backupAt: { minutes: 20 },
  })
  expect(held).toBe(1)
  await forward({ minutes: 5 })
  expect(arrived()).toEqual([])
  const page = await get()
  for (const words of [
    '这 1 条可能已经发过',
    '的备份，那以后发没发过',
    '没发过，发',
    '发过了，不发',
    '恢复发送',
  ])
    expect(page).toContain(words)
  expect((await feature.chores?.())?.map(({ text }) => text).join()).toContain('可能已经发过（恢复了备份）')
  expect((await post('/1/was-sent')).status).toBe(303)
  expect(await get()).not.toContain('这 1 条可能已经发过')
  await outbox.resume()
  await forward({ minutes: 30 })
  expect(arrived()).toEqual([])
  expect((await post('/1/was-sent')).text).toContain('推送 1 已经')
})

test('a run that is composed again after it may have been sent waits for a person, with a mark on the page and in the letter', async () => {
  // A day and some hours before it is due, so that the backup does not have it.
  const first = openDigest({ world: createWorld('2026-11-26T10:00:00+08:00') })
  await first.start()
  const backup = await shardsOf(first.world.store)
  const madeAt = first.world.clock.now().toString()
  const world = createWorld('2026-11-27T16:40:00+08:00')
  const { shards } = withSendingHeld(backup, { madeAt, lines: [''] })
  for (const { collection, records } of shards)
    for (const [key, text] of records)
      await world.store.collection(collection, z.unknown()).update(key, () => JSON.parse(text))
  const second = openDigestPage(openDigest({ world }), chen)
  await second.start()
  await second.forward({ minutes: 1 })
  expect(await second.get()).toContain('这 1 条可能已经发过')
  await second.outbox.resume()
  await second.forward({ minutes: 5 })
  expect(second.toldTo('lin').join('\n')).toMatch(/推送 1[\s\S]*在备份之后可能已经发过/u)
  expect(second.arrived()).toEqual([])
  expect((await second.post('/1/was-sent')).status).toBe(303)
  // The next run lies behind the restore.
  await second.forward({ hours: 24 * 6 + 22 })
  expect(await second.get()).toContain('推送 2')
  expect(await second.get()).not.toContain('可能已经发过')
})

test('a person says that it was not sent, and it goes out once', async () => {
  const { arrived, forward, post, outbox } = await restoreAfter({ backupAt: { minutes: 20 } })
  expect((await post('/1/resume')).status).toBe(303)
  await forward({ minutes: 2 })
  expect(arrived()).toEqual([])
  await outbox.resume()
  await forward({ minutes: 5 })
  expect(arrived()).toHaveLength(3)
  expect(new Set(arrived()).size).toBe(3)
})

test('deliveries that were under way count as unknown, and are not sent by themselves', () => {
  const delivery = (state: string) => JSON.stringify({ state, notAfter: '2026-12-31T00:00:00Z' })
  const states = ['due', 'sending', 'waiting', 'sent', 'failed', 'manual']
  const shard: RawShard = {
    collection: 'deliveries',
    shard: 'x',
    version: 1,
    records: new Map(states.map(state => [`x/${state}`, delivery(state)])),
  }
  const { shards, held } = withSendingHeld([shard], { madeAt: '2026-11-27T08:40:00Z', lines: ['', 'qq'] })
  const after = [...(shards[0]?.records ?? [])].map(([, text]) => JSON.parse(text).state)
  expect([after, held]).toEqual([['unknown', 'unknown', 'unknown', 'sent', 'failed', 'manual'], 3])
  expect([...(shards.at(-1)?.records.keys() ?? [])]).toEqual(['outbox/pause', 'outbox/pause-qq'])
})
