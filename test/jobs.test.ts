import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Due, Job, Sweep } from '../src/feature.ts'
import { createJobRunner, cronDue } from '../src/jobs.ts'
import type { Scheduler } from '../src/ports/schedule.ts'
import type { Store } from '../src/ports/store.ts'
import { createWorld } from './conversation.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const minutesOf = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 60_000)

type JobOptions = {
  name?: string
  everyMinutes?: number
  maxLateMinutes?: number
  run?: (due: Due) => Promise<void>
}

/** Falls due whenever the minutes since 1970 can be divided so. */
function jobOf({
  name = 'digest',
  everyMinutes = 60,
  maxLateMinutes = 120,
  run = async () => {},
}: JobOptions): Job {
  return {
    name,
    title: name,
    maxLateMinutes,
    async due(after, until) {
      const found: Due[] = []
      for (let minute = minutesOf(after) + 1; minute <= minutesOf(until); minute += 1) {
        const at = Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
        if (minute % everyMinutes === 0) found.push({ key: at.toString(), at })
      }
      return found
    },
    run,
  }
}

/** The same records, on a disk that can be full. */
type FullStore = Store & { isFull: boolean | 'for one update' }
function createFullStore(store: Store): FullStore {
  const full: FullStore = {
    ...store,
    isFull: false,
    collection(name, schema) {
      const records = store.collection(name, schema)
      const update: typeof records.update = (key, change) => {
        const wasFull = full.isFull
        if (wasFull === 'for one update') full.isFull = false
        return wasFull ? Promise.reject(new Error('ENOSPC')) : records.update(key, change)
      }
      return { ...records, update }
    },
  }
  return full
}

/** The same records, where those of one collection cannot be read. */
function withoutReading(store: Store, unread: string): Store {
  const refuse = () => Promise.reject(new Error('EIO'))
  return {
    ...store,
    collection(name, schema) {
      const records = store.collection(name, schema)
      return name === unread ? { get: refuse, list: refuse, update: refuse } : records
    },
  }
}

/** The same records, where the first `times` reads of single ones in this collection fail. */
function withFailingReads(store: Store, unread: string, times = 1): Store {
  let left = times
  return {
    ...store,
    collection(name, schema) {
      const records = store.collection(name, schema)
      if (name !== unread) return records
      const get = (key: string) => {
        left -= 1
        return left < 0 ? records.get(key) : Promise.reject(new Error('connection reset'))
      }
      return { ...records, get }
    },
  }
}

/** A world at 13:30 in which the bot can be started again and again over one store. */
function createHouse(startAt = '2026-11-28T13:30:00+08:00') {
  const world = createWorld(startAt)
  const ran: string[] = []
  const recording = (options: JobOptions = {}) =>
    jobOf({
      ...options,
      async run(due) {
        ran.push(due.key)
        await options.run?.(due)
      },
    })
  const start = (jobs: Job[], more: Partial<Parameters<typeof createJobRunner>[0]> = {}) =>
    createJobRunner({ ...world, jobs, sweeps: [], ...more })
  /** Starts, looks at once, moves on and looks again. */
  async function startAndGo(jobs: Job[], minutes: number) {
    const runner = start(jobs)
    await runner.tick()
    world.clock.forward({ minutes })
    await runner.tick()
    return runner
  }
  return { ...world, fullStore: createFullStore(world.store), ran, recording, start, startAndGo }
}

const twoOClock = '2026-11-28T06:00:00Z'
const threeOClock = '2026-11-28T07:00:00Z'

