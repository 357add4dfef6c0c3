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
import { dayInShanghai } from '../../../text/dates/time.ts'
import { textParts } from '../../line/parts.ts'
import type { AppApi } from './api/api.ts'
import type { CustomerGroup, GroupDirectory, GroupSet } from './api/directory.ts'
import { type GroupRecord, taskIdOf } from './tasks/records.ts'
import { belowCap, countByGroup, monthlyCap } from './tasks/rules.ts'
import type { CustomerTasks } from './tasks/tasks.ts'

const mostGroups = 2000
const mostAttachments = 9

const Created = z.object({ msgid: z.string(), fail_list: z.array(z.string()).default([]) })

type Parts = {
  api: AppApi
  directory: GroupDirectory
  tasks: CustomerTasks
  sets: readonly GroupSet[]
  clock: Clock
}

/** The outcome for one part of the groups: a task, or none and why. */
type Part = { messageId: string | undefined; groups: GroupRecord[] }

/** Turns a message to a set of customer groups into a task of the employee who owns them. */
export function createMessageSender({ api, directory, tasks, sets, clock }: Parts): Chat {
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

  async function create(groups: readonly CustomerGroup[], body: object, timeoutMs: number): Promise<Part> {
    const chat_id_list = groups.map(({ chatId }) => chatId)
    const request = { chat_type: 'group', ...body, chat_id_list }
    const answer = await api.call('externalcontact/add_msg_template', request, timeoutMs)
    const { msgid, fail_list } = Created.parse(answer)
    const failed = new Set(fail_list)
    const records = groups.map(group =>
      failed.has(group.chatId) ? failedRecord(group, '企业微信说这个群发不了') : waitingRecord(group),
    )
    return { messageId: msgid, groups: records }
  }

  const at = () => clock.now().toString()
  const waitingRecord = (group: CustomerGroup): GroupRecord => ({ ...group, state: 'waiting', at: at() })
  const failedRecord = (group: CustomerGroup, reason: string): GroupRecord => ({
    ...group,
    state: 'failed',
    reason,
    at: at(),
  })

  /** The first part fails as a whole; of later ones it is kept, since the first cannot be undone. */
  async function createAll(groups: readonly CustomerGroup[], body: object, timeoutMs: number) {
    const parts: Part[] = []
    for (let from = 0; from < groups.length; from += mostGroups) {
      const some = groups.slice(from, from + mostGroups)
      try {
        parts.push(await create(some, body, timeoutMs))
      } catch (cause) {
        if (parts.length === 0) throw cause
        const why = cause instanceof DeadlineError ? '不知道任务建没建成，请问员工' : '任务没有建成'
        parts.push({ messageId: undefined, groups: some.map(group => failedRecord(group, why)) })
      }
    }
    return parts
  }

  /** A failure before the task is asked for means certainly not sent. */
  async function prepared(set: GroupSet, reply: Reply, timeoutMs: number) {
    try {
      const groups = await directory.groupsOf(set, timeoutMs)
      const counts = countByGroup(await tasks.monthTasks(clock.now()))
      const { open, full } = belowCap(groups, counts, monthlyCap(clock.now()))
      if (groups.length === 0) throw new RefusedError(noGroups(set))
      if (open.length === 0) {
        throw new RefusedError('这些客户群这个月的群发次数都用完了，下个月再发；急的请员工自己在群里发。')
      }
      return { open, full, content: await contentOf(reply, timeoutMs) }
    } catch (cause) {
      if (cause instanceof RefusedError || cause instanceof ThrottledError) throw cause
      throw new LineDownError(`nothing was sent: ${reasonOf(cause)}`, { cause })
    }
  }

  return {
    async say(target, reply, timeoutMs) {
      const set = 'groupId' in target && sets.find(({ name }) => name === target.groupId)
      if (!set) throw new RefusedError('CUSTOMER_GROUPS 里没有这一组客户群了，请加回来，或者换一个目标。')
      const { open, full, content } = await prepared(set, reply, timeoutMs)
      const parts = await createAll(open, { sender: set.employee, ...content }, timeoutMs)
      const messageIds = parts.flatMap(({ messageId }) => messageId ?? [])
      const id = taskIdOf(dayInShanghai(clock.now()).slice(0, 7), messageIds[0] ?? '')
      const left = full.map(group => failedRecord(group, '这个月的群发次数用完了'))
      await tasks.add({
        id,
        set: set.name,
        employee: set.employee,
        createdAt: at(),
        messageIds,
        groups: [...parts.flatMap(({ groups }) => groups), ...left],
        reminders: [],
      })
      return id
    },
  }
}

const noGroups = ({ employee, word }: GroupSet) =>
  word === ''
    ? `员工「${employee}」名下没有客户群：请先让他在企业微信里建客户群，或者把群主转给他。`
    : `员工「${employee}」名下没有名字带「${word}」的客户群，请核对 CUSTOMER_GROUPS。`
