import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { instantAt } from '../../../../text/dates/time.ts'
import type { SendResult } from '../tasks/rules.ts'
import type { AppApi } from './api.ts'

const ResultPage = z.object({
  send_list: z
    .array(z.object({ chat_id: z.string().optional(), status: z.number(), send_time: z.number().optional() }))
    .default([]),
  next_cursor: z.string().default(''),
})

const TaskPage = z.object({
  group_msg_list: z
    .array(
      z.object({
        msgid: z.string(),
        /** A person's id; absent where the interface made the task. */
        creator: z.string().default(''),
        text: z.object({ content: z.string().default('') }).optional(),
      }),
    )
    .default([]),
  next_cursor: z.string().default(''),
})

const timeoutMs = 10_000
const resultsAtOnce = 1000
const tasksAtOnce = 100
const mostPages = 20

export type TaskReports = ReturnType<typeof createTaskReports>

/** The platform's reports about tasks, https://developer.work.weixin.qq.com/document/path/93338 (获取群发记录). */
export function createTaskReports(api: Pick<AppApi, 'call'>) {
  /** Reads all pages of a list. */
  async function pagesOf<Page extends { next_cursor: string }>(
    path: string,
    body: object,
    schema: z.ZodType<Page>,
  ): Promise<Page[]> {
    const pages: Page[] = []
    let cursor = ''
    do {
      const answer = await api.call(path, { ...body, ...(cursor ? { cursor } : {}) }, timeoutMs)
      const page = schema.parse(answer)
      pages.push(page)
      cursor = page.next_cursor
    } while (cursor !== '' && pages.length < mostPages)
    return pages
  }

  return {
    /** The results of one message in the groups of this employee. */
    async resultsOf(msgid: string, employee: string): Promise<SendResult[]> {
      const body = { msgid, userid: employee, limit: resultsAtOnce }
      const pages = await pagesOf('externalcontact/get_groupmsg_send_result', body, ResultPage)
      return pages
        .flatMap(({ send_list }) => send_list)
        .flatMap(({ chat_id: chatId, status, send_time }) =>
          chatId ? [{ chatId, status, sentAt: send_time ? instantAt(send_time * 1000) : undefined }] : [],
        )
    },
    /** Messages with this text that an app made for groups in this time, at most a month. @returns their ids */
    async madeBetween(from: Temporal.Instant, to: Temporal.Instant, text: string): Promise<string[]> {
      const seconds = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 1000)
      const body = {
        chat_type: 'group',
        start_time: seconds(from),
        end_time: seconds(to),
        limit: tasksAtOnce,
      }
      const pages = await pagesOf('externalcontact/get_groupmsg_list_v2', body, TaskPage)
      return pages
        .flatMap(({ group_msg_list }) => group_msg_list)
        .filter(({ creator, text: its }) => creator === '' && (its?.content ?? '') === text)
        .map(({ msgid }) => msgid)
    },
  }
}