describe('a slot', () => {
  test('runs when it is due, once, and is recorded as done', async () => {
    const { ran, recording, startAndGo } = createHouse()
    const runner = await startAndGo([recording()], 30)
    await runner.tick()
    expect(ran).toEqual([twoOClock])
    expect(await runner.runs()).toEqual([
      { job: 'digest', dueAt: twoOClock, claimedAt: twoOClock, outcome: 'done' },
    ])
  })

  test('in which nothing was done says why, until it is done', async () => {
    const { recording, startAndGo } = createHouse()
    let why: string | undefined = '到点时还是草稿'
    let isReadable = true
    const undone = () => (isReadable ? Promise.resolve(why) : Promise.reject(new Error('unreadable')))
    const runner = await startAndGo([{ ...recording(), undone }], 30)
    await runner.tick()
    const run = { job: 'digest', dueAt: twoOClock, claimedAt: twoOClock }
    expect(await runner.runs()).toEqual([{ ...run, outcome: 'undone', reason: why }])
    isReadable = false
    expect(await runner.runs()).toMatchObject([{ outcome: 'undone' }])
    isReadable = true
    why = undefined
    expect(await runner.runs()).toEqual([{ ...run, outcome: 'done' }])
  })

  test('that ran is done, whether or not it can be told why nothing was done', async () => {
    const { recording, startAndGo } = createHouse()
    const undone = () => Promise.reject(new Error('unreadable'))
    const runner = await startAndGo([{ ...recording(), undone }], 30)
    await runner.tick()
    expect(await runner.runs()).toMatchObject([{ outcome: 'done' }])
  })

  test('that fell due before the first start ever is none of ours', async () => {
    const { ran, recording, start } = createHouse()
    await start([recording()]).tick()
    expect(ran).toEqual([])
  })

  test('does not run again after a restart', async () => {
    const { ran, recording, startAndGo, start } = createHouse()
    await startAndGo([recording()], 30)
    await start([recording()]).tick()
    await start([recording()]).tick()
    expect(ran).toEqual([twoOClock])
  })

  test('does not run again when the process died while it ran', async () => {
    const { ran, recording, start, clock } = createHouse()
    const dying = start([recording({ run: () => new Promise(() => {}) })])
    await dying.tick()
    clock.forward({ minutes: 30 })
    void dying.tick()
    await expect.poll(() => ran).toEqual([twoOClock])
    const next = start([recording()])
    await next.tick()
    expect(ran).toEqual([twoOClock])
    expect(await dying.runs()).toMatchObject([{ outcome: 'claimed' }])
    expect(await next.runs()).toMatchObject([{ outcome: 'interrupted' }])
  })

  test('runs once, whoever is first, when two runners look at the same time', async () => {
    const { ran, recording, start, clock } = createHouse()
    const both = [start([recording()]), start([recording()])]
    for (const runner of both) await runner.tick()
    clock.forward({ minutes: 30 })
    await Promise.all(both.map(runner => runner.tick()))
    expect(ran).toEqual([twoOClock])
  })

  test('that fell due while we were down runs late, within its shelf life', async () => {
    const { ran, recording, start, clock } = createHouse()
    await start([recording()]).tick()
    clock.forward({ minutes: 150 })
    await start([recording()]).tick()
    expect(ran).toEqual([twoOClock, threeOClock, '2026-11-28T08:00:00Z'])
  })

  test('past its shelf life is recorded as expired and never runs', async () => {
    const { ran, recording, start, clock } = createHouse()
    await start([recording({ maxLateMinutes: 30 })]).tick()
    clock.forward({ minutes: 95 })
    const runner = start([recording({ maxLateMinutes: 30 })])
    await runner.tick()
    await runner.tick()
    expect(ran).toEqual([threeOClock])
    expect((await runner.runs()).map(({ dueAt, outcome }) => [dueAt, outcome])).toEqual([
      [threeOClock, 'done'],
      [twoOClock, 'expired'],
    ])
  })

  test('exactly at the end of its shelf life still runs', async () => {
    const { ran, recording, startAndGo } = createHouse()
    await startAndGo([recording({ maxLateMinutes: 30 })], 60)
    expect(ran).toEqual([twoOClock])
  })

  test('expires while it waits for the job before it', async () => {
    const { ran, recording, startAndGo, clock } = createHouse()
    const slow = jobOf({ name: 'slow', run: async () => clock.forward({ minutes: 5 }) })
    const runner = await startAndGo([slow, recording({ maxLateMinutes: 1 })], 30)
    expect(ran).toEqual([])
    expect(await runner.runs()).toMatchObject([{ outcome: 'done' }, { job: 'digest', outcome: 'expired' }])
  })
})

