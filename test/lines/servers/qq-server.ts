import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { answerGarbled } from './garbled.ts'
import { createHeldAnswers } from './held-answers.ts'

type Body = Record<string, unknown>
type Behaviour = 'ok' | 'silent' | 'close'
type Session = { socket: WebSocket; log: { s: number; frame: object }[]; seq: number }
type Shown = { chat: string; content: string; how: 'reply' | 'push'; id: string; at: number }

const testStartMs = Date.parse('2026-11-28T13:00:00+08:00')
const replyWindowMs = 5 * 60_000
const repliesPerMessage = { group: 5, private: 4 }
const pushesPerMinute = 20
/** Addresses with a scheme or a domain of those that the notes of developers name. */
const address = /(?:https?:\/\/|www\.)|[a-z0-9-]+\.(?:com|cn|net|org|gov|edu|io)(?![a-z0-9])/iu

/** Whether QQ refuses the text for a link, by the notes of developers and not by our own rule. */
export function refusesLinks(text: string, registered: readonly string[]): boolean {
  const hosts = registered.map(host => host.replaceAll('.', '\\.'))
  const rest =
    hosts.length > 0 ? text.replace(new RegExp(`https://(?:${hosts.join('|')})\\S*`, 'gu'), '') : text
  return address.test(rest)
}

