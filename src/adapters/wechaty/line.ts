import { renderUnicodeCompact } from 'uqr'
import { type Log, reasonOf } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import { LineDownError } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { wechatTraits } from '../../ports/line-traits.ts'
import type { World } from '../../sandbox/world.ts'
import { createBackOff } from '../line/back-off.ts'
import { withDeadline } from '../line/deadline.ts'
import { type KnownSkew, noHandlers } from '../line/handlers.ts'
import type { Line } from '../line/line.ts'
import { createStatusBoard, notes } from '../line/status.ts'
import { createClockSkew } from './clock-skew.ts'
import { type Connection, connect, type Death, type LineTimes } from './connection.ts'
import { explainFault } from './faults.ts'
import { createPatience } from './patience.ts'
import { findPuppet, type PuppetMaker, type PuppetSettings } from './puppets/puppets.ts'

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
  /** As the last run left it. */
  knownSkew?: KnownSkew | undefined
  /** What people call it, where there are several lines. */
  title?: string
  clock: Clock
  log: Log
  alarms: Alarms
  /** Shows a QR code to whoever sits at the terminal. */
  print(text: string): void
  times?: Partial<LineTimes>
}

/** A dead line is to be noticed within 20 s; the rest comes from the settings. */
const defaultTimes = { startMs: 20_000, slowMs: 8000 }
const settleMs = 3000
const stopMs = 3500
/** A little longer than a message waits for a name. */
const drainMs = 1500
/** A connection that gave signs of life for this many silence limits was stable: the next back-off starts anew. */
const stableSilences = 2

/**
 * The line that the settings name. It keeps itself up: what is dead is thrown away, and a new puppet takes its
 * place after a pause that doubles, for ever.
 */
export function openLine(options: LineOptions): Line {
  const { settings, clock, log } = options
  const times: LineTimes = { ...defaultTimes, ...timesOf(settings), ...options.times }
  const backOff = createBackOff({ firstMs: times.firstBackOffMs, lastMs: times.lastBackOffMs })
  const patience = createPatience({ silenceMs: times.silenceMs, mostMs: times.lastBackOffMs })
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

  function scan(qrcode: string) {
    board.become('scan', notes.scan, qrcode)
    options.print(`${notes.scan}\n${renderUnicodeCompact(qrcode)}`)
  }

  function rise(account: string) {
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

  function hearSign(hadMissed: boolean) {
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
      times: { ...times, silenceMs: patience.silenceMs() },
      hasDonged: patience.hasDonged(),
      trustsTaken: patience.trustsTaken(),
      onScan: scan,
      onUp: rise,
      onLogout: logOut,
      onSign: hearSign,
      onSlow: lacks => board.become('down', lacks === 'login' ? notes.noLogin : notes.noAnswer),
      onMute: () => isUp() && board.become('up', notes.mute),
    })
    current = connection
    const death = await connection.over
    current = undefined
    mourn(death)
    await connection.dispose()
    return lastSignalMs - upAtMs > stableSilences * times.silenceMs
  }

  function mourn(death: Death) {
    patience.learn(death)
    if (isStopping) return
    if (isUp()) handlers.onDisconnected(board.now().heardAt ?? clock.now(), death.how)
    log.warn({ reason: death.reason }, 'the line is down')
    board.become('down', explain(death.reason))
  }

  async function keepConnected(maker: PuppetMaker) {
    while (!isStopping) {
      if (await connectOnce(maker)) backOff.reset()
      if (!isStopping) await backOff.pause()
    }
  }

  return {
    chat: {
      async say(target, reply, deadlineMs) {
        if (!current || !isUp()) {
          throw new LineDownError(`the line is ${board.now().state}: nothing was sent`)
        }
        return current.chat.say(target, reply, deadlineMs)
      },
    },
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
