import { Temporal } from 'temporal-polyfill'
import { inShanghai } from '../../../../text/dates/time.ts'
import type { CustomerGroup } from '../api/directory.ts'
import type { GroupRecord, TaskRecord } from './records.ts'

/** The platform's report about one group: 0 not sent yet, 1 sent, others failed. */
export type SendResult = { chatId: string; status: number; sentAt: Temporal.Instant | undefined }

/** A task of the platform that no record of ours names. */
export type MadeTask = { messageId: string; results: SendResult[] }

/** Most reminders of one task in 24 hours that the platform takes. */
const mostReminders = 3
const reminderHours = 24
/** Between two reminders by the bot itself, in hours; the first comes after `firstReminderHours`. */
const reminderGapHours = 8
const firstReminderHours = 2
/** Hours after which an unsent task is stopped. */
const longestHours = 72

const failures: Record<number, string> = {
  2: '群里已经没有这位员工的客户，企业微信没有发',
  3: '这个群这个月收到的群发已经满了，企业微信没有发',
}

/** The task with these results. */
export function withResults(task: TaskRecord, results: readonly SendResult[]): TaskRecord {
  const byChat = new Map(results.map(result => [result.chatId, result]))
  return { ...task, groups: task.groups.map(group => withResult(group, byChat.get(group.chatId))) }
}

/** The group with its result; what has arrived or failed stays so. */
export function withResult(group: GroupRecord, result: SendResult | undefined): GroupRecord {
  if (!result || result.status === 0 || group.state === 'confirmed') return group
  const { reason: _before, ...rest } = group
  const at = (result.sentAt ?? Temporal.Instant.from(group.at)).toString()
  if (result.status === 1) return { ...rest, state: 'confirmed', at }
  if (group.state === 'failed' || group.state === 'recalled') return group
  return { ...rest, state: 'failed', at, reason: failures[result.status] ?? '企业微信说没有发成' }
}

/** The task after what still waits has been stopped. @param reason why it fails; undefined where we took it back */
export function withoutWaiting(
  task: TaskRecord,
  reason: string | undefined,
  at: Temporal.Instant,
): TaskRecord {
  const stopped = reason === undefined ? { state: 'recalled' as const } : { state: 'failed' as const, reason }
  const groups = task.groups.map(group =>
    group.state === 'waiting' ? { ...group, ...stopped, at: at.toString() } : group,
  )
  return { ...task, groups }
}

export const isWaiting = ({ groups }: Pick<TaskRecord, 'groups'>): boolean =>
  groups.some(({ state }) => state === 'waiting')

export const hasArrived = ({ groups }: Pick<TaskRecord, 'groups'>): boolean =>
  groups.some(({ state }) => state === 'confirmed')

/** When the employee may be reminded again; now or earlier: at once. */
export function remindableFrom({ reminders }: Pick<TaskRecord, 'reminders'>): Temporal.Instant | undefined {
  const third = reminders.at(-mostReminders)
  return third === undefined ? undefined : Temporal.Instant.from(third).add({ hours: reminderHours })
}

export function mayRemind(task: Pick<TaskRecord, 'reminders'>, at: Temporal.Instant): boolean {
  const from = remindableFrom(task)
  return from === undefined || Temporal.Instant.compare(from, at) <= 0
}

/** Whether the bot reminds by itself now: between 9 and 18 o'clock, and not soon after the last time. */
export function isReminderDue(task: TaskRecord, at: Temporal.Instant): boolean {
  const { hour } = inShanghai(at)
  if (hour < 9 || hour >= 18 || !mayRemind(task, at)) return false
  const last = task.reminders.at(-1)
  const from = Temporal.Instant.from(last ?? task.createdAt)
  return at.since(from).total('hours') >= (last ? reminderGapHours : firstReminderHours)
}

export const isOverdue = ({ createdAt }: Pick<TaskRecord, 'createdAt'>, at: Temporal.Instant): boolean =>
  at.since(createdAt).total('hours') >= longestHours

/** How many messages a group takes in the month of `at`: as many as the month has days. */
export const monthlyCap = (at: Temporal.Instant): number => inShanghai(at).daysInMonth

/** How many messages of these tasks each group got, or may still get. */
export function countByGroup(tasks: readonly TaskRecord[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { groups } of tasks) {
    for (const { chatId, state } of groups) {
      if (state === 'waiting' || state === 'confirmed') counts.set(chatId, (counts.get(chatId) ?? 0) + 1)
    }
  }
  return counts
}

/** The groups that may get one more message this month, and those that may not. */
export function belowCap(groups: readonly CustomerGroup[], counts: ReadonlyMap<string, number>, cap: number) {
  const isFull = ({ chatId }: CustomerGroup) => (counts.get(chatId) ?? 0) >= cap
  return { open: groups.filter(group => !isFull(group)), full: groups.filter(isFull) }
}
