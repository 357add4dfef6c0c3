import { WechatyBuilder } from 'wechaty'
import { type payloads, types } from 'wechaty-puppet'
import { type Log, reasonOf } from '../../log.ts'
import type { Clock } from '../../ports/clock.ts'
import { withDeadline } from '../line/deadline.ts'
import type { Session, SessionHandlers } from '../line/session.ts'
import { abortOnDisconnect } from './abort-on-disconnect.ts'
import { createHeartbeatMonitor, type LivenessSignal } from './heartbeat-monitor.ts'
import { type ClockSkew, watchEchoes } from './messages/clock-skew.ts'
import { isDeadLine, reasonInPayload, withoutToken } from './messages/faults.ts'
import { createMessageSender } from './messages/message-sender.ts'
import { createNames } from './messages/names.ts'
import { createOwnMessages } from './messages/own-messages.ts'
import { groupBot } from './messages/plugin.ts'
import { notes } from './notes.ts'
import { dingAcknowledged } from './puppets/gateway-puppet.ts'
import type { PuppetMaker } from './puppets/puppets.ts'

/** Time limits of a line, by the machine's clock. */
export type LineTimes = {
  startMs: number
  /** Without a login or a code to scan for this long, the status says what is missing. */
  slowMs: number
  /** Interval between dings, ms. */
  dingMs: number
  /** Without a sign of life for this long, ms, a connection is closed. */
  silenceMs: number
  /** Before the first attempt to connect again; doubles up to the last. */
  firstBackOffMs: number
  lastBackOffMs: number
}

type ConnectionParts = SessionHandlers & {
  skew: ClockSkew
  /** Whether this line, over an earlier connection, answered a ding. */
  hasAnsweredDing: boolean
  /** Whether an acknowledged ding counts as a sign of life, for gateways that never answer one. */
  acceptsDingAck: boolean
  clock: Clock
  log: Log
  times: LineTimes
}

/** The end of a connection. */
export type Disconnection = { reason: string; how: 'broken' | 'silent'; hasAnsweredDing: boolean }

/** A session whose end also tells whether the gateway answered a ding. */
export type Connection = Omit<Session, 'over'> & { over: Promise<Disconnection> }

const disposeMs = 2000
const signsOfLife = ['login', 'ready', 'scan'] as const

