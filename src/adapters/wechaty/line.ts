import { renderUnicodeCompact } from 'uqr'
import { wechatTraits } from '../../ports/line-traits.ts'
import type { World } from '../../sandbox/world/index.ts'
import { noSkew } from '../line/handlers.ts'
import type { Line } from '../line/line.ts'
import type { Session, SessionEnd, SessionHandlers } from '../line/session.ts'
import { openSessionLine, type SessionLineOptions } from '../line/session-line.ts'
import { connect, type Disconnection, type LineTimes } from './connection.ts'
import { type ClockSkew, createClockSkew, unmeasuredSkew } from './messages/clock-skew.ts'
import { explainFault } from './messages/faults.ts'
import { findPuppet, type PuppetMaker, type PuppetSettings } from './puppets/puppets.ts'
import { createTimeoutPolicy } from './timeout-policy.ts'

type LineSettings = PuppetSettings & {
  LINE_DING_MS: number
  LINE_SILENCE_MS: number
  LINE_BACKOFF_FIRST_MS: number
  LINE_BACKOFF_LAST_MS: number
}

export type LineOptions = Pick<SessionLineOptions, 'clock' | 'log' | 'alarms' | 'knownSkew'> & {
  settings: LineSettings
  /** The sandbox's; undefined on any other line. */
  world: World | undefined
  /** The line's name for people, where there are several lines. Default: empty. */
  title?: string
  /** Prints a QR code on the terminal. */
  print(text: string): void
  times?: Partial<LineTimes>
}

/** With these a line that is down is noticed within 20 s; the other times come from the settings. */
const defaultTimes = { startMs: 20_000, slowMs: 8000 }
/** A connection that gave signs of life for this many silence limits was stable. */
const stableSilences = 2

/** The line that the settings name: each session is a new puppet. */
export function openLine({ settings, world, title = '', print, ...options }: LineOptions): Line {
  const times: LineTimes = { ...defaultTimes, ...timesOf(settings), ...options.times }
  const timeoutPolicy = createTimeoutPolicy({ silenceMs: times.silenceMs, mostMs: times.lastBackOffMs })
  let maker: PuppetMaker | undefined
  const isSandbox = settings.WECHATY_PUPPET === 'sandbox'
  const knownSkew = (isSandbox ? undefined : options.knownSkew) ?? noSkew
  // The sandbox stamps messages by the bot's own clock, which may leap while a message is on its way.
  let skew: ClockSkew | undefined = isSandbox ? unmeasuredSkew : undefined

  function open(handlers: SessionHandlers): Session {
    if (!maker) throw new Error('the puppet was not looked up')
    skew ??= createClockSkew({ known: knownSkew, onChange: handlers.onSkew })
    const connection = connect(maker, {
      ...handlers,
      onBlocked(note, shown) {
        handlers.onBlocked(note, shown)
        if (shown) print(`${note}\n${renderUnicodeCompact(shown.qrcode)}`)
      },
      skew,
      clock: options.clock,
      log: options.log,
      times: { ...times, silenceMs: timeoutPolicy.silenceMs() },
      hasAnsweredDing: timeoutPolicy.hasAnsweredDing(),
      acceptsDingAck: timeoutPolicy.acceptsDingAck(),
    })
    return { ...connection, over: connection.over.then(endOf) }
  }

  function endOf(disconnection: Disconnection): SessionEnd {
    timeoutPolicy.learn(disconnection)
    const { reason, how } = disconnection
    const isTlsDisabled = settings.WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT === 'true'
    return { reason, how, note: explainFault(reason, isTlsDisabled) }
  }

  return openSessionLine({
    ...options,
    knownSkew,
    name: settings.WECHATY_PUPPET,
    title,
    backOff: { firstMs: times.firstBackOffMs, lastMs: times.lastBackOffMs },
    stableMs: stableSilences * times.silenceMs,
    traits: target => world?.traits(target) ?? wechatTraits,
    async prepare() {
      maker = await findPuppet(settings, world)
    },
    open,
  })
}

function timesOf(settings: LineSettings) {
  return {
    dingMs: settings.LINE_DING_MS,
    silenceMs: settings.LINE_SILENCE_MS,
    firstBackOffMs: settings.LINE_BACKOFF_FIRST_MS,
    lastBackOffMs: settings.LINE_BACKOFF_LAST_MS,
  }
}
