import { reasonOf } from '../../../log.ts'
import { RefusedError } from '../../../ports/chat.ts'
import { customerTraits } from '../../../ports/line-traits.ts'
import type { Store } from '../../../ports/store.ts'
import type { Line } from '../../line/line.ts'
import type { Session, SessionEnd } from '../../line/session.ts'
import { openSessionLine, type SessionLineOptions } from '../../line/session-line.ts'
import { type AppSettings, createAppApi } from './api/api.ts'
import { createGroupDirectory, type GroupSet } from './api/directory.ts'
import { createTaskReports } from './api/reports.ts'
import { createMessageSender } from './message-sender.ts'
import { createTaskAttempts } from './tasks/attempts.ts'
import { createTaskRecovery, type TaskRecovery } from './tasks/recovery.ts'
import { type CustomerTasks, createCustomerTasks } from './tasks/tasks.ts'

type CustomerOptions = Omit<SessionLineOptions, 'name' | 'traits' | 'open'> & {
  settings: AppSettings
  sets: readonly GroupSet[]
  store: Store
}

/** Tasks whose results are asked for, and those whose answer got lost. */
export type CustomerLineTasks = CustomerTasks & TaskRecovery

/** Customer groups (客户群群发): the bot prepares, an employee sends; no messages come in. */
export function openCustomerLine({ settings, sets, store, ...options }: CustomerOptions): {
  line: Line
  tasks: CustomerLineTasks
} {
  const api = createAppApi(settings)
  const directory = createGroupDirectory(api)
  const { clock, log } = options
  const reports = createTaskReports(api)
  const tasks = createCustomerTasks({ api, directory, reports, sets, store, clock, log })
  const attempts = createTaskAttempts({ reports, tasks, store, clock })
  const chat = createMessageSender({ api, directory, tasks, attempts, sets, clock })
  const recovery = createTaskRecovery({ attempts, directory, tasks, sets, log })

  const line = openSessionLine({
    ...options,
    name: 'customers',
    traits: () => customerTraits,
    open({ onUp }): Session {
      const over = Promise.withResolvers<SessionEnd>()
      api.check().then(
        () => onUp(settings.corpId),
        cause => over.resolve(endOf(cause)),
      )
      const end = (reason: string) => over.resolve({ reason, note: notes.unreached, how: 'broken' })
      return { chat, over: over.promise, end, recall: (_target, id) => tasks.withdraw(id) }
    },
  })
  return { line, tasks: { ...tasks, ...recovery } }
}

const notes = { unreached: '连不上企业微信的接口，正在自动重试。请看看这台机器能不能上网。' }

const endOf = (cause: unknown): SessionEnd => ({
  reason: reasonOf(cause),
  note: cause instanceof RefusedError ? cause.message : notes.unreached,
  how: 'broken',
  isRefused: cause instanceof RefusedError,
})
