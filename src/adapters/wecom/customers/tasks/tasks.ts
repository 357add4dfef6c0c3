import { Temporal } from 'temporal-polyfill'
import { recentlyUsed } from '../../../../lib/recently-used.ts'
import { type Log, reasonOf } from '../../../../log.ts'
import { ThrottledError } from '../../../../ports/chat.ts'
import type { Clock } from '../../../../ports/clock.ts'
import type { GroupTasks } from '../../../../ports/group-tasks.ts'
import type { Store } from '../../../../ports/store.ts'
import { dayInShanghai, sayTime } from '../../../../text/dates/time.ts'
import type { AppApi } from '../api/api.ts'
import type { GroupDirectory, GroupSet } from '../api/directory.ts'
import type { TaskReports } from '../api/reports.ts'
import { keyOfTask, openTaskRecords, type TaskRecord } from './records.ts'
import {
  countByGroup,
  hasArrived,
  isOverdue,
  isReminderDue,
  isWaiting,
  mayRemind,
  monthlyCap,
  remindableFrom,
  withoutWaiting,
  withResults,
} from './rules.ts'

const timeoutMs = 10_000
/** For an hour results are asked for each time, later only every ten minutes. */
const eagerMinutes = 60
const laterMinutes = 10
/** Tasks whose last look is remembered; a forgotten one is looked at at once. */
const mostPolled = 1000

/** The outcome of a whole task: it arrived somewhere, or nowhere and why. */
export type TaskOutcome = { id: string; set: string; failure: string | undefined }

type TaskParts = {
  api: AppApi
  directory: GroupDirectory
  reports: TaskReports
  sets: readonly GroupSet[]
  store: Store
  clock: Clock
  log: Log
}

export type CustomerTasks = ReturnType<typeof createCustomerTasks>

/** The tasks of employees: their results, reminders and monthly counts. */
export function createCustomerTasks(parts: TaskParts) {
  const { api, directory, reports, sets, store, clock, log } = parts
  const { tasks, open } = openTaskRecords(store)
  const lookedAt = recentlyUsed<Temporal.Instant>(mostPolled)

  const change = (id: string, next: (task: TaskRecord) => TaskRecord) =>
    tasks.update(keyOfTask(id), now => now && next(now))

  async function refresh(task: TaskRecord): Promise<TaskRecord> {
    const results = await Promise.all(task.messageIds.map(id => reports.resultsOf(id, task.employee)))
    lookedAt.set(task.id, clock.now())
    return (await change(task.id, now => withResults(now, results.flat()))) ?? task
  }

  /** Stops a task at the platform; what was sent meanwhile counts as sent. @returns the task as it stands then */
  async function stop(task: TaskRecord, reason?: string): Promise<TaskRecord> {
    for (const msgid of task.messageIds) {
      await api.call('externalcontact/cancel_groupmsg_send', { msgid }, timeoutMs)
    }
    const fresh = await refresh(task)
    return (await change(task.id, now => withoutWaiting(now, reason, clock.now()))) ?? fresh
  }

  /** Claims a reminder before it is asked for: a crash counts one too many. @returns whether there was one left */
  async function remindOnce(id: string): Promise<boolean> {
    const now = clock.now()
    let mayNow = false
    const task = await change(id, before => {
      mayNow = isWaiting(before) && mayRemind(before, now)
      return mayNow ? { ...before, reminders: [...before.reminders, now.toString()] } : before
    })
    if (!mayNow || !task) return false
    for (const msgid of task.messageIds) {
      await api.call('externalcontact/remind_groupmsg_send', { msgid }, timeoutMs)
    }
    return true
  }

  function isDue({ id, createdAt }: TaskRecord, at: Temporal.Instant): boolean {
    const last = lookedAt.get(id)
    if (!last || at.since(createdAt).total('minutes') < eagerMinutes) return true
    return at.since(last).total('minutes') >= laterMinutes
  }

  async function look(id: string, at: Temporal.Instant): Promise<TaskOutcome | undefined> {
    const known = await tasks.get(keyOfTask(id))
    if (!known) return void (await forget(id))
    if (!isDue(known, at)) return undefined
    let task = isWaiting(known) ? await refresh(known) : known
    if (isWaiting(task) && isOverdue(task, at)) task = await stop(task, '三天里员工没有点发送，已经停下')
    if (isWaiting(task)) {
      if (isReminderDue(task, at)) await remindOnce(id)
      return undefined
    }
    const failed = task.groups.find(({ state }) => state === 'failed')?.reason
    return { id, set: task.set, failure: hasArrived(task) ? undefined : (failed ?? '没有一个群收到') }
  }

  async function forget(id: string) {
    lookedAt.delete(id)
    await open.update(`open/${id}`, () => undefined)
  }

  const monthTasks = async (at: Temporal.Instant) =>
    (await tasks.list(`${dayInShanghai(at).slice(0, 7)}/`)).map(({ value }) => value)

  const port: GroupTasks = {
    async groupsOf(id) {
      const task = await tasks.get(keyOfTask(id))
      return task?.groups.map(({ name, state, reason, at }) => ({
        name,
        state,
        changedAt: Temporal.Instant.from(at),
        ...(reason ? { reason } : {}),
      }))
    },
    async remind(id) {
      if (await remindOnce(id)) return undefined
      const task = await tasks.get(keyOfTask(id))
      const from = task && isWaiting(task) ? remindableFrom(task) : undefined
      if (!from) return '没有在等员工点发送的群，不用提醒。'
      return `一天里最多提醒三次，已经提醒过了。${sayTime(from, clock.now())} 以后可以再提醒，急的话请直接找他。`
    },
    async messagesLeft(setName) {
      const set = sets.find(({ name }) => name === setName)
      if (!set) return undefined
      const groups = await directory.groupsOf(set, timeoutMs)
      const counts = countByGroup(await monthTasks(clock.now()))
      const most = Math.max(0, ...groups.map(({ chatId }) => counts.get(chatId) ?? 0))
      return { groups: groups.length, left: Math.max(0, monthlyCap(clock.now()) - most) }
    },
  }

  return {
    port,
    monthTasks,
    /** Keeps a task that the platform has taken. */
    async add(task: TaskRecord) {
      await tasks.update(keyOfTask(task.id), now => now ?? task)
      await open.update(`open/${task.id}`, now => now ?? { since: task.createdAt })
    },
    /** Fetches the results of all open tasks, reminds and stops. `told` gets what came of those that are over. */
    async pollAll(at: Temporal.Instant, told: (outcome: TaskOutcome) => Promise<void>) {
      for (const { key } of await open.list('open/')) {
        const id = key.slice('open/'.length)
        try {
          const outcome = await look(id, at)
          if (!outcome) continue
          await told(outcome)
          await change(id, now => ({ ...now, closedAt: at.toString() }))
          await forget(id)
        } catch (cause) {
          log.warn({ reason: reasonOf(cause) }, 'the results of a task could not be had')
          if (cause instanceof ThrottledError) return
        }
      }
    },
    /** Stops a task for the groups that wait. @returns whether no group has got it */
    async withdraw(id: string): Promise<boolean> {
      const known = await tasks.get(keyOfTask(id))
      if (!known || !isWaiting(known)) return false
      const task = await refresh(known)
      if (isWaiting(task)) await stop(task)
      return !hasArrived(task)
    },
  }
}
