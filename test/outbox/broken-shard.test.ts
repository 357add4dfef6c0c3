import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createOutbox } from '../../src/outbox/index.ts'
import { sentMessages } from '../../src/outbox/privacy.ts'
import { createWorld } from '../conversation.ts'
import { pace, pass, surroundings } from './world.ts'

test('one broadcast that cannot be read keeps no other from going out', async () => {
  const world = createWorld()
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const open = () => openLowdbStore({ folder, alarms: world.alarms, log: world.log, clock: world.clock })
  const posting = (group: string) => ({
    key: `a-${group}/${group}`,
    target: { groupId: group },
    kind: 'broadcast' as const,
    reply: { text: group },
    notAfter: world.clock.now().add({ hours: 2 }),
  })
  const firstStore = await open()
  const first = createOutbox({ ...world, ...surroundings, store: firstStore, pace })
  await first.post([posting('甲'), posting('乙')])
  await firstStore.close()
  const [name = ''] = readdirSync(join(folder, 'deliveries'))
  for (const suffix of ['', '.bak'])
    writeFileSync(join(folder, 'deliveries', `${name.replace('.bak', '')}${suffix}`), '{')
  const store = await open()
  const second = createOutbox({ ...world, ...surroundings, store, pace })
  await second.start()
  // The store is on a disk: the clock moves until the message is out.
  await expect
    .poll(async () => {
      await pass(world, 1, 1000)
      return world.said.length
    })
    .toBe(1)
  expect(
    world.alarms
      .list()
      .map(({ text }) => text)
      .join(),
  ).toContain('都读不出来')
  await second.stop()
  await store.close()
})

test('one broadcast that cannot be read keeps no other from being forgotten in its time', async () => {
  const world = createWorld()
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const open = () => openLowdbStore({ folder, alarms: world.alarms, log: world.log, clock: world.clock })
  const textsLeft = () => readdirSync(join(folder, 'outbox-contents')).filter(name => name.endsWith('.json'))
  const firstStore = await open()
  const outbox = createOutbox({ ...world, ...surroundings, store: firstStore, pace })
  await outbox.post(
    ['p1', 'p2', 'p3'].map(personId => ({
      key: `a-${personId}/${personId}`,
      target: { personId },
      kind: 'prompt' as const,
      reply: { text: personId },
      notAfter: world.clock.now().add({ hours: 2 }),
    })),
  )
  await outbox.cancel('a-p1')
  await outbox.cancel('a-p3')
  await firstStore.close()
  const [name = ''] = readdirSync(join(folder, 'deliveries')).filter(one => one.includes('p2'))
  for (const suffix of ['', '.bak'])
    writeFileSync(join(folder, 'deliveries', `${name.replace('.bak', '')}${suffix}`), '{')
  const store = await open()
  world.clock.forward({ hours: 24 * 91 })
  const { jobs = [] } = sentMessages({ ...world, store, keepDays: 90 })
  for (const job of jobs) await job.run({} as never)
  expect(textsLeft()).toHaveLength(1)
  await store.close()
})
