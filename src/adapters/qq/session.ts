import { z } from 'zod'
import { reasonOf } from '../../log.ts'
import type { Chat } from '../../ports/chat.ts'
import { withDeadline } from '../line/deadline.ts'
import type { Line } from '../line/line.ts'
import type { Session, SessionEnd, SessionHandlers } from '../line/session.ts'
import { openSocket, type Socket } from '../line/socket.ts'
import { appErrorOf, type QqApi, QqAppError } from './api.ts'
import { isRefusal, isSessionLoss, meaningOf } from './close-codes.ts'
import { isRefusedForGood, notConnectedWords } from './refusals.ts'
import type { createTakeOverWatch } from './take-over.ts'

const Frame = z.object({
  op: z.number(),
  d: z.unknown().optional(),
  s: z.number().optional(),
  t: z.string().optional(),
})
type Frame = z.infer<typeof Frame>

const Hello = z.object({ heartbeat_interval: z.number() })
const Ready = z.object({ session_id: z.string(), user: z.object({ id: z.string() }) })
const Gateway = z.object({
  url: z.string(),
  session_start_limit: z.object({ remaining: z.number().optional() }).optional(),
})

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
  taken:
    '这个 QQ 机器人好像在别处也连着，两边互相顶掉，这边已停下。请停掉另一个程序，再到控制台「线路」页点「立即重连」。',
}

/** The next connection gets with this the messages that were missed. */
export type Resumption = { sessionId: string; account: string; seq: number }

type Options = {
  api: QqApi
  chat: Chat & Pick<Line, 'recall'>
  connectMs: number
  /** Kept from one connection to the next. */
  kept: { resumption: Resumption | undefined }
  takeOvers: ReturnType<typeof createTakeOverWatch>
  /** Whether another program connected with the same bot since we looked last. */
  onShared(isShared: boolean): void
  /** An event other than READY and RESUMED. */
  onEvent(name: string, data: unknown): void
}

/** Opens one connection to the gateway; it lasts from Hello to its end. */
export function openQqSession(
  options: Options,
  handlers: Pick<SessionHandlers, 'onUp' | 'onSign' | 'onFault'>,
): Session {
  const { api, kept } = options
  const over = Promise.withResolvers<SessionEnd>()
  const up = Promise.withResolvers<void>()
  let socket: Socket | undefined
  let heartbeat: NodeJS.Timeout | undefined
  let isAcknowledged = true
  let isUp = false
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
    options.onShared(options.takeOvers.isShared(gateway.data.session_start_limit?.remaining))
    const authorization = await api.authorization()
    if (isOver) return
    socket = openSocket(gateway.data.url, {
      onFrame: frame => handleFrame(frame, authorization),
      onFault: handlers.onFault,
    })
    void socket.closed.then(({ code: closed, reason }) => {
      if (isOver) return
      const { dropsSession, ...meaning } = meaningOf(closed, kept.resumption !== undefined)
      if (dropsSession || (!isUp && isRefusal(closed))) startAnew(authorization)
      lose({ reason: `closed: ${closed} ${reason}`, how: 'broken', ...meaning }, isSessionLoss(closed))
    })
    await withDeadline(Promise.race([up.promise, over.promise]), options.connectMs, 'connecting')
  }

  function handleFrame(raw: unknown, authorization: string) {
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

  /** The gateway takes neither the session nor, perhaps, the token. */
  function startAnew(authorization: string) {
    kept.resumption = undefined
    api.refuse(authorization)
  }

  function dropSession() {
    kept.resumption = undefined
    lose({ reason: 'the session is not valid any more', note: notes.silent, how: 'broken' }, true)
  }

  /** @param isSessionLoss the platform does not know the session any more */
  function lose(end: Omit<SessionEnd, 'isResumable'>, isSessionLoss: boolean) {
    const isTaken = isSessionLoss && isUp && options.takeOvers.lost()
    finish(isTaken ? { ...end, note: notes.taken, isFinal: true } : end)
  }

  function greet(data: unknown, token: string) {
    const { heartbeat_interval } = Hello.parse(data)
    clearInterval(heartbeat)
    heartbeat = setInterval(beat, heartbeat_interval)
    const { resumption } = kept
    if (resumption) {
      const { sessionId: session_id, seq } = resumption
      socket?.send({ op: code.resume, d: { token, session_id, seq } })
    } else {
      socket?.send({ op: code.identify, d: { token, intents, shard: [0, 1], properties: {} } })
    }
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
      options.takeOvers.up()
      return rise(user.id)
    }
    if (s !== undefined && kept.resumption)
      kept.resumption = { ...kept.resumption, seq: Math.max(s, kept.resumption.seq) }
    if (t === 'RESUMED') {
      return rise(kept.resumption?.account ?? '', true)
    }
    options.onEvent(t, d)
  }

  function rise(account: string, isResumed = false) {
    isUp = true
    handlers.onUp(account, isResumed)
    up.resolve()
  }

  connect().catch(cause => {
    const refusal = appErrorOf(cause)
    if (!refusal) return goSilent(reasonOf(cause))
    const { code: refused } = refusal
    const end = { reason: reasonOf(cause), note: notConnectedWords(refused), how: 'broken' as const }
    finish({ ...end, isRefused: isRefusedForGood(refused) })
  })
  const { chat } = options
  return { chat, recall: chat.recall, over: over.promise, end: goSilent }
}
