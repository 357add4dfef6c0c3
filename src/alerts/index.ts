import { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../log.ts'
import { type AlertChannel, AlertChannelFault, type WatchedAlarms } from '../ports/alarms.ts'
import type { Clock } from '../ports/clock.ts'
import {
  type AlertThrottle,
  type Episode,
  laterOf,
  nextEpisode,
  nextStep,
  noneAfter,
  withAlarmSent,
  withEnd,
} from './rules.ts'
import { sayAlert, testText } from './words.ts'

/** Something that was told, or could not be. */
type AlertAttempt = { at: Temporal.Instant; text: string; fault: string | undefined }

export type Alerts = {
  /** Sends alerts about raised and recovered alarms until the returned function is called. */
  start(): () => void
  /** @throws {@link AlertChannelFault} when it did not arrive */
  test(): Promise<void>
  /** The latest first, since the process started. */
  attempts(): readonly AlertAttempt[]
}

type AlertParts = {
  alarms: WatchedAlarms
  channel: AlertChannel
  clock: Clock
  log: Log
  throttle: AlertThrottle
}

/** Pauses after failures; after the last one that alert is given up. */
const retrySeconds = [5, 30, 120, 600]
/** Robots in group chats take 20 messages a minute; what comes meanwhile is told together. */
const gapSeconds = 5
const maxAttempts = 20
/** Timers hold 24 days at most. */
const maxTimerMs = 3_600_000
/** The alarm about the channel itself: shown on the console only, since the channel cannot send it. */
const channelAlarm = 'alert-channel'

/**
 * Sends alarms over another channel than the one that may be down. In memory only: after a restart a standing fault is
 * raised again by who finds it, and told again; a store would be no help when the disk is what failed.
 */
export function createAlerts({ alarms, channel, clock, log, throttle }: AlertParts): Alerts {
  const episodes = new Map<string, Episode>()
  const attempts: AlertAttempt[] = []
  let failures = 0
  let nextTellAt = clock.now()
  let comparedAt = clock.now()

  function compare() {
    const now = clock.now()
    if (Temporal.Instant.compare(now, comparedAt) < 0) {
      nextTellAt = now
      for (const [id, episode] of episodes) episodes.set(id, noneAfter(episode, now))
    }
    comparedAt = now
    const raised = new Map(alarms.list().map(alarm => [alarm.id, alarm]))
    raised.delete(channelAlarm)
    for (const id of new Set([...episodes.keys(), ...raised.keys()])) {
      const episode = nextEpisode(episodes.get(id), raised.get(id), now)
      if (episode) episodes.set(id, episode)
    }
  }

  function steps() {
    return [...episodes].flatMap(([id, episode]) => {
      const step = nextStep(episode, throttle)
      if (!step) return []
      const isTold = step.kind === 'tell-raised' || step.kind === 'tell-recovered'
      return [{ id, episode, kind: step.kind, at: isTold ? laterOf(step.at, nextTellAt) : step.at }]
    })
  }

  async function act() {
    const due = steps().filter(({ at }) => Temporal.Instant.compare(at, clock.now()) <= 0)
    for (const { id, kind, episode } of due) {
      if (kind === 'end') episodes.set(id, withEnd(episode))
      else if (kind === 'forget') episodes.delete(id)
    }
    const raised = due.filter(({ kind }) => kind === 'tell-raised')
    const recovered = due.filter(({ kind }) => kind === 'tell-recovered')
    if (raised.length + recovered.length === 0) return
    const episodesOf = (some: typeof due) => some.map(({ episode }) => episode)
    const text = sayAlert(episodesOf(raised), episodesOf(recovered), clock.now())
    if (!(await tell(text))) return
    for (const { id, episode } of raised) episodes.set(id, withAlarmSent(episode, clock.now()))
    for (const { id, episode } of recovered) episodes.set(id, withEnd(episode))
  }

  /** @returns whether that is settled: told, or given up. */
  async function tell(text: string): Promise<boolean> {
    try {
      await send(text)
      failures = 0
      nextTellAt = clock.now().add({ seconds: gapSeconds })
      return true
    } catch {
      const waitSeconds = retrySeconds[failures]
      failures = waitSeconds === undefined ? 0 : failures + 1
      nextTellAt = clock.now().add({ seconds: waitSeconds ?? gapSeconds })
      return waitSeconds === undefined
    }
  }

  async function send(text: string) {
    const at = clock.now()
    try {
      await channel.tell(text)
      note({ at, text, fault: undefined })
      alarms.clear(channelAlarm)
    } catch (cause) {
      const fault = cause instanceof AlertChannelFault ? cause.message : '发送时出了意外的问题。'
      log.error(
        { reason: cause instanceof AlertChannelFault ? fault : reasonOf(cause) },
        'an alert was not told',
      )
      note({ at, text, fault })
      alarms.raise(channelAlarm, `提醒没有发出去，出事时手机收不到：${fault}`)
      throw new AlertChannelFault(fault, { cause })
    }
  }

  function note(attempt: AlertAttempt) {
    attempts.unshift(attempt)
    attempts.splice(maxAttempts)
  }

  async function run(stopping: AbortSignal) {
    let wait = new AbortController()
    const end = alarms.onChange(() => wait.abort())
    stopping.addEventListener('abort', () => wait.abort())
    while (!stopping.aborted) {
      wait = new AbortController()
      compare()
      await act()
      compare()
      if (!stopping.aborted) await clock.sleep(msUntilNext(), wait.signal)
    }
    end()
  }

  function msUntilNext(): number {
    const now = clock.now().epochMilliseconds
    return Math.min(maxTimerMs, ...steps().map(({ at }) => Math.max(at.epochMilliseconds - now, 0)))
  }

  return {
    start() {
      const stopping = new AbortController()
      void run(stopping.signal)
      return () => stopping.abort()
    },
    test: () => send(testText),
    attempts: () => attempts,
  }
}
