import { WechatyBuilder } from 'wechaty'
import { type payloads, types } from 'wechaty-puppet'
import { type Log, reasonOf } from '../../log.ts'
import type { Chat } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { abortOnDisconnect } from '../line/abort-on-disconnect.ts'
import { withDeadline } from '../line/deadline.ts'
import type { MessageHandlers } from '../line/handlers.ts'
import { type ClockSkew, watchEchoes } from './clock-skew.ts'
import { isDeadLine, reasonInPayload, withoutToken } from './faults.ts'
import { createNames } from './names.ts'
import { groupBot } from './plugin.ts'
import { createPulse, type Sign } from './pulse.ts'
import { dingTaken } from './puppets/gateway-puppet.ts'
import type { PuppetMaker } from './puppets/puppets.ts'
import { createSpeaker } from './speaker.ts'

/** How long things may take on a line, by the machine's time. */
export type LineTimes = {
  startMs: number
  /** After so long without a login or a code to scan, it is said what is being waited for. */
  slowMs: number
  /** Between two dings. */
  dingMs: number
  /** Without any sign of life for so long, a line is dead. */
  silenceMs: number
  /** Before the first attempt to connect again; doubles up to the last. */
  firstBackOffMs: number
  lastBackOffMs: number
}

export type ConnectionParts = MessageHandlers & {
  skew: ClockSkew
  /** Logged in as that account, and where this line is known to answer dings, proven by an answer or a message. */
  onUp(account: string): void
  onLogout(): void
  onScan(qrcode: string): void
  /** It is not up yet, nor is there a code to scan: what it lacks. */
  onSlow(lacks: 'answer' | 'login'): void
  /** It lives, but never answers dings. */
  onMute(): void
  /** At every sign of life; `hadMissed` when dings had gone unanswered before it. */
  onSign(hadMissed: boolean): void
  /** Whether this line, over an earlier connection, answered a ding. */
  hasDonged: boolean
  /** Whether that a gateway takes dings is all that can be had of it. */
  trustsTaken: boolean
  clock: Clock
  log: Log
  times: LineTimes
}

/** How a connection ended. */
export type Death = { reason: string; how: 'broken' | 'silent'; hasDonged: boolean }

export type Connection = {
  chat: Chat
  /** Resolves when this connection is dead; it never comes back. */
  over: Promise<Death>
  /** Our account's id on this line; empty before the login. */
  account(): string
  /** Hears no new message. Resolves when those announced before are handed on. */
  stopHearing(): Promise<void>
  /** Declares it dead. */
  end(reason: string): void
  /** Lets go of it, within two seconds. */
  dispose(): Promise<void>
}

const disposeMs = 2000
const signsOfLife = ['login', 'ready', 'scan'] as const

