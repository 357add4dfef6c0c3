import { z } from 'zod'
import { reasonOf } from '../../log.ts'
import type { Chat } from '../../ports/chat.ts'
import { withDeadline } from '../line/deadline.ts'
import type { Line } from '../line/line.ts'
import type { Session, SessionEnd, SessionHandlers } from '../line/session-line.ts'
import { openSocket, type Socket } from '../line/socket.ts'
import { type QqApi, QqAppError } from './api.ts'
import { meaningOf } from './close-codes.ts'

const Frame = z.object({
  op: z.number(),
  d: z.unknown().optional(),
  s: z.number().optional(),
  t: z.string().optional(),
})
type Frame = z.infer<typeof Frame>

const Hello = z.object({ heartbeat_interval: z.number() })
const Ready = z.object({ session_id: z.string(), user: z.object({ id: z.string() }) })
const Gateway = z.object({ url: z.string() })

/** Group and private messages. */
const intents = 1 << 25
const code = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalid: 9,
  hello: 10,
  ack: 11,
}

const notes = {
  silent: 'QQ 没有任何回应，正在自动重连。',
  app: 'QQ 不认这个机器人：请核对 QQ_APP_ID 和 QQ_APP_SECRET（QQ 开放平台「开发设置」），没有错的话看看机器人有没有被封禁。',
}

/** The next connection gets with this the messages that were missed. */
export type Resumption = { sessionId: string; account: string; seq: number }

type Options = {
  api: QqApi
  chat: Chat & Pick<Line, 'recall'>
  connectMs: number
  /** Kept from one connection to the next. */
  kept: { resumption: Resumption | undefined }
  /** An event other than READY and RESUMED. */
  onEvent(name: string, data: unknown): void
}

/** One connection to the gateway, from Hello to its end. */
export function openQqSession(options: Options, handlers: Pick<SessionHandlers, 'onUp' | 'onSign'>): Session {
  const { api, kept } = options
  const over = Promise.withResolvers<SessionEnd>()
  const up = Promise.withResolvers<void>()
  let socket: Socket | undefined
  let heartbeat: NodeJS.Timeout | undefined
  let isAcknowledged = true
  let isOver = false

  function finish(end: Omit<SessionEnd, 'isResumable'>) {
    isOver = true
    clearInterval(heartbeat)
    socket?.end()
    over.resolve({ ...end, isResumable: !end.isFinal && kept.resumption !== undefined })
  }
  const goSilent = (reason: string) => finish({ reason, note: notes.silent, how: 'silent' })

  async function connect() {
    const answer = await api.call({ method: 'GET', path: '/gateway/bot', timeoutMs: options.connectMs })
    const gateway = Gateway.safeParse(answer)
    if (!gateway.success) throw new QqAppError(answer.code ?? 0, answer.message ?? 'no gateway')
    const authorization = await api.authorization()
    if (isOver) return
    socket = openSocket(gateway.data.url, frame => hear(frame, authorization))
    void socket.closed.then(({ code: closed, reason }) => {
      const { dropsSession, ...meaning } = meaningOf(closed)
      if (dropsSession) kept.resumption = undefined
      finish({ reason: `closed: ${closed} ${reason}`, how: 'broken', ...meaning })
    })
    await withDeadline(Promise.race([up.promise, over.promise]), options.connectMs, 'connecting')
  }

  function hear(raw: unknown, authorization: string) {
    const frame = Frame.safeParse(raw)
    if (!frame.success || isOver) return
    const { op, d } = frame.data
    if (op !== code.hello) handlers.onSign()
    if (op === code.hello) greet(d, authorization)
    else if (op === code.ack) isAcknowledged = true
    else if (op === code.reconnect)
      finish({ reason: 'asked to reconnect', note: notes.silent, how: 'broken' })
    else if (op === code.invalid) dropSession()
    else if (op === code.dispatch) dispatch(frame.data)
  }

  function dropSession() {
    kept.resumption = undefined
    finish({ reason: 'the session is not valid any more', note: notes.silent, how: 'broken' })
  }

  function greet(data: unknown, token: string) {
    const { resumption } = kept
    if (resumption) {
      const { sessionId: session_id, seq } = resumption
      socket?.send({ op: code.resume, d: { token, session_id, seq } })
    } else {
      socket?.send({ op: code.identify, d: { token, intents, shard: [0, 1], properties: {} } })
    }
    const { heartbeat_interval } = Hello.parse(data)
    heartbeat = setInterval(beat, heartbeat_interval)
  }

  function beat() {
    if (!isAcknowledged) return goSilent('a heartbeat was not acknowledged')
    isAcknowledged = false
    socket?.send({ op: code.heartbeat, d: kept.resumption?.seq ?? null })
  }

  function dispatch({ s, t = '', d }: Frame) {
    if (t === 'READY') {
      const { session_id: sessionId, user } = Ready.parse(d)
      kept.resumption = { sessionId, account: user.id, seq: s ?? 0 }
      handlers.onUp(user.id)
      return up.resolve()
    }
    if (s !== undefined && kept.resumption) kept.resumption = { ...kept.resumption, seq: s }
    if (t === 'RESUMED') {
      handlers.onUp(kept.resumption?.account ?? '', true)
      return up.resolve()
    }
    options.onEvent(t, d)
  }

  connect().catch(cause => {
    const isApp = cause instanceof QqAppError || (cause instanceof Error && cause.cause instanceof QqAppError)
    if (isApp) finish({ reason: reasonOf(cause), note: notes.app, how: 'broken' })
    else goSilent(reasonOf(cause))
  })
  const { chat } = options
  return { chat, recall: chat.recall, over: over.promise, end: () => goSilent('stopped') }
}