describe('a clock that is put right', () => {
  test('back by an hour runs nothing twice, with or without a restart', async () => {
    const { ran, recording, startAndGo, start, clock } = createHouse()
    const runner = await startAndGo([recording()], 35)
    clock.forward({ minutes: -60 })
    for (let n = 0; n < 8; n += 1) {
      await runner.tick()
      clock.forward({ minutes: 5 })
    }
    await start([recording()]).tick()
    expect(ran).toEqual([twoOClock])
    clock.forward({ minutes: 75 })
    await runner.tick()
    expect(ran).toEqual([twoOClock, threeOClock])
  })

  test('after it had leapt ahead still runs what had seemed too late', async () => {
    const { ran, recording, startAndGo, clock } = createHouse()
    const runner = await startAndGo([recording({ maxLateMinutes: 10 })], 24 * 60)
    expect(ran).toEqual([])
    clock.forward({ hours: -24 })
    await runner.tick()
    clock.forward({ minutes: 30 })
    await runner.tick()
    expect(ran).toEqual([twoOClock])
  })
})

describe('trouble', () => {
  test('a job that fails is recorded with its reason, is not tried again, and harms no other', async () => {
    const { ran, recording, startAndGo, log } = createHouse()
    const failing = jobOf({ name: 'failing', run: () => Promise.reject(new Error('no line')) })
    const runner = await startAndGo([failing, recording()], 30)
    await runner.tick()
    expect(ran).toEqual([twoOClock])
    expect(await runner.runs()).toMatchObject([
      { job: 'failing', outcome: 'failed', reason: 'Error: no line' },
      { job: 'digest', outcome: 'done' },
    ])
    expect(log.lines).toHaveLength(1)
  })

  test('a job that cannot say what is due loses nothing, and holds up no other', async () => {
    const { ran, recording, start, clock } = createHouse()
    const shaky = recording({ name: 'shaky' })
    const { due } = shaky
    const runner = start([shaky, recording()])
    await runner.tick()
    shaky.due = () => Promise.reject(new Error('disk on fire'))
    clock.forward({ minutes: 30 })
    await runner.tick()
    expect(ran).toEqual([twoOClock])
    shaky.due = due
    clock.forward({ minutes: 1 })
    await runner.tick()
    expect(ran).toEqual([twoOClock, twoOClock])
  })

  test('neither does a restart meanwhile', async () => {
    const { ran, recording, start, clock } = createHouse()
    const shaky = recording()
    await start([shaky]).tick()
    clock.forward({ minutes: 30 })
    await start([{ ...shaky, due: () => Promise.reject(new Error('disk on fire')) }]).tick()
    clock.forward({ minutes: 5 })
    await start([shaky]).tick()
    expect(ran).toEqual([twoOClock])
  })

  test('a slot whose claim cannot be saved does not run until it can', async () => {
    const { ran, recording, start, clock, fullStore } = createHouse()
    const runner = start([recording()], { store: fullStore })
    await runner.tick()
    fullStore.isFull = true
    clock.forward({ minutes: 30 })
    await runner.tick().catch(() => {})
    expect(ran).toEqual([])
    fullStore.isFull = false
    clock.forward({ minutes: 1 })
    await runner.tick()
    expect(ran).toEqual([twoOClock])
  })

  test('a job that ran is not called failed because its end could not be saved', async () => {
    const { ran, recording, start, clock, fullStore } = createHouse()
    const run = async () => {
      fullStore.isFull = 'for one update'
    }
    const runner = start([recording({ run })], { store: fullStore })
    await runner.tick()
    clock.forward({ minutes: 30 })
    await runner.tick()
    await runner.tick()
    expect(ran).toEqual([twoOClock])
    expect(await runner.runs()).toMatchObject([{ outcome: 'interrupted' }])
  })
})

