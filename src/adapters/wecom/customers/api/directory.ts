import { z } from 'zod'
import { createSemaphore } from '../../../../lib/queue.ts'
import { expiring } from '../../../../lib/recently-used.ts'
import type { AppApi } from './api.ts'

/** A set of customer groups as a target: those of one employee, or those of them with a word in the name. */
export type GroupSet = { name: string; employee: string; word: string }

export type CustomerGroup = { chatId: string; name: string }

const Page = z.object({
  group_chat_list: z.array(z.object({ chat_id: z.string() })).default([]),
  next_cursor: z.string().default(''),
})
const Named = z.object({ group_chat: z.object({ name: z.string().default('') }) })

const pageSize = 1000
const mostPages = 20
const namesAtOnce = 4
/** Names are looked up again after six hours. */
const nameMs = 6 * 3_600_000
const unnamed = '没有名字的群'

export type GroupDirectory = ReturnType<typeof createGroupDirectory>

/** The customer groups of employees, by the platform's own list. */
export function createGroupDirectory(api: Pick<AppApi, 'call'>) {
  const names = expiring<string>(20_000, { ttlMs: nameMs })
  const limited = createSemaphore(namesAtOnce)

  async function idsOf(employee: string, timeoutMs: number): Promise<string[]> {
    const ids: string[] = []
    let cursor = ''
    for (let page = 0; page < mostPages; page++) {
      const body = {
        status_filter: 0,
        owner_filter: { userid_list: [employee] },
        limit: pageSize,
        ...(cursor ? { cursor } : {}),
      }
      const read = Page.parse(await api.call('externalcontact/groupchat/list', body, timeoutMs))
      ids.push(...read.group_chat_list.map(({ chat_id }) => chat_id))
      cursor = read.next_cursor
      if (cursor === '') break
    }
    return [...new Set(ids)]
  }

  async function nameOf(chatId: string, timeoutMs: number): Promise<string> {
    const known = names.get(chatId)
    if (known !== undefined) return known
    const answer = await api.call(
      'externalcontact/groupchat/get',
      { chat_id: chatId, need_name: 0 },
      timeoutMs,
    )
    const name = Named.parse(answer).group_chat.name.trim() || unnamed
    names.set(chatId, name)
    return name
  }

  return {
    /** The groups of a set, in the platform's order. */
    async groupsOf({ employee, word }: GroupSet, timeoutMs: number): Promise<CustomerGroup[]> {
      const ids = await idsOf(employee, timeoutMs)
      const named = ids.map(chatId =>
        limited(async () => ({ chatId, name: await nameOf(chatId, timeoutMs) })),
      )
      return (await Promise.all(named)).filter(({ name }) => word === '' || name.includes(word))
    },
  }
}
