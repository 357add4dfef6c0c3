import type { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Target } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { LineTraits } from '../../ports/line-traits.ts'
import { createBackOff } from './back-off.ts'
import { chatWhileUp } from './chat-while-up.ts'
import { withDeadline } from './deadline.ts'
import { type KnownSkew, type LineHandlers, noHandlers, noSkew } from './handlers.ts'
import type { Line } from './line.ts'
import { createMessageIntake } from './message-intake.ts'
import type { Session, SessionEnd, SessionHandlers } from './session.ts'
import { createStatusBoard, notes } from './status.ts'

export type SessionLineOptions = {
  /** The puppet, or the kind of the line. */
  name: string
  title: string
  clock: Clock
  log: Log
  alarms: Alarms
  /** Between two attempts to connect, doubling from the first to the last. */
  backOff: { firstMs: number; lastMs: number }
  /** A session that gave signs of life for this long was stable: the next back-off starts anew. Default: 30 s. */
  stableMs?: number
  /** The skew as it was left by an earlier run. */
  knownSkew?: KnownSkew | undefined
  traits(target: Target): LineTraits
  /** Done once, before the first session. @throws what {@link Line.start} is to throw */
  prepare?(): Promise<void>
  open(handlers: SessionHandlers): Session
}

const settleMs = 3000
const drainMs = 1500
const stopMs = 3500
const usualStableMs = 30_000
/** At most once in this time a session resumes without a pause. */
const resumeAgainMs = 30_000
/** Messages that a platform kept while there was no session arrive at most this long after the next one is up. */
const replayMs = 30_000