describe('a watermark that is lost', () => {
  const outcomesOf = async (runner: ReturnType<typeof createJobRunner>) =>
    (await runner.runs()).map(({ dueAt, outcome }) => [dueAt, outcome])
  const lost = {
    'and set aside': (store: Store) =>
      store.collection('watermark', z.unknown()).update('watermark/checked-until', () => undefined),
    'with a time that is none': (store: Store) =>
      store.collection('watermark', z.unknown()).update('watermark/checked-until', () => ({ at: 'soon' })),
  }

  for (const [how, lose] of Object.entries(lost))
    test(`${how}: no slot runs twice, and what fell due meanwhile runs late or is recorded`, async () => {
      const { ran, recording, startAndGo, start, clock, store } = createHouse()
      await startAndGo([recording({ maxLateMinutes: 30 })], 30)
      await lose(store)
      clock.forward({ minutes: 125 })
      const runner = start([recording({ maxLateMinutes: 30 })])
      await runner.tick()
      expect(ran).toEqual([twoOClock, '2026-11-28T08:00:00Z'])
      expect(await outcomesOf(runner)).toEqual([
        ['2026-11-28T08:00:00Z', 'done'],
        [threeOClock, 'expired'],
        [twoOClock, 'done'],
      ])
      clock.forward({ minutes: 60 })
      await start([recording()]).tick()
      expect(ran.slice(2)).toEqual(['2026-11-28T09:00:00Z'])
    })

  test('and cannot be read stops no job and no sweep, over a restart too', async () => {
    const { ran, recording, startAndGo, start, clock, store, log } = createHouse()
    await startAndGo([recording()], 30)
    const swept: string[] = []
    const sweeps = [{ name: 'sweep', everySeconds: 1, run: async () => void swept.push('swept') }]
    const blind = { store: withoutReading(store, 'watermark'), sweeps }
    const before = start([recording()], blind)
    await before.tick()
    clock.forward({ minutes: 30 })
    await before.tick()
    clock.forward({ minutes: 90 })
    await start([recording()], blind).tick()
    expect(ran).toEqual([twoOClock, threeOClock, '2026-11-28T08:00:00Z'])
    expect(swept).toHaveLength(3)
    expect(log.lines.filter(line => JSON.stringify(line).includes('jobs go on'))).toHaveLength(2)
  })

  test('and cannot be read for minutes is told with what to do, until it can be read', async () => {
    const { recording, startAndGo, start, clock, store, alarms } = createHouse()
    await startAndGo([recording()], 30)
    const told = () => alarms.list().map(({ text }) => text)
    const runner = start([recording()], { store: withFailingReads(store, 'watermark', 3) })
    await runner.tick()
    clock.forward({ minutes: 4 })
    await runner.tick()
    expect(told()).toEqual([])
    clock.forward({ minutes: 1 })
    await runner.tick()
    expect(told()).toEqual([expect.stringMatching(/到期该删的先不删.*请重启程序.*从备份恢复/u)])
    await runner.tick()
    expect(told()).toEqual([])
  })

  test('for a moment is read again: a job that had waited for its disk still runs', async () => {
    const { ran, recording, start, clock, store } = createHouse()
    const other = jobOf({ name: 'other' })
    await start([recording(), other]).tick()
    clock.forward({ minutes: 30 })
    const waiting = { ...recording(), due: () => Promise.reject(new Error('disk on fire')) }
    await start([waiting, other]).tick()
    clock.forward({ minutes: 5 })
    const again = start([recording(), other], { store: withFailingReads(store, 'watermark') })
    await again.tick()
    await again.tick()
    expect(ran).toEqual([twoOClock])
  })

  test('by a machine whose clock had leapt ahead goes on from what ran before', async () => {
    const { ran, recording, startAndGo, start, clock, store } = createHouse()
    await startAndGo([recording()], 30)
    clock.forward({ minutes: 60 * 24 })
    await start([recording({ maxLateMinutes: 0 })]).tick()
    clock.forward({ minutes: -60 * 23 })
    await lost['and set aside'](store)
    await start([recording()]).tick()
    expect(ran).toEqual([twoOClock, '2026-11-29T06:00:00Z', threeOClock])
  })
})

