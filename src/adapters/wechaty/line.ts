import { renderUnicodeCompact } from 'uqr'
import { type Log, reasonOf } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import { wechatTraits } from '../../ports/line-traits.ts'
import type { World } from '../../sandbox/world/index.ts'
import { createBackOff } from '../line/back-off.ts'
import { chatWhileUp } from '../line/chat-while-up.ts'
import { withDeadline } from '../line/deadline.ts'
import { type KnownSkew, noHandlers } from '../line/handlers.ts'
import type { Line } from '../line/line.ts'
import { createStatusBoard, notes } from '../line/status.ts'
import { type Connection, connect, type Disconnection, type LineTimes } from './connection.ts'
import { createClockSkew } from './messages/clock-skew.ts'
import { explainFault } from './messages/faults.ts'
import { findPuppet, type PuppetMaker, type PuppetSettings } from './puppets/puppets.ts'
import { createTimeoutPolicy } from './timeout-policy.ts'

type LineSettings = PuppetSettings & {
  LINE_DING_MS: number
  LINE_SILENCE_MS: number
  LINE_BACKOFF_FIRST_MS: number
  LINE_BACKOFF_LAST_MS: number
}

export type LineOptions = {
  settings: LineSettings
  /** The sandbox's; undefined on any other line. */
  world: World | undefined
  /** The clock skew known from the last run. */
  knownSkew?: KnownSkew | undefined
  /** The line's name for people, where there are several lines. */
  title?: string
  clock: Clock
  log: Log
  alarms: Alarms
  /** Prints a QR code on the terminal. */
  print(text: string): void
  times?: Partial<LineTimes>
}

/** With these a line that is down is noticed within 20 s; the other times come from the settings. */
const defaultTimes = { startMs: 20_000, slowMs: 8000 }
const settleMs = 3000
const stopMs = 3500
/** A little longer than a message waits for a name. */
const drainMs = 1500
/** A connection that gave signs of life for this many silence limits was stable: the next back-off starts anew. */
const stableSilences = 2

/**
 * Opens the line that the settings name. It reconnects by itself, for ever: each connection that ends is replaced by a
 * new puppet after a pause that doubles.
 */
export function openLine(options: LineOptions): Line {
  const { settings, clock, log } = options
  const times: LineTimes = { ...defaultTimes, ...timesOf(settings), ...options.times }
  const backOff = createBackOff({ firstMs: times.firstBackOffMs, lastMs: times.lastBackOffMs })
  const timeoutPolicy = createTimeoutPolicy({ silenceMs: times.silenceMs, mostMs: times.lastBackOffMs })
  const board = createStatusBoard({ ...options, name: settings.WECHATY_PUPPET, title: options.title ?? '' })
  let handlers = noHandlers
  const skew = createClockSkew({
    known: options.knownSkew ?? { skewMs: 0, isProven: false },
    onChange(known) {
      board.skew(known.skewMs)
      handlers.onClockSkew?.(known)
    },
  })
  board.skew(skew.ms())
  let current: Connection | undefined
  let running: Promise<void> = Promise.resolve()
  let isStopping = false
  let account = ''
  let upAtMs = Number.POSITIVE_INFINITY
  let lastSignalMs = 0

  const isUp = () => board.now().state === 'up'

  function explain(reason: string) {
    return explainFault(reason, settings.WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT === 'true')
  }

  function showCode(qrcode: string) {
    board.become('scan', notes.scan, { qrcode })
    options.print(`${notes.scan}\n${renderUnicodeCompact(qrcode)}`)
  }

  function goUp(account: string) {
    upAtMs = Math.min(upAtMs, performance.now())
    board.logIn(account)
    board.hear(clock.now())
    board.become('up', notes.up)
    handlers.onReconnected(clock.now())
  }

  function logOut() {
    board.become('down', notes.loggedOut)
    handlers.onDisconnected(clock.now(), 'logged-out')
  }

  function noteSignal(hadMissed: boolean) {
    const at = clock.now()
    lastSignalMs = performance.now()
    if (hadMissed && isUp()) {
      handlers.onDisconnected(board.now().heardAt ?? at, 'stalled')
      handlers.onReconnected(at)
    }
    board.hear(at)
  }

  /** @returns whether the connection was stable */
  async function connectOnce(maker: PuppetMaker): Promise<boolean> {
    upAtMs = Number.POSITIVE_INFINITY
    const connection = connect(maker, {
      ...options,
      ...handlers,
      skew,
      times: { ...times, silenceMs: timeoutPolicy.silenceMs() },
      hasAnsweredDing: timeoutPolicy.hasAnsweredDing(),
      acceptsDingAck: timeoutPolicy.acceptsDingAck(),
      onScan: showCode,
      onUp: goUp,
      onLogout: logOut,
      onSignal: noteSignal,
      onSlow: lacks => board.become('down', lacks === 'login' ? notes.noLogin : notes.noAnswer),
      onMute: () => isUp() && board.become('up', notes.mute),
    })
    current = connection
    const disconnection = await connection.over
    current = undefined
    handleDisconnect(disconnection)
    await connection.dispose()
    return lastSignalMs - upAtMs > stableSilences * times.silenceMs
  }

  function handleDisconnect(disconnection: Disconnection) {
    timeoutPolicy.learn(disconnection)
    if (isStopping) return
    if (isUp()) handlers.onDisconnected(board.now().heardAt ?? clock.now(), disconnection.how)
    log.warn({ reason: disconnection.reason }, 'the line is down')
    board.become('down', explain(disconnection.reason))
  }

  async function keepConnected(maker: PuppetMaker) {
    while (!isStopping) {
      if (await connectOnce(maker)) backOff.reset()
      if (!isStopping) await backOff.pause()
    }
  }

  return {
    chat: chatWhileUp(board.now, () => current),
    on(given) {
      handlers = given
    },
    async start() {
      const maker = await findPuppet(settings, options.world)
      running = keepConnected(maker).catch(cause => {
        log.error({ reason: reasonOf(cause) }, 'the line ended')
        board.become('down', explain(reasonOf(cause)))
      })
      await withDeadline(board.settled, settleMs, 'connecting').catch(() => {})
    },
    recall: async () => false,
    reconnect() {
      if (isUp()) return
      current?.end('asked to connect again')
      backOff.skip()
    },
    async stopHearing() {
      await withDeadline(current?.stopHearing() ?? Promise.resolve(), drainMs, 'handing on').catch(() => {})
    },
    async stop() {
      isStopping = true
      current?.end('stopped')
      backOff.skip()
      await withDeadline(running, stopMs, 'stopping').catch(() => {})
      if (isUp()) handlers.onDisconnected(clock.now(), 'stopped')
      board.stop()
    },
    status: board.now,
    traits: target => options.world?.traits(target) ?? wechatTraits,
    account() {
      account = current?.account() || account
      return account
    },
  }
}

function timesOf(settings: LineSettings) {
  return {
    dingMs: settings.LINE_DING_MS,
    silenceMs: settings.LINE_SILENCE_MS,
    firstBackOffMs: settings.LINE_BACKOFF_FIRST_MS,
    lastBackOffMs: settings.LINE_BACKOFF_LAST_MS,
  }
}
