import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { Job } from '../../src/feature.ts'
import { createJobRunner, cronDue } from '../../src/jobs.ts'
import { createPassage } from '../../src/sandbox/passage.ts'
import { createWorld } from '../conversation.ts'

/** A world in which every job sends for ten seconds. */
function open() {
  const { clock, store, scheduler, log } = createWorld('2026-11-23T08:00:00+08:00')
  const ran: string[] = []
  let sendingUntil = clock.now()
  const job: Job = {
    name: 'digest',
    title: '政策速递',
    shelfLifeMinutes: 120,
    due: cronDue(scheduler, '30 16 * * *'),
    run: async () => {
      ran.push(clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString())
      sendingUntil = clock.now().add({ seconds: 10 })
    },
  }
  const jobs = createJobRunner({ jobs: [job], sweeps: [], store, scheduler, clock, log })
  const isSending = () => Temporal.Instant.compare(clock.now(), sendingUntil) < 0
  const pass = createPassage({ clock, move: clock.forward, jobs, isSending })
  return { pass: (text: string) => pass(Temporal.Duration.from(text)), jobs, ran, clock, isSending }
}

test('what falls due on the way runs at its time, not late at the end', async () => {
  const { pass, jobs, ran } = open()
  await jobs.tick()
  const now = await pass('P3D')
  expect(ran).toEqual(['2026-11-23T16:30:00', '2026-11-24T16:30:00', '2026-11-25T16:30:00'])
  expect(now.toString()).toBe('2026-11-26T00:00:00Z')
})

test('what it sends is out before time goes on', async () => {
  const { pass, jobs, isSending, clock } = open()
  await jobs.tick()
  await pass('PT8H30M')
  expect(isSending()).toBe(false)
  expect(clock.now().toString()).toBe('2026-11-23T08:30:10Z')
})

test('a short while with nothing due only moves the clock', async () => {
  const { pass, ran, clock } = open()
  await pass('PT15M')
  expect(ran).toEqual([])
  expect(clock.now().toString()).toBe('2026-11-23T00:15:00Z')
})