describe('a sweep', () => {
  test('runs every so many seconds, also after the clock was put back, and its fault harms nobody', async () => {
    const { ran, recording, start, clock } = createHouse()
    const swept: string[] = []
    const sweeps: Sweep[] = [
      { name: 'failing', everySeconds: 1, run: () => Promise.reject(new Error('no')) },
      { name: 'counting', everySeconds: 60, run: async at => void swept.push(at.toString()) },
    ]
    const runner = start([recording()], { sweeps })
    for (const seconds of [0, 59, 1, -1800, 60, 3540]) {
      clock.forward({ seconds })
      await runner.tick()
    }
    expect(swept).toEqual([
      '2026-11-28T05:30:00Z',
      '2026-11-28T05:31:00Z',
      '2026-11-28T05:01:00Z',
      '2026-11-28T05:02:00Z',
      '2026-11-28T06:01:00Z',
    ])
    expect(ran).toEqual([twoOClock])
  })
})

test('what comes next is listed soonest first, and asking runs nothing', async () => {
  const { ran, recording, start } = createHouse()
  const runner = start([
    recording({ everyMinutes: 12 * 60 }),
    recording({ name: 'night', everyMinutes: 24 * 60 }),
  ])
  expect((await runner.upcoming(1)).map(({ job, due }) => [job.name, due.key])).toEqual([
    ['digest', '2026-11-28T12:00:00Z'],
    ['digest', '2026-11-29T00:00:00Z'],
    ['night', '2026-11-29T00:00:00Z'],
  ])
  expect(ran).toEqual([])
})

test('housekeeping runs, and is listed nowhere', async () => {
  const { ran, recording, startAndGo } = createHouse()
  const runner = await startAndGo([{ ...recording({ name: 'tidy', everyMinutes: 60 }), title: '' }], 60)
  expect(ran).toHaveLength(1)
  expect(await runner.upcoming(1)).toEqual([])
  expect(await runner.runs()).toEqual([])
})

test('a cron line falls due in Shanghai, whatever the machine’s zone', async () => {
  const { scheduler } = createHouse()
  const due = cronDue(scheduler, '30 16 * * 5')
  const found = await due(instant('2026-11-20T08:30:00Z'), instant('2026-12-04T08:30:00Z'))
  expect(found.map(({ key }) => key)).toEqual(['2026-11-27T08:30:00Z', '2026-12-04T08:30:00Z'])
})

/** A scheduler whose ticks the test calls. */
function createManualScheduler() {
  const ticking = new Set<() => Promise<void>>()
  const scheduler: Scheduler = {
    every(_, tick) {
      ticking.add(tick)
      return () => void ticking.delete(tick)
    },
    slots: () => [],
  }
  return { ticking, scheduler }
}

test('stopping ends the ticking and waits for the tick under way', async () => {
  const { recording, clock, fullStore, start, ran } = createHouse()
  const { ticking, scheduler } = createManualScheduler()
  const { promise, resolve: finish } = Promise.withResolvers<void>()
  const run = () => promise
  const stop = start([recording({ run })], { scheduler, store: fullStore }).start()
  const [tick = async () => {}] = ticking
  await tick()
  clock.forward({ minutes: 30 })
  const looking = tick()
  await expect.poll(() => ran).toEqual([twoOClock])
  let isStopped = false
  const stopping = stop().then(() => {
    isStopped = true
  })
  expect(ticking.size).toBe(0)
  await Promise.resolve()
  expect(isStopped).toBe(false)
  fullStore.isFull = true
  finish()
  await stopping
  await looking.catch(() => {})
})

test('a stop waits 1.5 s for a job that does not end, and begins no other', async () => {
  const { recording, clock, start, ran } = createHouse()
  const { ticking, scheduler } = createManualScheduler()
  const { promise, resolve: finish } = Promise.withResolvers<void>()
  const run = () => promise
  const swept: string[] = []
  const sweep: Sweep = {
    name: 'sweep',
    everySeconds: 1,
    run: async at => void swept.push(at.toString()),
  }
  const runner = start([recording({ run }), recording({ name: 'later' })], { scheduler, sweeps: [sweep] })
  const stop = runner.start()
  const [tick = async () => {}] = ticking
  await tick()
  expect(swept).toHaveLength(1)
  clock.forward({ minutes: 30 })
  const looking = tick()
  await expect.poll(() => ran).toEqual([twoOClock])
  const stopped = stop()
  clock.forward({ milliseconds: 1500 })
  await stopped
  expect(await runner.runs()).toMatchObject([{ job: 'digest', outcome: 'claimed' }])
  finish()
  await looking
  expect(ran).toEqual([twoOClock])
  expect(swept).toHaveLength(1)
})

