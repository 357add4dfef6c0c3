import { reasonOf } from '../../log.ts'
import type { Clock } from '../../ports/clock.ts'
import { withDeadline } from '../line/deadline.ts'
import type { Session, SessionEnd, SessionHandlers } from '../line/session.ts'
import { openSocket } from '../line/socket.ts'
import { createMessageSender } from './message-sender.ts'
import { type Callback, readFrame } from './protocol/frames.ts'
import { messageOf } from './protocol/messages.ts'
import { createRequests } from './protocol/requests.ts'

export type WecomSettings = { url: string; botId: string; secret: string; botName: string }

/** How long things may take, in milliseconds by the machine's clock. */
export type WecomTimes = { connectMs: number; heartbeatMs: number }
export const wecomTimes: WecomTimes = { connectMs: 10_000, heartbeatMs: 30_000 }

const ends = {
  taken:
    '这个机器人在别处连上了，这边已停下，免得两边互相顶掉。请停掉另一个程序，再到控制台「线路」页点「立即重连」。',
  refused:
    '企业微信不认这个机器人：请核对 WECOM_BOT_ID 和 WECOM_BOT_SECRET（管理后台「智能机器人」里的长连接）。',
  silent: '企业微信没有任何回应，正在自动重连。',
  broken: '与企业微信的连接断了，正在自动重连。',
}

type Options = { settings: WecomSettings; times: WecomTimes; clock: Clock }

/** Opens one connection of a WeCom AI bot; it lasts from the subscription to its end. */
export function openWecomSession({ settings, times, clock }: Options, handlers: SessionHandlers): Session {
  const over = Promise.withResolvers<SessionEnd>()
  const socket = openSocket(settings.url, { onFrame: frame => handleFrame(frame), onFault: handlers.onFault })
  const requests = createRequests(socket)
  const speaker = createMessageSender(requests)
  let heartbeat: NodeJS.Timeout | undefined

  function finish(reason: string, kind: keyof typeof ends) {
    clearInterval(heartbeat)
    requests.end()
    socket.end()
    over.resolve({
      reason,
      note: ends[kind],
      how: kind === 'silent' ? 'silent' : 'broken',
      isFinal: kind === 'taken',
      isRefused: kind === 'refused',
    })
  }

  function handleFrame(frame: unknown) {
    const read = readFrame(frame)
    if (!read) return
    if ('ack' in read) {
      handlers.onSign()
      requests.settle(read.ack)
    } else {
      handleCallback(read.callback)
    }
  }

  function handleCallback(callback: Callback) {
    if (callback.body.event?.eventtype === 'disconnected_event') return finish('taken over', 'taken')
    if (callback.cmd === 'aibot_event_callback') return handlers.onSign()
    speaker.heard(callback)
    const message = messageOf(callback.body, { clock, botName: settings.botName })
    if (message) handlers.onMessage(message)
  }

  async function subscribe() {
    await withDeadline(socket.opened, times.connectMs, 'connecting')
    const body = { bot_id: settings.botId, secret: settings.secret }
    const ack = await requests.ask({ cmd: 'aibot_subscribe', body, timeoutMs: times.connectMs })
    if (ack.errcode !== 0) return finish(`subscribe: ${ack.errcode} ${ack.errmsg}`, 'refused')
    handlers.onUp(settings.botId)
    heartbeat = setInterval(ping, times.heartbeatMs)
  }

  function ping() {
    requests
      .ask({ cmd: 'ping', timeoutMs: times.heartbeatMs })
      .catch(cause => finish(reasonOf(cause), 'silent'))
  }

  void socket.closed.then(({ code, reason }) => finish(`closed: ${code} ${reason}`, 'broken'))
  subscribe().catch(cause => finish(reasonOf(cause), 'silent'))
  return { chat: speaker, over: over.promise, end: reason => finish(reason, 'broken') }
}
