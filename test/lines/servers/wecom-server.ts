import { createCipheriv, createHash } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { createHeldAnswers } from './held-answers.ts'

/** A file as the platform encrypts it: AES-256-CBC over PKCS#7 to 32 bytes. */
export function encrypted(data: Buffer, key: Buffer): Buffer {
  const count = 32 - (data.length % 32)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(Buffer.concat([data, Buffer.alloc(count, count)])), cipher.final()])
}

type Frame = { cmd: string; headers: { req_id: string }; body: Record<string, unknown> }
type Behaviour = 'ok' | 'silent' | 'close'
type Upload = { total: number; md5: string; chunks: Map<number, Buffer>; type: string; at: number }
type Shown = { chat: string; content: string; how: 'reply' | 'push' }

const testStartMs = Date.parse('2026-11-28T13:00:00+08:00')
const perMinute = 30
const hourMs = 3_600_000

/** A WeCom AI bot's server on loopback, after path/101463 of the official documentation; its clock is the test's. */
export async function openWecomServer({ secret = 'SECRET', startMs = testStartMs } = {}) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  /** Everything that people in the chats see of the bot, in order. */
  const shown: Shown[] = []
  const subscribed: number[] = []
  const spoken = new Set<string>()
  const callbacks = new Map<string, { chat: string; at: number; isEvent: boolean }>()
  const sent = new Map<string, number[]>()
  const uploads = new Map<string, Upload>()
  const behaviour = {
    subscribe: 'ok' as Behaviour | 'refuse',
    ping: 'ok' as Behaviour,
    send: 'ok' as Behaviour | 'garbled',
    chunk: 'ok' as Behaviour,
    /** Before each answer comes the last one once more. */
    repeatsAcks: false,
  }
  let nowMs = startMs
  let current: WebSocket | undefined
  let count = 0
  let beats = 0
  let repeat = () => {}
  const answers = createHeldAnswers()

  function reply(socket: WebSocket, reqId: string, errcode: number, body?: object) {
    const errmsg = errcode === 0 ? 'ok' : 'refused'
    const send = () =>
      socket.send(JSON.stringify({ headers: { req_id: reqId }, errcode, errmsg, ...(body ? { body } : {}) }))
    repeat = send
    answers.send(send)
  }

  function subscribe(socket: WebSocket, reqId: string, body: Frame['body']) {
    subscribed.push(nowMs)
    if (behaviour.subscribe === 'silent') return
    if (behaviour.subscribe === 'close') return socket.close()
    if (body.secret !== secret || behaviour.subscribe === 'refuse') return reply(socket, reqId, 853_000)
    if (current && current !== socket) {
      current.send(JSON.stringify(event({ eventtype: 'disconnected_event' })))
      current.close()
    }
    current = socket
    reply(socket, reqId, 0)
  }

  const event = (what: object) => ({
    cmd: 'aibot_event_callback',
    headers: { req_id: `EVENT-${++count}` },
    body: { aibotid: 'BOT', msgtype: 'event', event: what },
  })

  function isTooOften(chat: string): boolean {
    const lastMinute = (sent.get(chat) ?? []).filter(at => nowMs - at < 60_000)
    sent.set(chat, [...lastMinute, nowMs])
    return lastMinute.length >= perMinute
  }

  /** The message as a chat shows it, or the code of the refusal. */
  function show(chat: string, how: Shown['how'], body: Frame['body']): number {
    const { msgtype } = body as { msgtype: string }
    if (how === 'push' && msgtype === 'text') return 40_008
    if (isTooOften(chat)) return 45_009
    const inner = body[msgtype] as { content?: string; media_id?: string }
    if (Buffer.byteLength(inner.content ?? '') > 20_480) return 40_058
    shown.push({ chat, how, content: inner.content ?? `[${msgtype}] ${inner.media_id}` })
    return 0
  }

  /** An answer that says neither yes nor no. */
  function garble(socket: WebSocket, req_id: string) {
    for (const answer of [{ headers: { req_id }, errcode: 'ok' }, { headers: {}, errcode: 0 }, [], null])
      socket.send(JSON.stringify(answer))
  }

  function send(socket: WebSocket, { headers, body }: Frame) {
    const chat = String(body.chatid)
    const errcode = spoken.has(chat) ? show(chat, 'push', body) : 93_006
    if (behaviour.send === 'close') return socket.terminate()
    if (behaviour.send === 'garbled') return garble(socket, headers.req_id)
    if (behaviour.send === 'ok') reply(socket, headers.req_id, errcode)
  }

  function respond(socket: WebSocket, { headers, body }: Frame) {
    const callback = callbacks.get(headers.req_id)
    if (!callback || callback.isEvent) return reply(socket, headers.req_id, 846_605)
    if (nowMs - callback.at > 24 * hourMs) return reply(socket, headers.req_id, 846_608)
    const errcode = show(callback.chat, 'reply', body)
    if (behaviour.send === 'close') return socket.terminate()
    if (behaviour.send === 'garbled') return garble(socket, headers.req_id)
    if (behaviour.send === 'ok') reply(socket, headers.req_id, errcode)
  }

  function upload(socket: WebSocket, step: string, { headers: { req_id }, body }: Frame) {
    if (step === 'init') {
      const id = `UP${++count}`
      const { total_chunks, md5, type } = body as { total_chunks: number; md5: string; type: string }
      uploads.set(id, { total: total_chunks, md5, type, chunks: new Map(), at: nowMs })
      return reply(socket, req_id, 0, { upload_id: id })
    }
    const known = uploads.get(String(body.upload_id))
    if (!known || nowMs - known.at > hourMs / 2) return reply(socket, req_id, 40_009)
    if (step === 'chunk') {
      if (behaviour.chunk === 'close') return socket.terminate()
      known.chunks.set(Number(body.chunk_index), Buffer.from(String(body.base64_data), 'base64'))
      return reply(socket, req_id, 0)
    }
    const parts = [...known.chunks].sort(([a], [b]) => a - b).map(([, data]) => data)
    const isWhole =
      parts.length === known.total &&
      known.md5 === createHash('md5').update(Buffer.concat(parts)).digest('hex')
    if (!isWhole) return reply(socket, req_id, 40_010)
    return reply(socket, req_id, 0, {
      type: known.type,
      media_id: `MEDIA-${known.md5}`,
      created_at: '1764300000',
    })
  }

  server.on('connection', socket => {
    socket.on('error', () => {})
    socket.on('message', data => {
      const frame = JSON.parse(data.toString()) as Frame
      const { cmd, headers, body } = frame
      if (cmd === 'ping') beats += 1
      if (behaviour.repeatsAcks) repeat()
      if (cmd === 'aibot_subscribe') subscribe(socket, headers.req_id, body)
      else if (cmd === 'ping' && behaviour.ping === 'ok') reply(socket, headers.req_id, 0)
      else if (cmd === 'aibot_send_msg') send(socket, frame)
      else if (cmd === 'aibot_respond_msg') respond(socket, frame)
      else if (cmd.startsWith('aibot_upload_media_'))
        upload(socket, cmd.slice('aibot_upload_media_'.length), frame)
    })
  })

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shown,
    subscribed,
    beats: () => beats,
    behaviour,
    forward(ms: number) {
      nowMs += ms
    },
    /** A person speaks to the bot. @returns the message's id */
    says(said: { from: string; group?: string; text?: string; body?: object; id?: string }) {
      const id = said.id ?? `MSG-${++count}`
      const reqId = `SERVER-${++count}`
      const chat = said.group ?? said.from
      spoken.add(chat)
      callbacks.set(reqId, { chat, at: nowMs, isEvent: false })
      const place = said.group ? { chatid: said.group, chattype: 'group' } : { chattype: 'single' }
      const body = {
        msgid: id,
        aibotid: 'BOT',
        ...place,
        from: { userid: said.from },
        create_time: Math.floor(nowMs / 1000),
        ...(said.text === undefined ? {} : { msgtype: 'text', text: { content: said.text } }),
        ...said.body,
      }
      current?.send(JSON.stringify({ cmd: 'aibot_msg_callback', headers: { req_id: reqId }, body }))
      return id
    },
    ...answers.controls,
    kill: () => current?.terminate(),
    async close() {
      for (const socket of server.clients) socket.terminate()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
