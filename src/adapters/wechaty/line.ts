import type { Temporal } from 'temporal-polyfill'
import { renderUnicodeCompact } from 'uqr'
import { type Log, reasonOf } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import { type Chat, LineDownError, type Message, type Reply } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { World } from '../../sandbox/world.ts'
import { type Connection, connect, type LineTimes } from './connection.ts'
import { withDeadline } from './deadline.ts'
import { explainFault } from './faults.ts'
import type { Echo } from './plugin.ts'
import { findPuppet, type PuppetMaker, type PuppetSettings } from './puppets.ts'

export type LineState = 'starting' | 'scan' | 'up' | 'down'

export type LineStatus = {
  /** As in `WECHATY_PUPPET`. */
  name: string
  state: LineState
  /** One sentence in Chinese. */
  note: string
  /** What the QR code to scan holds, while one is waiting. */
  qrcode?: string
  since: Temporal.Instant
}

/** The way to the chat platform and back. */
export type Line = {
  /** Rejects at once while there is no connection; else as its port promises. */
  chat: Chat
  /**
   * Begins to connect, and goes on by itself whatever happens. Resolves when it is known how that went, at the
   * latest after three seconds.
   * @throws {@link LineFault} when the settings name a puppet that cannot be had.
   */
  start(): Promise<void>
  /** Resolves within four seconds, whatever the line does. */
  stop(): Promise<void>
  status(): LineStatus
}

export type LineOptions = {
  settings: PuppetSettings
  /** The sandbox's; undefined on any other line. */
  world: World | undefined
  /** What anything that came in says, whatever its type: platforms tell things as messages too. */
  onNotice(text: string): void
  answer(message: Message): Promise<Reply[]>
  onEcho(echo: Echo): void
  clock: Clock
  log: Log
  alarms: Alarms
  /** Shows a QR code to whoever sits at the terminal. */
  print(text: string): void
  times?: Partial<LineTimes>
}

/** Field notes 4, but that a dead line is to be noticed within 20 s. */
const defaultTimes: LineTimes = {
  startMs: 20_000,
  dingMs: 6000,
  silenceMs: 13_000,
  firstBackOffMs: 5000,
  lastBackOffMs: 5 * 60_000,
}
const settleMs = 3000
const stopMs = 3500

const notes = {
  starting: '正在连接。',
  scan: '请用手机微信扫码登录。',
  up: '线路正常。',
  loggedOut: '账号已退出登录，请重新登录。',
  stopped: '已停止。',
}

/**
 * The line that the settings name. It keeps itself up: what is dead is thrown away, and a new puppet takes its
 * place after a pause that doubles, for ever.
 */
export function openLine(options: LineOptions): Line {
  const { settings, clock, log, alarms } = options
  const times = { ...defaultTimes, ...options.times }
  const settled = Promise.withResolvers<void>()
  let status: LineStatus = {
    name: settings.WECHATY_PUPPET,
    state: 'starting',
    note: notes.starting,
    since: clock.now(),
  }
  let current: Connection | undefined
  let running: Promise<void> = Promise.resolve()
  let isStopping = false
  let wake = () => {}

  function become(state: LineState, note: string, qrcode?: string) {
    const since = state === status.state ? status.since : clock.now()
    status = { name: status.name, state, note, since, ...(qrcode ? { qrcode } : {}) }
    if (state !== 'starting') settled.resolve()
    if ((state === 'down' || state === 'scan') && !isStopping) alarms.raise('line', `聊天线路：${note}`)
    if (state === 'up') alarms.clear('line')
  }

  function scan(qrcode: string) {
    become('scan', notes.scan, qrcode)
    options.print(`${notes.scan}\n${renderUnicodeCompact(qrcode)}`)
  }

  /** @returns whether it had been up. */
  async function connectOnce(maker: PuppetMaker): Promise<boolean> {
    let wasUp = false
    const connection = connect(maker, {
      ...options,
      times,
      onScan: scan,
      onLogin() {
        wasUp = true
        become('up', notes.up)
      },
      onLogout: () => become('down', notes.loggedOut),
    })
    current = connection
    const reason = await connection.over
    current = undefined
    if (!isStopping) {
      log.warn({ reason }, 'the line is down')
      become('down', explainFault(reason))
    }
    await connection.dispose()
    return wasUp
  }

  function pause(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async function keepConnected(maker: PuppetMaker) {
    let backOffMs = times.firstBackOffMs
    while (!isStopping) {
      const wasUp = await connectOnce(maker)
      if (wasUp) backOffMs = times.firstBackOffMs
      if (!isStopping) await pause(backOffMs)
      backOffMs = Math.min(backOffMs * 2, times.lastBackOffMs)
    }
  }

  return {
    chat: {
      async say(target, reply, deadlineMs) {
        if (!current || status.state !== 'up')
          throw new LineDownError(`the line is ${status.state}: nothing was sent`)
        return current.chat.say(target, reply, deadlineMs)
      },
    },
    async start() {
      const maker = await findPuppet(settings, options.world)
      running = keepConnected(maker).catch(cause => {
        log.error({ reason: reasonOf(cause) }, 'the line ended')
        become('down', explainFault(reasonOf(cause)))
      })
      await withDeadline(settled.promise, settleMs, 'connecting').catch(() => {})
    },
    async stop() {
      isStopping = true
      current?.end('stopped')
      wake()
      await withDeadline(running, stopMs, 'stopping').catch(() => {})
      become('down', notes.stopped)
    },
    status: () => status,
  }
}
