import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Job } from '../../../../src/feature.ts'
import { openBroadcastStore } from '../../../../src/features/digest/broadcast/store.ts'
import { pass } from '../../../outbox/world.ts'
import { openDigest } from '../world.ts'

const at = (time: string) => Temporal.Instant.from(`2026-11-27T${time}+08:00`)

type Digest = ReturnType<typeof openDigest>

/** Two approved notices of 17:00, numbered 2 and 3, at 17:00 sharp; nothing has ticked since they were approved. */
async function openWithTwoDue() {
  const digest = openDigest()
  const { world, org, lin, start } = digest
  await start()
  await lin.says('驳回 1 不发', '驳回了')
  for (const number of [2, 3]) {
    await org.send(
      org.message(`拟通知 今天17:00 发到 全部\n通知正文第${number}份。`, { id: `draft-${number}` }),
    )
    await org.send(org.message(`送审 ${number}`, { id: `submit-${number}` }))
    await lin.send(lin.message(`预览 ${number}`, { id: `look-${number}` }))
    await lin.says(`通过 ${number}`, '通过了')
  }
  world.clock.forward({ minutes: 60 })
  return digest
}

const jobOf = ({ feature }: Digest, name: string) =>
  (feature.jobs ?? []).find(job => job.name === name) as Job
const statesOf = async ({ world }: Digest) => {
  const broadcasts = openBroadcastStore(world.store)
  return Promise.all([2, 3].map(async number => (await broadcasts.get(number))?.state))
}
const slotOf = async (digest: Digest, number: number) => {
  const due = await jobOf(digest, 'digest').due(at('16:59:00'), at('17:00:00'))
  const found = due.find(({ key }) => key.startsWith(`${number}@`))
  if (!found) throw new Error(`no slot of ${number}`)
  return found
}

test('a slot publishes its own digest and no other', async () => {
  const digest = await openWithTwoDue()
  await jobOf(digest, 'digest').run(await slotOf(digest, 2))
  expect(await statesOf(digest)).toEqual(['posted', 'approved'])
})

test('the sweep publishes nothing whose slot was not taken', async () => {
  const digest = await openWithTwoDue()
  for (const sweep of digest.feature.sweeps ?? []) await sweep.run(digest.world.clock.now())
  expect(await statesOf(digest)).toEqual(['approved', 'approved'])
})

test('a slot that the ledger holds as done is not run again, by any trigger', async () => {
  const digest = await openWithTwoDue()
  const { world, forward, outbox, played, arrived } = digest
  const { key, at: dueAt } = await slotOf(digest, 3)
  const done = { job: 'digest', dueAt: dueAt.toString(), claimedAt: dueAt.toString(), outcome: 'done' }
  await world.store.collection('runs', z.any()).update(`digest-2026-11/${key}`, () => done)
  await played.jobs.tick()
  await pass(world, 60)
  await forward({ minutes: 10 })
  expect(await statesOf(digest)).toEqual(['posted', 'approved'])
  expect(arrived()).toHaveLength(3)
  await outbox.stop()
})

test('composing takes its own slot too', async () => {
  const digest = openDigest({ parts: { cron: '30 16 * * 5' } })
  const compose = jobOf(digest, 'digest-compose')
  for (const sweep of digest.feature.sweeps ?? []) await sweep.run(digest.world.clock.now())
  const broadcasts = openBroadcastStore(digest.world.store)
  expect(await broadcasts.all()).toEqual([])
  const [due] = await compose.due(at('15:59:00'), at('16:00:00'))
  expect(due?.title).toBe('「政策速递」拟稿，送审')
  if (due) await compose.run(due)
  expect((await broadcasts.all()).map(({ state }) => state)).toEqual(['review'])
  if (due) await compose.run(due)
  expect(await broadcasts.all()).toHaveLength(1)
})