/** The QQ open platform on loopback, API v2: HTTP and gateway; its clock is the test's. */
export async function openQqServer({
  secret = 'SECRET',
  registered = [] as string[],
  startMs = testStartMs,
} = {}) {
  const shown: Shown[] = []
  const behaviour = {
    token: 'ok' as Behaviour | 'refuse',
    /** Code of the platform's answer in place of a gateway; 0: it gives one. */
    gateway: 0,
    send: 'ok' as Behaviour | 'garbled',
    /** Called after each message, before its answer. */
    sent: () => {},
    files: 'ok' as Behaviour,
    heartbeat: 'ok' as Behaviour,
    /** The next session of the bot: replaces what went before, gets a share of the events, or makes others invalid. */
    next: 'replaces' as 'replaces' | 'shares' | 'takes',
  }
  const received = new Map<string, { chat: string; at: number; used: Set<number> }>()
  const pushed = new Map<string, number[]>()
  const noPush = new Set<string>()
  /** Those that began, each with what it was sent. */
  const sessions = new Map<string, Session>()
  const identified: ('identify' | 'resume')[] = []
  let nowMs = startMs
  let current: WebSocket | undefined
  let turn = 0
  let count = 0
  let token = 0
  let beats = 0
  let heartbeatMs = 45_000
  let closeOnResume: number | undefined
  const answers = createHeldAnswers()

  const http = createServer((request, response) => void answer(request, response))
  const gateway = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) =>
    gateway.handleUpgrade(request, socket, head, one => greet(one)),
  )
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const base = `127.0.0.1:${(http.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { url = '' } = request
    const body = await read(request)
    const send = (value: object) => {
      const write = () => response.end(JSON.stringify(value))
      if (url.endsWith('/messages')) answers.send(write)
      else write()
    }
    if (url.startsWith('/file/')) return response.end(decodeURIComponent(url.slice('/file/'.length)))
    if (url.startsWith('/base64/'))
      return response.end(Buffer.from(decodeURIComponent(url.slice('/base64/'.length)), 'base64'))
    if (url === '/app/getAppAccessToken') return send(tokenFor(body))
    if (request.headers.authorization !== `QQBot TOKEN-${token}`)
      return send({ code: 11_244, message: 'token expired' })
    if (url === '/gateway/bot')
      return send(behaviour.gateway ? { code: behaviour.gateway, message: 'no' } : gatewayAnswer())
    if (request.method === 'DELETE') return takeBack(url, response)
    const [, kind, chat = '', what] = /^\/v2\/(groups|users)\/([^/]+)\/(messages|files)$/u.exec(url) ?? []
    if (what === 'files') {
      if (behaviour.files === 'silent') return send({})
      if (behaviour.files === 'close') return request.socket.destroy()
      return send({ file_uuid: 'U', file_info: `INFO-${String(body.file_name)}`, ttl: 3600 })
    }
    const outcome = say(decodeURIComponent(chat), body, kind === 'groups')
    const how = behaviour.send
    behaviour.sent()
    if (how === 'close') return request.socket.destroy()
    if (how === 'garbled') return answerGarbled(response)
    if (how === 'ok') send(outcome)
  }

  function gatewayAnswer() {
    const remaining = 1000 - identified.filter(how => how === 'identify').length
    const session_start_limit = { total: 1000, remaining, reset_after: 14_400_000, max_concurrency: 1 }
    return { url: `ws://${base}/ws`, shards: 1, session_start_limit }
  }

  /** Within two minutes; later the platform says no. */
  function takeBack(url: string, response: ServerResponse) {
    const id = decodeURIComponent(url.split('/').at(-1) ?? '')
    const place = shown.findIndex(one => one.id === id)
    const isYoung = place >= 0 && nowMs - (shown[place]?.at ?? 0) <= 120_000
    if (!isYoung) return response.end(JSON.stringify({ code: 40_054_999, message: 'too late' }))
    shown.splice(place, 1)
    response.writeHead(204).end()
  }

  function tokenFor({ clientSecret }: Body): object {
    if (behaviour.token === 'refuse' || clientSecret !== secret)
      return { code: 100_016, message: 'invalid secret' }
    token += 1
    return { access_token: `TOKEN-${token}`, expires_in: token % 2 === 0 ? 7200 : '7200' }
  }

  function say(chat: string, body: Body, isGroup: boolean): object {
    const content = String((body.media as Body | undefined)?.file_info ?? body.content)
    if (refusesLinks(content, registered)) return { code: 40_054_010, message: 'url not allowed' }
    const refused = body.msg_id === undefined ? push(chat, isGroup) : reply(chat, body, isGroup)
    if (refused) return { code: refused, message: 'refused' }
    const id = `ROBOT-${++count}`
    shown.push({ chat, content, how: body.msg_id === undefined ? 'push' : 'reply', id, at: nowMs })
    return { id, timestamp: new Date(nowMs).toISOString() }
  }

  function reply(chat: string, body: Body, isGroup: boolean): number | undefined {
    const message = received.get(String(body.msg_id))
    if (!message || message.chat !== chat) return 40_034_024
    if (nowMs - message.at > replyWindowMs) return 40_034_005
    const number = Number(body.msg_seq)
    if (message.used.has(number)) return 40_054_005
    if (number > repliesPerMessage[isGroup ? 'group' : 'private']) return 40_034_128
    message.used.add(number)
    return undefined
  }

  function push(chat: string, isGroup: boolean): number | undefined {
    if (isGroup && noPush.has(chat)) return 40_034_105
    const lastMinute = (pushed.get(chat) ?? []).filter(at => nowMs - at < 60_000)
    pushed.set(chat, [...lastMinute, nowMs])
    return lastMinute.length >= pushesPerMinute ? 40_034_100 : undefined
  }

  function greet(socket: WebSocket) {
    socket.on('error', () => {})
    socket.on('message', data => {
      const { op, d } = JSON.parse(data.toString()) as { op: number; d: Body }
      if (op === 1) beats += 1
      if (op === 1 && behaviour.heartbeat === 'ok') socket.send(JSON.stringify({ op: 11 }))
      if (op === 2) identify(socket, d)
      if (op === 6) resume(socket, d)
    })
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: heartbeatMs } }))
  }

  function identify(socket: WebSocket, { intents }: Body) {
    identified.push('identify')
    if (intents !== 1 << 25) return socket.close(4014)
    const others = behaviour.next === 'takes' ? [...sessions.values()] : []
    if (behaviour.next !== 'shares') sessions.clear()
    for (const { socket: other } of others) other.send(JSON.stringify({ op: 9, d: false }))
    const session_id = `S${++count}`
    const session = { socket, log: [], seq: 0 }
    current = socket
    sessions.set(session_id, session)
    const user = { id: 'BOTID', username: '创客助手', bot: true }
    dispatchTo(session, 'READY', { version: 1, session_id, user, shard: [0, 1] })
  }

  function resume(socket: WebSocket, { session_id, seq: last }: Body) {
    identified.push('resume')
    if (closeOnResume !== undefined) return socket.close(closeOnResume)
    const session = sessions.get(String(session_id))
    if (!session) return socket.send(JSON.stringify({ op: 9, d: false }))
    current = socket
    session.socket = socket
    for (const { s, frame } of session.log) if (s > Number(last)) socket.send(JSON.stringify(frame))
    dispatchTo(session, 'RESUMED', '')
  }

  /** Where there are several sessions, they get the events in turn. */
  function dispatch(t: string, d: unknown) {
    const all = [...sessions.values()]
    const session = all[turn++ % all.length]
    if (session) dispatchTo(session, t, d)
  }

  function dispatchTo(session: Session, t: string, d: unknown) {
    session.seq += 1
    const frame = { id: `${t}:${++count}`, op: 0, s: session.seq, t, d }
    session.log.push({ s: session.seq, frame })
    if (session.socket.readyState === 1) session.socket.send(JSON.stringify(frame))
  }

  return {
    url: `http://${base}`,
    shown,
    identified,
    beats: () => beats,
    behaviour,
    noPush,
    forward(ms: number) {
      nowMs += ms
    },
    expireToken() {
      token += 1
    },
    beatEvery(ms: number) {
      heartbeatMs = ms
    },
    /** The gateway closes each resumed session with this code. */
    closeResumed(code: number | undefined) {
      closeOnResume = code
    },
    /** A person speaks; `isWhole`: in a group whose owner lets the bot hear everything. @returns the message's id */
    says(said: {
      from: string
      group?: string
      text: string
      id?: string
      mention?: boolean
      isWhole?: boolean
      attachments?: { filename?: string; url: string; content_type?: string }[]
    }) {
      const id = said.id ?? `ROBOT1.0_${++count}`
      const chat = said.group ?? said.from
      if (!received.has(id)) received.set(id, { chat, at: nowMs, used: new Set() })
      const author = said.group
        ? { id: said.from, member_openid: said.from, member_role: 'member', username: said.from, bot: false }
        : { id: said.from, user_openid: said.from }
      const { attachments = [] } = said
      const shared = { id, timestamp: new Date(nowMs).toISOString(), author, attachments }
      if (said.group === undefined) dispatch('C2C_MESSAGE_CREATE', { ...shared, content: said.text })
      else if (said.isWhole) {
        const mentions = said.mention
          ? [{ scope: 'single', is_you: true, bot: true, username: '创客助手' }]
          : []
        dispatch('GROUP_MESSAGE_CREATE', {
          ...shared,
          content: said.text,
          group_openid: said.group,
          mentions,
        })
      } else {
        dispatch('GROUP_AT_MESSAGE_CREATE', { ...shared, content: ` ${said.text}`, group_openid: said.group })
      }
      return id
    },
    ask(op: number) {
      for (const { socket } of sessions.values())
        if (socket.readyState === 1) socket.send(JSON.stringify(op === 9 ? { op, d: false } : { op }))
    },
    /** Data that no version of ours can read. */
    sendRaw: (text: string) => current?.send(text),
    closeWith: (code: number) => current?.close(code),
    kill: () => current?.terminate(),
    ...answers.controls,
    async close() {
      for (const socket of gateway.clients) socket.terminate()
      http.closeAllConnections()
      await new Promise(resolve => http.close(resolve))
    },
  }
}

async function read(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString()
  return text === '' ? {} : (JSON.parse(text) as Body)
}
