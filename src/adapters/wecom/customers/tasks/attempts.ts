import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { keyHash } from '../../../../lib/hash.ts'
import { createKeyedQueue } from '../../../../lib/queue.ts'
import { recentlyUsed } from '../../../../lib/recently-used.ts'
import { LineDownError, RefusedError, type Reply, ThrottledError } from '../../../../ports/chat.ts'
import type { Clock } from '../../../../ports/clock.ts'
import type { Store } from '../../../../ports/store.ts'
import type { CustomerGroup, GroupSet } from '../api/directory.ts'
import type { TaskReports } from '../api/reports.ts'
import type { TaskRecord } from './records.ts'
import type { MadeTask } from './rules.ts'

/** A task that was asked for and whose answer is not kept: it may have been made. Key `attempt/hash`. */
const TaskAttempt = z.object({
  set: z.string(),
  text: z.string(),
  /** When it was asked for first, and last. */
  since: z.string(),
  lastAt: z.string(),
})
export type TaskAttempt = z.infer<typeof TaskAttempt>

/** The platform's clock may differ from ours by this much. */
const skewMinutes = 10
/** The platform lists the tasks of one month. */
const keptDays = 30
/** For an hour the sweep looks each time, later every ten minutes, and no longer than a day. */
const eagerHours = 1
const laterMinutes = 10
const longestHours = 24
/** Attempts whose last look is remembered; a forgotten one is looked for at once. */
const mostPolled = 1000
/** A request that got no answer may still be carried out in this time. */
const settleMinutes = 2

type Parts = {
  reports: TaskReports
  tasks: { monthTasks(at: Temporal.Instant): Promise<TaskRecord[]> }
  store: Store
  clock: Clock
}

export type TaskAttempts = ReturnType<typeof createTaskAttempts>

/** Attempts to make a task, kept until their outcome is known, so that none is made twice. */
export function createTaskAttempts({ reports, tasks, store, clock }: Parts) {
  const attempts = store.collection('customer-attempts', TaskAttempt)
  const byKey = createKeyedQueue()
  const lookedAt = recentlyUsed<Temporal.Instant>(mostPolled)

  async function knownIds(from: Temporal.Instant, to: Temporal.Instant): Promise<Set<string>> {
    const months = await Promise.all([from, to].map(at => tasks.monthTasks(at)))
    return new Set(months.flat().flatMap(({ messageIds }) => messageIds))
  }

  /** Tasks for these groups that an earlier attempt made; each group is in one of them at most. */
  async function madeBy(
    { text, since }: TaskAttempt,
    { employee }: GroupSet,
    groups: readonly CustomerGroup[],
  ): Promise<MadeTask[]> {
    const from = Temporal.Instant.from(since).subtract({ minutes: skewMinutes })
    const to = clock.now().add({ minutes: skewMinutes })
    const [known, ids] = await Promise.all([knownIds(from, to), reports.madeBetween(from, to, text)])
    const open = new Set(groups.map(({ chatId }) => chatId))
    const made: MadeTask[] = []
    for (const messageId of ids.filter(id => !known.has(id))) {
      const results = await reports.resultsOf(messageId, employee)
      const isOurs = results.every(({ chatId }) => open.has(chatId))
      if (results.length === 0 || !isOurs) continue
      made.push({ messageId, results })
      for (const { chatId } of results) open.delete(chatId)
    }
    return made
  }

  function isDue(key: string, { since }: TaskAttempt, at: Temporal.Instant): boolean {
    const ageHours = at.since(since).total('hours')
    const last = lookedAt.get(key)
    return (
      ageHours < longestHours &&
      (ageHours < eagerHours || !last || at.since(last).total('minutes') >= laterMinutes)
    )
  }

  async function forget(key: string) {
    lookedAt.delete(key)
    await attempts.update(key, () => undefined)
  }

  return {
    madeBy,
    /**
     * Runs `send` while the store says that a task is being made; the record stays where the outcome is not known.
     * `send` gets the earlier attempt of the same message whose outcome is not known.
     */
    during<T>(
      set: GroupSet,
      reply: Reply,
      send: (earlier: TaskAttempt | undefined) => Promise<T>,
    ): Promise<T> {
      const key = keyOf(set, reply)
      return byKey.run(key, async () => {
        const lastAt = clock.now().toString()
        const earlier = await attempts.get(key)
        const fresh = { set: set.name, text: reply.text ?? '', since: lastAt }
        await attempts.update(key, now => ({ ...(now ?? fresh), lastAt }))
        try {
          const result = await send(earlier)
          await forget(key)
          return result
        } catch (cause) {
          if (isCertain(cause)) await attempts.update(key, () => earlier)
          throw cause
        }
      })
    },
    /** Hands each attempt that may have made a task to `settle`, which says whether its outcome is known now. */
    async pollAll(at: Temporal.Instant, settle: (attempt: TaskAttempt) => Promise<boolean>) {
      for (const { key, value } of await attempts.list('attempt/')) {
        if (at.since(value.since).total('hours') > keptDays * 24) await forget(key)
        if (!isDue(key, value, at)) continue
        lookedAt.set(key, at)
        await byKey.run(key, async () => {
          const attempt = await attempts.get(key)
          if (attempt && (await settle(attempt))) await forget(key)
        })
      }
    },
  }
}

/** Whether a task of this attempt may still be made at the platform. */
export const mayStillCome = ({ lastAt }: TaskAttempt, at: Temporal.Instant): boolean =>
  at.since(lastAt).total('minutes') < settleMinutes

/** Errors that say that no task was made. */
const isCertain = (cause: unknown): boolean =>
  cause instanceof RefusedError || cause instanceof ThrottledError || cause instanceof LineDownError

function keyOf(set: GroupSet, { text = '', file, attachments = [] }: Reply): string {
  const files = [...(file ? [file] : []), ...attachments].map(({ name, bytes }) => [name, bytes.byteLength])
  return `attempt/${keyHash(JSON.stringify([set.name, text, files]))}`
}
