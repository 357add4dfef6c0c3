import type { Temporal } from 'temporal-polyfill'
import type { CustomerLineTasks } from '../../adapters/wecom/customers/line.ts'
import type { Feature } from '../../feature.ts'
import type { RunningOutbox } from '../../outbox/index.ts'
import { type GroupTasks, noGroupTasks } from '../../ports/group-tasks.ts'
import { lineNameOf, qualified, unqualified } from '../../ports/line-ids.ts'
import type { OpenedLine } from './open.ts'

const everySeconds = 60

/** The tasks of all lines that have such, by qualified ids. */
export function groupTasksOf(lines: readonly OpenedLine[]): GroupTasks {
  const portOf = (id: string) =>
    lines.find(({ name }) => name === lineNameOf(id))?.tasks?.port ?? noGroupTasks
  return {
    groupsOf: async id => portOf(id).groupsOf(unqualified(id)),
    remind: async id => portOf(id).remind(unqualified(id)),
    messagesLeft: async id => portOf(id).messagesLeft(unqualified(id)),
  }
}

/** Fetches the results of tasks and tells the outbox what came of them. */
export function groupTaskSweeps(
  lines: readonly OpenedLine[],
  outbox: Pick<RunningOutbox, 'echo' | 'denied' | 'taskFound'>,
): Feature {
  const withTasks = lines.flatMap(({ name, tasks }) => (tasks ? [{ name, tasks }] : []))

  async function fetchResults(name: string, tasks: CustomerLineTasks, at: Temporal.Instant) {
    await tasks.pollAll(at, async ({ id, set, failure }) => {
      const message = { messageId: qualified(name, id), target: { groupId: qualified(name, set) } }
      if (failure === undefined) await outbox.echo({ ...message, text: '' })
      else await outbox.denied(message, failure)
    })
    await tasks.recoverAll(at, ({ id, set, text }) =>
      outbox.taskFound({ messageId: qualified(name, id), target: { groupId: qualified(name, set) }, text }),
    )
  }

  return {
    name: 'group-tasks',
    sweeps: withTasks.map(({ name, tasks }) => ({
      name: `group-tasks-${name}`,
      everySeconds,
      run: at => fetchResults(name, tasks, at),
    })),
  }
}
