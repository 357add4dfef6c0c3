import { setTimeout as wait } from 'node:timers/promises'
import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../feature.ts'
import type { JobRunner, Upcoming } from '../jobs.ts'
import { createMutex } from '../lib/queue.ts'
import type { Clock } from '../ports/clock.ts'
import { inShanghai } from '../text/dates/time.ts'
import type { World } from './world/index.ts'

/** Controls of the simulated world: its clock and its connection. */
export type SandboxControls = {
  world: World
  now(): Temporal.Instant
  /** The next due task within eight days; undefined where there is none. */
  next(): Promise<Upcoming | undefined>
  /** Moves the clock on, and resolves when everything that fell due has run. @returns what it shows then. */
  forward(duration: Temporal.Duration): Promise<Temporal.Instant>
  /** @throws {@link Refusal} when nothing is due. */
  forwardToNext(): Promise<Temporal.Instant>
  cutLine(downSeconds: number): void
  /** When a line that is cut will be back; undefined while it is up. */
  lineBackAt(): Temporal.Instant | undefined
}

export type ControlParts = {
  world: World
  /** The whole bot's clock, which {@link SandboxControls.forward} moves. */
  clock: Clock & { forward(duration: Temporal.DurationLike): void }
  jobs: Pick<JobRunner, 'tick' | 'upcoming'>
  /** Whether messages of ours wait for their turn on a line that takes them. */
  isSending(): boolean
  /** Told what the clock shows after it was moved. */
  onMoved(): Promise<void>
}

/** Real time that one stop may take until what it sends is out; a line that hangs is not waited for. */
const settleLimitMs = 5000

/** A cron line that runs once a week is always in sight. */
const daysAhead = 8

export function createControls(parts: ControlParts): SandboxControls {
  const { world, clock, jobs } = parts
  const runExclusive = createMutex()
  let backAt: Temporal.Instant | undefined

  const next = async () => (await jobs.upcoming(daysAhead))[0]

  async function moveTo(at: Temporal.Instant) {
    const left = clock.now().until(at)
    if (left.sign > 0) clock.forward(left)
    await jobs.tick()
    await settle()
  }

  /** Waits until the messages of a stop are sent: after a leap in time they would be too late. */
  async function settle() {
    const endMs = performance.now() + settleLimitMs
    while (world.isLineUp() && parts.isSending() && performance.now() < endMs) {
      clock.forward({ seconds: 1 })
      await wait(5)
    }
  }

  /** Stops at everything due on the way, so that each runs at its time, as it would have without a leap. */
  async function moveThrough(until: Temporal.Instant) {
    for (let due = await next(); due && isBefore(due.due.at, until); due = await next()) {
      await moveTo(due.due.at)
    }
    await moveTo(until)
    return clock.now()
  }

  /** One move at a time: two at once would each stop where the other has been. */
  const move = (to: () => Promise<Temporal.Instant>): Promise<Temporal.Instant> =>
    runExclusive(async () => {
      const shown = await to()
      await parts.onMoved()
      return shown
    })

  return {
    world,
    now: () => clock.now(),
    next,
    forward: duration => move(() => moveThrough(inShanghai(clock.now()).add(duration).toInstant())),
    forwardToNext: () =>
      move(async () => {
        const due = await next()
        if (!due) throw new Refusal(`${daysAhead} 天之内没有排定的事，先开一节课或排一次推送吧。`)
        await moveTo(due.due.at)
        return clock.now()
      }),
    cutLine(downSeconds) {
      backAt = clock.now().add({ seconds: downSeconds })
      world.cutLine(downSeconds)
    },
    lineBackAt: () => (world.isLineUp() ? undefined : backAt),
  }
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => a.epochMilliseconds < b.epochMilliseconds
