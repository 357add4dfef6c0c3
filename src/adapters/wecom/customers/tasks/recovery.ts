import { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../../../../log.ts'
import type { GroupDirectory, GroupSet } from '../api/directory.ts'
import type { TaskAttempt, TaskAttempts } from './attempts.ts'
import { groupRecords, newTask, withMade } from './new-task.ts'
import type { CustomerTasks } from './tasks.ts'

const timeoutMs = 10_000

/** A task that was made although its answer got lost, with the text by which its delivery is known. */
export type FoundTask = { id: string; set: string; text: string }

type Parts = {
  attempts: TaskAttempts
  directory: GroupDirectory
  tasks: Pick<CustomerTasks, 'add'>
  sets: readonly GroupSet[]
  log: Log
}

export type TaskRecovery = ReturnType<typeof createTaskRecovery>

/** Finds tasks that the platform made and whose answer got lost. */
export function createTaskRecovery({ attempts, directory, tasks, sets, log }: Parts) {
  async function recover(
    attempt: TaskAttempt,
    told: (found: FoundTask) => Promise<boolean>,
  ): Promise<boolean> {
    const set = sets.find(({ name }) => name === attempt.set)
    if (!set) return false
    const groups = await directory.groupsOf(set, timeoutMs)
    const since = Temporal.Instant.from(attempt.since)
    const { parts, rest } = withMade(await attempts.madeBy(attempt, set, groups), groups, since)
    if (parts.length === 0) return false
    const { failed } = groupRecords(since)
    const missing = rest.map(group => failed(group, '任务没有建成'))
    const task = newTask(set, [...parts, { messageId: undefined, groups: missing }], since)
    // The delivery is told first, so that a crash between the two finds the task again.
    if (!(await told({ id: task.id, set: set.name, text: attempt.text }))) return false
    await tasks.add(task)
    return true
  }

  return {
    /** Looks for them now. `told` says whether a delivery of these words took the task. */
    async recoverAll(at: Temporal.Instant, told: (found: FoundTask) => Promise<boolean>) {
      await attempts.pollAll(at, async attempt => {
        try {
          return await recover(attempt, told)
        } catch (cause) {
          log.warn({ reason: reasonOf(cause) }, 'the tasks of a lost answer could not be looked for')
          return false
        }
      })
    },
  }
}