describe('whatever crashes, restarts, full disks and steps of the clock', () => {
  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('move' as const), minutes: fc.integer({ min: 0, max: 90 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('move' as const),
        minutes: fc.integer({ min: 91, max: 600 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('move' as const),
        minutes: fc.integer({ min: -120, max: -1 }),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ kind: 'restart' as const }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'crash while running' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'full disk' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'room again' as const }) },
  )
  const scene = fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 25 }),
    everyMinutes: fc.constantFrom(7, 30, 60),
    maxLateMinutes: fc.constantFrom(0, 15, 120),
  })

  test('no slot runs twice, and none that a look finds within its shelf life is lost', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ steps, everyMinutes, maxLateMinutes }) => {
        const { ran, recording, start, clock, fullStore } = createHouse()
        let isCrashing = false
        let crashed = () => {}
        const run = () => {
          if (!isCrashing) return Promise.resolve()
          crashed()
          return new Promise<void>(() => {})
        }
        const job = recording({ everyMinutes, maxLateMinutes, run })
        let runner = start([job], { store: fullStore })
        await runner.tick()
        let lookedUntil = clock.now()
        for (const one of steps) {
          if (one.kind === 'move') clock.forward({ minutes: one.minutes })
          if (one.kind === 'full disk') fullStore.isFull = true
          if (one.kind === 'room again') fullStore.isFull = false
          if (one.kind === 'restart') runner = start([job], { store: fullStore })
          isCrashing = one.kind === 'crash while running'
          const crash = new Promise<void>(resolve => {
            crashed = resolve
          })
          if (isCrashing) clock.forward({ minutes: everyMinutes })
          await Promise.race([runner.tick().catch(() => {}), crash])
          if (isCrashing) {
            isCrashing = false
            runner = start([job], { store: fullStore })
            await runner.tick().catch(() => {})
          }
          if (fullStore.isFull) continue
          const now = clock.now()
          for (const { key, at } of await job.due(lookedUntil, now)) {
            const minutesLate = now.since(at).total('minutes')
            if (minutesLate <= maxLateMinutes) expect(ran).toContain(key)
          }
          lookedUntil = now
        }
        expect(ran).toEqual([...new Set(ran)])
      }),
      { numRuns: 300 },
    )
  })
})

test('in the first days of March the runs of February are still listed', async () => {
  const world = createWorld('2027-02-27T09:00:00+08:00')
  const due = cronDue(world.scheduler, '30 16 * * *')
  const job = { name: 'digest', title: '速递', maxLateMinutes: 60, due, run: async () => {} }
  const runner = createJobRunner({ ...world, jobs: [job], sweeps: [] })
  await runner.tick()
  for (let day = 0; day < 2; day += 1) {
    world.clock.forward({ hours: 8 })
    await runner.tick()
    world.clock.forward({ hours: 16 })
    await runner.tick()
  }
  expect(world.clock.now().toString()).toContain('2027-03-01')
  expect((await runner.runs()).length).toBe(2)
})

test.each([
  ['2027-03-01T09:00:00+08:00', '2027-01-30T16:30:00+08:00'],
  ['2027-03-02T23:00:00+08:00', '2027-01-31T16:30:00+08:00'],
  ['2027-05-01T09:00:00+08:00', '2027-03-31T16:30:00+08:00'],
])('on %s the run of %s is still listed: no month is shorter than the list', async (today, ranAt) => {
  const world = createWorld(ranAt.replace('16:30', '16:00'))
  const job = { ...jobOf({}), due: cronDue(world.scheduler, '30 16 * * *') }
  const runner = createJobRunner({ ...world, jobs: [job], sweeps: [] })
  await runner.tick()
  world.clock.forward({ minutes: 30 })
  await runner.tick()
  world.clock.forward(Temporal.Instant.from(today).since(world.clock.now()))
  const dueAt = Temporal.Instant.from(ranAt).toString()
  expect(await runner.runs()).toMatchObject([{ dueAt, outcome: 'done' }])
})

