import { z } from 'zod'
import { reasonOf } from '../../../log.ts'
import {
  type Chat,
  DeadlineError,
  LineDownError,
  RefusedError,
  type Reply,
  ThrottledError,
} from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import { customerTraits } from '../../../ports/line-traits.ts'
import { textParts } from '../../line/parts.ts'
import type { AppApi } from './api/api.ts'
import type { CustomerGroup, GroupDirectory, GroupSet } from './api/directory.ts'
import { mayStillCome, type TaskAttempt, type TaskAttempts } from './tasks/attempts.ts'
import { groupRecords, newTask, type TaskPart, withMade } from './tasks/new-task.ts'
import { belowCap, countByGroup, monthlyCap } from './tasks/rules.ts'
import type { CustomerTasks } from './tasks/tasks.ts'

const mostGroups = 2000
const mostAttachments = 9

const Created = z.object({ msgid: z.string(), fail_list: z.array(z.string()).default([]) })

type Parts = {
  api: AppApi
  directory: GroupDirectory
  tasks: CustomerTasks
  attempts: TaskAttempts
  sets: readonly GroupSet[]
  clock: Clock
}

/** Turns a message to a set of customer groups into a task of the employee who owns them. */
export function createMessageSender(parts: Parts): Chat {
  const { api, directory, tasks, attempts, sets, clock } = parts

  async function contentOf({ text, file, attachments = [] }: Reply, timeoutMs: number) {
    if (text !== undefined && textParts(text, customerTraits.text.maxBytes).length > 1) {
      throw new RefusedError('客户群群发一次最多约 1300 字，这一条太长了。请改短，或者分成两次推送。')
    }
    const files = [...(file ? [file] : []), ...attachments]
    if (files.length > mostAttachments) {
      throw new RefusedError(`客户群群发一次最多带 ${mostAttachments} 个附件，请去掉几个。`)
    }
    const uploaded = []
    for (const one of files) uploaded.push(await api.upload(one, timeoutMs))
    return {
      ...(text ? { text: { content: text } } : {}),
      ...(uploaded.length > 0 ? { attachments: uploaded } : {}),
    }
  }

  async function create(
    groups: readonly CustomerGroup[],
    body: object,
    timeoutMs: number,
  ): Promise<TaskPart> {
    const chat_id_list = groups.map(({ chatId }) => chatId)
    const request = { chat_type: 'group', ...body, chat_id_list }
    const answer = await api.call('externalcontact/add_msg_template', request, timeoutMs)
    const created = Created.safeParse(answer)
    if (!created.success) throw new DeadlineError('the answer to a task names none', { cause: created.error })
    const { msgid, fail_list } = created.data
    const { waiting, failed } = groupRecords(clock.now())
    const refused = new Set(fail_list)
    const records = groups.map(group =>
      refused.has(group.chatId) ? failed(group, '企业微信说这个群发不了') : waiting(group),
    )
    return { messageId: msgid, groups: records }
  }

  /** The first part fails as a whole; of later ones it is kept, since the first cannot be undone. */
  async function createAll(
    groups: readonly CustomerGroup[],
    body: object,
    { before, timeoutMs }: { before: readonly TaskPart[]; timeoutMs: number },
  ) {
    const made = [...before]
    for (let from = 0; from < groups.length; from += mostGroups) {
      const some = groups.slice(from, from + mostGroups)
      try {
        made.push(await create(some, body, timeoutMs))
      } catch (cause) {
        if (made.length === 0) throw cause
        const why = cause instanceof DeadlineError ? '不知道任务建没建成，请问员工' : '任务没有建成'
        const { failed } = groupRecords(clock.now())
        made.push({ messageId: undefined, groups: some.map(group => failed(group, why)) })
      }
    }
    return made
  }

  /** Content and groups of a task, and the tasks that an earlier attempt has made of it. */
  async function prepare(set: GroupSet, reply: Reply, timeoutMs: number, earlier: TaskAttempt | undefined) {
    const groups = await directory.groupsOf(set, timeoutMs)
    if (groups.length === 0) throw new RefusedError(noGroups(set))
    const before = earlier ? await foundOf(earlier, set, groups) : { parts: [], rest: groups }
    const counts = countByGroup(await tasks.monthTasks(clock.now()))
    const { open, full } = belowCap(before.rest, counts, monthlyCap(clock.now()))
    if (open.length === 0 && before.parts.length === 0) {
      throw new RefusedError('这些客户群这个月的群发次数都用完了，下个月再发；急的请员工自己在群里发。')
    }
    return { before: before.parts, open, full, content: await contentOf(reply, timeoutMs) }
  }

  async function foundOf(earlier: TaskAttempt, set: GroupSet, groups: readonly CustomerGroup[]) {
    const made = await attempts.madeBy(earlier, set, groups)
    if (made.length === 0 && mayStillCome(earlier, clock.now())) throw new RefusedError(stillComing)
    return withMade(made, groups, clock.now())
  }

  return {
    async say(target, reply, timeoutMs) {
      const set = 'groupId' in target && sets.find(({ name }) => name === target.groupId)
      if (!set) throw new RefusedError('CUSTOMER_GROUPS 里没有这一组客户群了，请加回来，或者换一个目标。')
      return attempts.during(set, reply, async earlier => {
        const { before, open, full, content } = await unsent(() => prepare(set, reply, timeoutMs, earlier))
        const made = await createAll(open, { sender: set.employee, ...content }, { before, timeoutMs })
        const { failed } = groupRecords(clock.now())
        const left = full.map(group => failed(group, '这个月的群发次数用完了'))
        const task = newTask(set, [...made, { messageId: undefined, groups: left }], clock.now())
        await tasks.add(task)
        return task.id
      })
    },
  }
}

/** Work before a task is asked for: what fails here means certainly not sent. */
async function unsent<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof RefusedError || cause instanceof ThrottledError) throw cause
    throw new LineDownError(`nothing was sent: ${reasonOf(cause)}`, { cause })
  }
}

const stillComing =
  '上一次发的时候企业微信没有回答，任务可能还在建。请两分钟后再点「重发」：已经建好的话不会再建一个。'

const noGroups = ({ employee, word }: GroupSet) =>
  word === ''
    ? `员工「${employee}」名下没有客户群：请先让他在企业微信里建客户群，或者把群主转给他。`
    : `员工「${employee}」名下没有名字带「${word}」的客户群，请核对 CUSTOMER_GROUPS。`
