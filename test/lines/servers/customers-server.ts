import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerGarbled } from './garbled.ts'
import { createHeldAnswers } from './held-answers.ts'

type Body = Record<string, unknown>
type NoAnswer = 'silent' | 'close' | 'garbled'
type Task = {
  sender: string
  chats: string[]
  text: string
  attachments: number
  isStopped: boolean
}

const monthlyCap = 30
const remindersPerDay = 3
const pageSize = 100
const taskPageSize = 20

/**
 * The interface of a WeCom app on loopback, as far as customer groups go; the employee's taps are the test's.
 * @param nowMs the platform's clock
 */
export async function openCustomersServer({ secret = 'SECRET', nowMs = Date.now } = {}) {
  /** By employee, the ids and names of the groups that they own. */
  const owned = new Map<string, Map<string, string>>()
  const tasks = new Map<string, Task>()
  const status = new Map<string, number>()
  const createdMs = new Map<string, number>()
  const got = new Map<string, number>()
  const reminders = new Map<string, number>()
  const behaviour = {
    /** `silent`, `close` and `garbled` make the task without an answer that says so; `lost` makes none. */
    create: 'ok' as 'ok' | 'silent' | 'close' | 'garbled' | 'lost' | 'busy' | 'no-right',
    upload: 'ok' as 'ok' | 'close',
    closeAfter: Number.POSITIVE_INFINITY,
  }
  const requests: string[] = []
  let token = 1
  let count = 0
  const answers = createHeldAnswers()

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1')
    const path = url.pathname.replace('/cgi-bin/', '')
    requests.push(path)
    const body = await read(request)
    const send = (answer: Body) => response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...answer }))
    if (path === 'gettoken') {
      if (url.searchParams.get('corpsecret') !== secret) return send({ errcode: 40_001 })
      return send({ access_token: `T${token}`, expires_in: 7200 })
    }
    if (url.searchParams.get('access_token') !== `T${token}`) return send({ errcode: 42_001 })
    const answer = answerTo(path, body)
    if (answer === 'close') return void request.socket.destroy()
    if (answer === 'silent') return
    if (answer === 'garbled') return answerGarbled(response)
    if (path === 'externalcontact/add_msg_template') answers.send(() => send(answer))
    else send(answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  function answerTo(path: string, body: Body): Body | NoAnswer {
    switch (path) {
      case 'externalcontact/groupchat/list':
        return list(body)
      case 'externalcontact/groupchat/get':
        return { group_chat: { name: nameOf(String(body.chat_id)) } }
      case 'media/upload':
        return behaviour.upload === 'close' ? 'close' : { media_id: `M${++count}` }
      case 'externalcontact/add_msg_template':
        return create(body)
      case 'externalcontact/get_groupmsg_list_v2':
        return made(body)
      case 'externalcontact/get_groupmsg_send_result':
        return results(body)
      case 'externalcontact/remind_groupmsg_send':
        return remind(String(body.msgid))
      case 'externalcontact/cancel_groupmsg_send':
        return stop(String(body.msgid))
      default:
        return { errcode: 40_066 }
    }
  }

  const nameOf = (chatId: string) =>
    [...owned.values()].map(groups => groups.get(chatId)).find(name => name !== undefined) ?? ''

  function list(body: Body): Body {
    const [employee = ''] = (body.owner_filter as { userid_list: string[] }).userid_list
    const groups = owned.get(employee)
    if (!groups) return { errcode: 40_003 }
    const from = Number(body.cursor ?? 0)
    const ids = [...groups.keys()].slice(from, from + Number(body.limit))
    const next = from + ids.length
    return {
      group_chat_list: ids.map(chat_id => ({ chat_id, status: 0 })),
      ...(next < groups.size ? { next_cursor: String(next) } : {}),
    }
  }

  function create(body: Body): Body | NoAnswer {
    if (behaviour.create === 'busy') return { errcode: 45_009 }
    if (behaviour.create === 'no-right') return { errcode: 48_002 }
    const chats = body.chat_id_list as string[]
    if (body.chat_type !== 'group' || chats.length > 2000 || !body.sender) return { errcode: 40_058 }
    const text = (body.text as { content: string } | undefined)?.content ?? ''
    if (Buffer.byteLength(text) > 4000) return { errcode: 40_058 }
    if (tasks.size >= behaviour.closeAfter || behaviour.create === 'lost') return 'close'
    const msgid = `MSG-${++count}`
    const attachments = ((body.attachments as unknown[] | undefined) ?? []).length
    tasks.set(msgid, { sender: String(body.sender), chats, text, attachments, isStopped: false })
    createdMs.set(msgid, nowMs())
    for (const chat of chats) status.set(`${msgid} ${chat}`, 0)
    const { create: how } = behaviour
    return how === 'silent' || how === 'close' || how === 'garbled' ? how : { msgid, fail_list: [] }
  }

  /** Newest last; a task that an app made has no creator. */
  function made(body: Body): Body {
    const [from, to] = [Number(body.start_time), Number(body.end_time)]
    if (!(from < to && to - from <= 31 * 86_400) || body.chat_type !== 'group') return { errcode: 40_058 }
    const within = [...tasks].filter(([msgid]) => {
      const seconds = Math.floor((createdMs.get(msgid) ?? 0) / 1000)
      return seconds >= from && seconds <= to
    })
    const first = Number(body.cursor ?? 0)
    const page = within.slice(first, first + Math.min(Number(body.limit), taskPageSize))
    const next = first + page.length
    return {
      group_msg_list: page.map(([msgid, { text }]) => ({
        msgid,
        create_time: String(Math.floor((createdMs.get(msgid) ?? 0) / 1000)),
        create_type: 0,
        text: { content: text },
      })),
      ...(next < within.length ? { next_cursor: String(next) } : {}),
    }
  }

  function results(body: Body): Body {
    const task = tasks.get(String(body.msgid))
    if (!task || task.sender !== body.userid) return { errcode: 40_058 }
    const from = Number(body.cursor ?? 0)
    const chats = task.chats.slice(from, from + pageSize)
    const next = from + chats.length
    return {
      send_list: chats.map(chat_id => {
        const its = status.get(`${body.msgid} ${chat_id}`) ?? 0
        return {
          chat_id,
          userid: task.sender,
          status: its,
          ...(its === 1 ? { send_time: 1_795_842_000 } : {}),
        }
      }),
      ...(next < task.chats.length ? { next_cursor: String(next) } : {}),
    }
  }

  function remind(msgid: string): Body {
    const times = (reminders.get(msgid) ?? 0) + 1
    if (times > remindersPerDay) return { errcode: 41_093 }
    reminders.set(msgid, times)
    return {}
  }

  function stop(msgid: string): Body {
    const task = tasks.get(msgid)
    if (!task) return { errcode: 40_058 }
    task.isStopped = true
    return {}
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    owned,
    tasks,
    behaviour,
    reminders,
    requests,
    expireToken() {
      token += 1
    },
    /** A day passes: reminders are allowed again. */
    nextDay: () => reminders.clear(),
    nextMonth: () => got.clear(),
    /** The employee taps: what is not stopped goes into these groups, by default all. */
    tap(msgid: string, chats?: readonly string[]) {
      const task = tasks.get(msgid)
      if (!task || task.isStopped) return
      for (const chat of chats ?? task.chats) {
        const times = (got.get(chat) ?? 0) + 1
        got.set(chat, times)
        status.set(`${msgid} ${chat}`, times > monthlyCap ? 3 : 1)
      }
    },
    /** The group has received all that it may. */
    fill: (chat: string) => void got.set(chat, monthlyCap),
    ...answers.controls,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

async function read(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString()
  return text.startsWith('{') ? (JSON.parse(text) as Body) : {}
}