describe('what deletes waits a day after the clock leapt ahead', () => {
  async function open(
    store = createWorld().store,
    at = '2026-11-28T13:00:00+08:00',
    around = (given: Store): Store => given,
  ) {
    const world = createWorld(at)
    const runs: string[] = []
    const deleting: Sweep = {
      name: 'old-retention',
      everySeconds: 60,
      deletes: true,
      run: async () => void runs.push('sweep'),
    }
    const job: Job = {
      ...jobOf({ name: 'old-names', run: async () => void runs.push('job') }),
      deletes: true,
    }
    const jobs = [job, jobOf({ name: 'old-digest', everyMinutes: 60 * 24 })]
    const runner = createJobRunner({ ...world, store: around(store), jobs, sweeps: [deleting] })
    await runner.tick()
    runs.length = 0
    return { ...world, store, runner, runs }
  }

  test('by a year, also over a restart, and runs again once the clock is back', async () => {
    const { clock, store, runner, runs } = await open()
    clock.forward({ hours: 24 * 365 })
    await runner.tick()
    clock.forward({ hours: 2 })
    await runner.tick()
    const again = await open(store, clock.now().add({ hours: 1 }).toString())
    again.clock.forward({ hours: 2 })
    await again.runner.tick()
    expect([runs, again.runs]).toEqual([[], []])
    again.clock.forward({ hours: -24 * 365 })
    await again.runner.tick()
    again.clock.forward({ hours: 2 })
    await again.runner.tick()
    expect(again.runs).toContain('sweep')
  })

  test('by a year, also where the store fails for a moment at a restart', async () => {
    const { clock, store, runner } = await open()
    clock.forward({ hours: 24 * 365 })
    await runner.tick()
    clock.forward({ hours: 2 })
    await runner.tick()
    const from = clock.now().add({ minutes: 10 }).toString()
    const swept: number[] = []
    const again = await open(store, from, given => withFailingReads(given, 'watermark', 3))
    for (let look = 0; look < 6; look += 1) {
      again.clock.forward({ minutes: 5 })
      await again.runner.tick()
      swept.push(again.runs.length)
    }
    expect(swept).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('a store that fails for a moment at a restart holds it up for that moment', async () => {
    const { clock, store } = await open()
    const from = clock.now().add({ minutes: 10 }).toString()
    const again = await open(store, from, given => withFailingReads(given, 'watermark', 2))
    const swept: number[] = []
    for (let look = 0; look < 3; look += 1) {
      again.clock.forward({ minutes: 5 })
      await again.runner.tick()
      swept.push(again.runs.length)
    }
    expect(swept).toEqual([0, 1, 2])
  })

  test('and runs after that day where the clock was right', async () => {
    const { clock, runner, runs } = await open()
    clock.forward({ hours: 24 * 85 })
    await runner.tick()
    expect(runs).toEqual([])
    clock.forward({ hours: 25 })
    await runner.tick()
    expect(new Set(runs)).toEqual(new Set(['job', 'sweep']))
  })

  test('a stop of some days holds nothing up', async () => {
    const { clock, runner, runs } = await open()
    clock.forward({ hours: 24 * 20 })
    await runner.tick()
    expect(runs).toContain('sweep')
  })
})

test('a run keeps the name of its slot, which says which lesson or push it was', async () => {
  const { recording, startAndGo } = createHouse()
  const job = recording()
  const named: Job = {
    ...job,
    due: async (after, until) =>
      (await job.due(after, until)).map(one => ({ ...one, title: '「周末微党课」下课统计' })),
  }
  const runner = await startAndGo([named], 30)
  expect(await runner.runs()).toMatchObject([
    { job: 'digest', title: '「周末微党课」下课统计', outcome: 'done' },
  ])
})
