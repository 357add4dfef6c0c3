import type { Temporal } from 'temporal-polyfill'
import { dayInShanghai } from '../../../../text/dates/time.ts'
import type { CustomerGroup, GroupSet } from '../api/directory.ts'
import { type GroupRecord, type TaskRecord, taskIdOf } from './records.ts'
import { type MadeTask, withResult } from './rules.ts'

/** The outcome for one part of the groups: a task, or none and why. */
export type TaskPart = { messageId: string | undefined; groups: GroupRecord[] }

/** Makes the records of groups at one time. */
export function groupRecords(at: Temporal.Instant) {
  return {
    waiting: (group: CustomerGroup): GroupRecord => ({ ...group, state: 'waiting', at: at.toString() }),
    failed: (group: CustomerGroup, reason: string): GroupRecord => ({
      ...group,
      state: 'failed',
      reason,
      at: at.toString(),
    }),
  }
}

/** The record of a message whose tasks were made. */
export function newTask(set: GroupSet, parts: readonly TaskPart[], at: Temporal.Instant): TaskRecord {
  const messageIds = parts.flatMap(({ messageId }) => messageId ?? [])
  return {
    id: taskIdOf(dayInShanghai(at).slice(0, 7), messageIds[0] ?? ''),
    set: set.name,
    employee: set.employee,
    createdAt: at.toString(),
    messageIds,
    groups: parts.flatMap(({ groups }) => groups),
    reminders: [],
  }
}

/** Parts of a message that are made already, and the groups that none of them is for. */
export function withMade(made: readonly MadeTask[], groups: readonly CustomerGroup[], at: Temporal.Instant) {
  const byId = new Map(groups.map(group => [group.chatId, group]))
  const { waiting } = groupRecords(at)
  const parts = made.map(({ messageId, results }): TaskPart => {
    const records = results.flatMap(result => {
      const group = byId.get(result.chatId)
      return group ? [withResult({ ...waiting(group), reason: madeBefore }, result)] : []
    })
    return { messageId, groups: records }
  })
  const covered = new Set(made.flatMap(({ results }) => results.map(({ chatId }) => chatId)))
  return { parts, rest: groups.filter(({ chatId }) => !covered.has(chatId)) }
}

const madeBefore = '上一次的任务已经建好了，没有再建一个'