/** Lifetime of one Wechaty connection. */
export function connect(maker: PuppetMaker, parts: ConnectionParts): Connection {
  const { make, memoryName, isRemote = false } = maker
  const { log, times } = parts
  const puppet = make()
  const names = createNames(puppet, log)
  const own = createOwnMessages({ isRemote })
  const wechaty = WechatyBuilder.build({ puppet, ...(memoryName ? { name: memoryName } : {}) })
  const monitor = createHeartbeatMonitor({ ...times, ...parts, nowMs: performance.now() })
  const disconnected = Promise.withResolvers<Disconnection>()
  const { chat: watched, noteEcho } = watchEchoes(createMessageSender(puppet, names, own), parts)
  const chat = abortOnDisconnect(watched, disconnected.promise)
  let isOver = false
  let isReceivingStopped = false
  let drainPlugin = async () => {}
  let isScanning = false
  let hasStarted = false
  let isMute = false
  let isUp = false
  let ours: ReturnType<typeof puppet.listeners> = []
  let probe: NodeJS.Timeout | undefined
  const slow = setTimeout(
    () => parts.onBlocked(hasStarted && !puppet.isLoggedIn ? notes.noLogin : notes.noAnswer),
    times.slowMs,
  )

  function close(reason: string, how: Disconnection['how'] = 'broken') {
    isOver = true
    clearInterval(probe)
    clearTimeout(slow)
    disconnected.resolve({ reason, how, hasAnsweredDing: monitor.hasAnsweredDing() })
  }

  function noteSignal(sign: LivenessSignal | 'message') {
    const hadMissed = monitor.record(sign === 'message' ? 'alive' : sign, performance.now())
    if (isOver) return
    if (sign === 'dong' || sign === 'message') goUp()
    if (sign !== 'acknowledged' || parts.acceptsDingAck) parts.onSign(hadMissed)
  }

  function goUp() {
    if (isUp || !puppet.isLoggedIn) return
    isUp = true
    clearTimeout(slow)
    removeWechatyMessageListeners()
    parts.onUp(puppet.currentUserId)
  }

  /**
   * Wechaty looks up each message once more, with its group and its people, for listeners of which there are none:
   * a tenth of what a message costs us.
   */
  function removeWechatyMessageListeners() {
    const others = puppet.listeners('message').filter(one => !ours.includes(one))
    for (const one of others) puppet.off('message', one as (payload: payloads.EventMessage) => void)
  }

  function listen() {
    // Without a listener for errors the process ends at the first one.
    wechaty.on('error', cause =>
      log[isOver ? 'debug' : 'warn']({ reason: withoutToken(reasonOf(cause)) }, 'wechaty reports an error'),
    )
    puppet.on('error', payload => {
      const reason = reasonInPayload(payload)
      if (isDeadLine(reason)) close(reason)
    })
    for (const sign of signsOfLife) puppet.on(sign, () => noteSignal('alive'))
    puppet.on('message', () => noteSignal('message'))
    puppet.on('heartbeat', ({ data }) => noteSignal(data === dingAcknowledged ? 'acknowledged' : 'alive'))
    puppet.on('dong', () => noteSignal('dong'))
    listenForAccount()
    const botParts = {
      ...parts,
      puppet,
      names,
      own,
      onEcho: noteEcho,
      isOver: () => isOver || isReceivingStopped,
    }
    const bot = groupBot(botParts)
    drainPlugin = bot.drain
    wechaty.use(bot.plugin)
    // Wechaty's come when it starts.
    ours = puppet.listeners('message')
  }

  function listenForAccount() {
    puppet.on('scan', ({ status, qrcode }) => {
      clearTimeout(slow)
      isScanning = status === types.ScanStatus.Waiting || status === types.ScanStatus.Timeout
      if (isScanning && qrcode && !isOver) parts.onBlocked(notes.scan, { qrcode })
    })
    puppet.on('login', () => {
      isScanning = false
      if (isOver) return
      // A login proves no health: a gateway that can answer dings has to answer one.
      if (!parts.hasAnsweredDing) goUp()
      sendDing()
    })
    puppet.on('logout', () => {
      isUp = false
      if (!isOver) parts.onLoggedOut(notes.loggedOut)
    })
  }

  function ding() {
    if (isOver) return
    const health = monitor.check(performance.now())
    if (health === 'dead' && !isScanning) return close('silent', 'silent')
    if (health === 'mute' && !isMute) {
      isMute = true
      parts.onLimited(notes.mute)
    }
    sendDing()
  }

  function sendDing() {
    try {
      puppet.ding('chuangke')
    } catch (cause) {
      log.debug({ reason: reasonOf(cause) }, 'not ready for a ding')
    }
  }

  async function start() {
    try {
      await withDeadline(wechaty.start(), times.startMs, 'starting the line')
      if (puppet.state.active() !== true) close('the puppet did not start')
      hasStarted = true
      monitor.record('alive', performance.now())
      // After pending input was read, else a busy moment of this process would count as silence.
      if (!isOver) probe = setInterval(() => setImmediate(ding), times.dingMs)
    } catch (cause) {
      close(withoutToken(reasonOf(cause)))
    }
  }

  async function dispose() {
    close('disposed')
    try {
      await withDeadline(wechaty.stop(), disposeMs, 'stopping the line')
    } catch (cause) {
      log.debug({ reason: reasonOf(cause) }, 'a line did not stop in time')
    }
  }

  listen()
  void start()
  async function drain() {
    isReceivingStopped = true
    parts.skew.release()
    await drainPlugin()
  }
  return { chat, over: disconnected.promise, end: close, drain, dispose }
}