/** One Wechaty with one puppet, from its start to its death. */
export function connect({ make, memoryName }: PuppetMaker, parts: ConnectionParts): Connection {
  const { log, times } = parts
  const puppet = make()
  const names = createNames(puppet, log)
  const wechaty = WechatyBuilder.build({ puppet, ...(memoryName ? { name: memoryName } : {}) })
  const pulse = createPulse({ ...times, ...parts, nowMs: performance.now() })
  const death = Promise.withResolvers<Death>()
  const { chat: watched, hearEcho } = watchEchoes(createSpeaker(puppet, names), parts)
  const chat = abortOnDisconnect(watched, death.promise)
  let isOver = false
  let isDeaf = false
  let drain = async () => {}
  let isScanning = false
  let hasStarted = false
  let isMute = false
  let isUp = false
  let ours: ReturnType<typeof puppet.listeners> = []
  let probe: NodeJS.Timeout | undefined
  const slow = setTimeout(
    () => parts.onSlow(hasStarted && !puppet.isLoggedIn ? 'login' : 'answer'),
    times.slowMs,
  )

  function die(reason: string, how: Death['how'] = 'broken') {
    isOver = true
    clearInterval(probe)
    clearTimeout(slow)
    death.resolve({ reason, how, hasDonged: pulse.hasDonged() })
  }

  function live(sign: Sign | 'message') {
    const hadMissed = pulse.sign(sign === 'message' ? 'alive' : sign, performance.now())
    if (isOver) return
    if (sign === 'dong' || sign === 'message') rise()
    if (sign !== 'taken' || parts.trustsTaken) parts.onSign(hadMissed)
  }

  function rise() {
    if (isUp || !puppet.isLoggedIn) return
    isUp = true
    clearTimeout(slow)
    hearAlone()
    parts.onUp(puppet.currentUserId)
  }

  /**
   * Wechaty looks up each message once more, with its group and its people, for listeners of which there are none:
   * a tenth of what a message costs us.
   */
  function hearAlone() {
    const others = puppet.listeners('message').filter(one => !ours.includes(one))
    for (const one of others) puppet.off('message', one as (payload: payloads.EventMessage) => void)
  }

  function hear() {
    // Without a listener for errors the process ends at the first one.
    wechaty.on('error', cause =>
      log[isOver ? 'debug' : 'warn']({ reason: withoutToken(reasonOf(cause)) }, 'wechaty reports an error'),
    )
    puppet.on('error', payload => {
      const reason = reasonInPayload(payload)
      if (isDeadLine(reason)) die(reason)
    })
    for (const sign of signsOfLife) puppet.on(sign, () => live('alive'))
    puppet.on('message', () => live('message'))
    puppet.on('heartbeat', ({ data }) => live(data === dingTaken ? 'taken' : 'alive'))
    puppet.on('dong', () => live('dong'))
    hearAccount()
    const hearing = {
      ...parts,
      puppet,
      names,
      onEcho: hearEcho,
      isOver: () => isOver || isDeaf,
    }
    const bot = groupBot(hearing)
    drain = bot.drain
    wechaty.use(bot.plugin)
    // Wechaty's come when it starts.
    ours = puppet.listeners('message')
  }

  function hearAccount() {
    puppet.on('scan', ({ status, qrcode }) => {
      clearTimeout(slow)
      isScanning = status === types.ScanStatus.Waiting || status === types.ScanStatus.Timeout
      if (isScanning && qrcode && !isOver) parts.onScan(qrcode)
    })
    puppet.on('login', () => {
      isScanning = false
      if (isOver) return
      // That somebody is logged in says nothing about health: a line that can answer has to.
      if (!parts.hasDonged) rise()
      ask()
    })
    puppet.on('logout', () => {
      isUp = false
      if (!isOver) parts.onLogout()
    })
  }

  function ding() {
    if (isOver) return
    const beat = pulse.beat(performance.now())
    if (beat === 'dead' && !isScanning) return die('silent', 'silent')
    if (beat === 'mute' && !isMute) {
      isMute = true
      parts.onMute()
    }
    ask()
  }

  function ask() {
    try {
      puppet.ding('chuangke')
    } catch (cause) {
      log.debug({ reason: reasonOf(cause) }, 'not ready for a ding')
    }
  }

  async function start() {
    try {
      await withDeadline(wechaty.start(), times.startMs, 'starting the line')
      if (puppet.state.active() !== true) die('the puppet did not start')
      hasStarted = true
      pulse.sign('alive', performance.now())
      // After what has arrived meanwhile was read, else a busy moment of ours would count as silence.
      if (!isOver) probe = setInterval(() => setImmediate(ding), times.dingMs)
    } catch (cause) {
      die(withoutToken(reasonOf(cause)))
    }
  }

  async function dispose() {
    die('disposed')
    try {
      await withDeadline(wechaty.stop(), disposeMs, 'stopping the line')
    } catch (cause) {
      log.debug({ reason: reasonOf(cause) }, 'a line did not stop in time')
    }
  }

  hear()
  void start()
  const account = () => (puppet.isLoggedIn ? puppet.currentUserId : '')
  async function stopHearing() {
    isDeaf = true
    parts.skew.release()
    await drain()
  }
  return { chat, account, over: death.promise, end: die, stopHearing, dispose }
}