/** A line that opens a new session whenever one ends, after a pause that doubles up to a limit. */
export function openSessionLine(options: SessionLineOptions): Line {
  const { clock, log, stableMs = usualStableMs, knownSkew = noSkew } = options
  const backOff = createBackOff(options.backOff)
  const board = createStatusBoard(options)
  let handlers: LineHandlers = noHandlers
  let current: Session | undefined
  let running: Promise<void> = Promise.resolve()
  let isStopping = false
  let account = ''
  /** Resolved when a person asks for a connection, or the process stops. */
  let reconnectRequested = Promise.withResolvers<void>()
  /** An outage that the next session may make good. */
  let unconfirmedOutage: { from: Temporal.Instant; how: SessionEnd['how'] } | undefined
  let resumedAtOnceMs = Number.NEGATIVE_INFINITY

  const isUp = () => board.now().state === 'up'

  function onSkew(known: KnownSkew) {
    board.skew(known.skewMs)
    handlers.onClockSkew?.(known)
  }
  board.skew(knownSkew.skewMs)
  const intake = createMessageIntake({ knownSkew, onSkew, log, handlers: () => handlers })

  function handleUp(ours: string, isResumed = false) {
    account = ours
    board.logIn(ours)
    if (unconfirmedOutage && !isResumed) confirmOutage()
    const wasDown = !isUp()
    unconfirmedOutage = undefined
    board.become('up', notes.up)
    if (wasDown || !isResumed) handlers.onReconnected(clock.now())
  }

  function confirmOutage() {
    if (unconfirmedOutage) handlers.onDisconnected(unconfirmedOutage.from, unconfirmedOutage.how)
    unconfirmedOutage = undefined
  }

  function noteStall() {
    handlers.onDisconnected(board.now().lastSignAt ?? clock.now(), 'stalled')
    handlers.onReconnected(clock.now())
  }

  async function runSession(): Promise<{ end: SessionEnd; wasStable: boolean; resumesAtOnce: boolean }> {
    let upAtMs = Number.POSITIVE_INFINITY
    let lastSignAtMs = 0
    let isReceiving = false
    function noteSignOfLife() {
      lastSignAtMs = performance.now()
      board.noteSignOfLife(clock.now())
    }
    const session = options.open({
      ...handlers,
      onUp(ours, isResumed) {
        upAtMs = Math.min(upAtMs, performance.now())
        isReceiving = true
        noteSignOfLife()
        handleUp(ours, isResumed)
      },
      onSign(hadMissed = false) {
        if (hadMissed && isUp()) noteStall()
        noteSignOfLife()
      },
      onBlocked: (note, shown) => board.become(shown ? 'scan' : 'down', note, shown),
      onLoggedOut(note) {
        isReceiving = false
        board.become('down', note)
        handlers.onDisconnected(clock.now(), 'logged-out')
      },
      onLimited: note => isUp() && board.become('up', note),
      onFault: cause =>
        log.error({ reason: reasonOf(cause), line: options.title }, 'a frame could not be read'),
      onMessage(message) {
        noteSignOfLife()
        // A platform may deliver missed messages before the session counts as up; they are replays too.
        intake.take(message, performance.now() - upAtMs < replayMs)
      },
      onSkew,
    })
    current = session
    const end = await session.over
    current = undefined
    const resumesAtOnce = isReceiving && mayResumeAtOnce(end)
    if (!isStopping) handleEnd(end, { isReceiving, resumesAtOnce })
    await session.dispose?.()
    return { end, wasStable: resumesAtOnce || lastSignAtMs - upAtMs > stableMs, resumesAtOnce }
  }

  /** At most once per {@link resumeAgainMs}: a platform that ends every session would be asked without a pause. */
  function mayResumeAtOnce({ isResumable = false, isThrottled = false }: SessionEnd): boolean {
    const nowMs = performance.now()
    if (!isResumable || isThrottled || nowMs - resumedAtOnceMs < resumeAgainMs) return false
    resumedAtOnceMs = nowMs
    return true
  }

  function handleEnd(
    end: SessionEnd,
    { isReceiving, resumesAtOnce }: { isReceiving: boolean; resumesAtOnce: boolean },
  ) {
    log.warn({ reason: end.reason, line: options.title }, 'the session ended')
    if (isReceiving) unconfirmedOutage = { from: board.now().lastSignAt ?? clock.now(), how: end.how }
    // Nothing is missed where the next session resumes; it tells whether it did.
    if (resumesAtOnce) return
    if (!isReceiving || !end.isResumable) confirmOutage()
    const { isFinal = false, isRefused = false } = end
    if (isReceiving && end.isResumable && end.isThrottled) board.rest(end.note)
    else board.become('down', end.note, { isFinal, isRefused })
  }

  /** Ends every wait for the next session, a final one included. */
  function connectNow(reason: string) {
    current?.end(reason)
    backOff.skip()
    reconnectRequested.resolve()
    reconnectRequested = Promise.withResolvers()
  }

  async function keepConnected() {
    while (!isStopping) {
      const { end, wasStable, resumesAtOnce } = await runSession()
      if (end.isFinal) await reconnectRequested.promise
      if (wasStable) backOff.reset()
      if (!isStopping && !resumesAtOnce) await backOff.pause()
    }
  }

  return {
    chat: chatWhileUp(board.now, () => current),
    recall: async (...message) => (isUp() && (await current?.recall?.(...message))) ?? false,
    on(given) {
      handlers = given
    },
    async start() {
      await options.prepare?.()
      running = keepConnected().catch(cause => {
        log.error({ reason: reasonOf(cause) }, 'the line ended')
        board.become('down', '线路出错停下了，请看日志，重启程序。')
      })
      await withDeadline(board.settled, settleMs, 'connecting').catch(() => {})
    },
    reconnect() {
      if (!isUp()) connectNow('asked to connect again')
    },
    async stopReceiving() {
      intake.close()
      await withDeadline(current?.drain?.() ?? Promise.resolve(), drainMs, 'handing on').catch(() => {})
    },
    async stop() {
      isStopping = true
      connectNow('stopped')
      await withDeadline(running, stopMs, 'stopping').catch(() => {})
      confirmOutage()
      if (isUp()) handlers.onDisconnected(clock.now(), 'stopped')
      board.stop()
    },
    status: board.now,
    account: () => account,
    traits: options.traits,
  }
}
