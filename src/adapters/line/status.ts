import type { Temporal } from 'temporal-polyfill'
import type { Log } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import { saySkew, wrongClock } from '../../text/dates/skew.ts'

export type LineState = 'starting' | 'scan' | 'up' | 'down'

export type LineStatus = {
  /** The puppet, or the kind of the line. */
  name: string
  state: LineState
  /** One sentence in Chinese. */
  note: string
  /** Content of the QR code to scan, while one is shown. */
  qrcode?: string
  /** True where it does not connect by itself any more: a person has to ask for it. */
  isFinal?: boolean
  /** True where the platform does not take our account or settings: a person has to mend them. */
  isRefused?: boolean
  /** True while the platform wants a rest that costs nothing. */
  isResting?: boolean
  since: Temporal.Instant
  /** The platform's id of the account that was logged in last; undefined before the first login. */
  account?: string
  /** When the line last gave a sign of life; undefined before the first. */
  lastSignAt?: Temporal.Instant
  /** The lead of the platform's clock over ours, negative: behind; undefined below a minute. */
  clockSkewSeconds?: number
}

export const notes = {
  starting: '正在连接。',
  up: '线路正常。',
  stopped: '已停止。',
}

type Shown = Pick<LineStatus, 'qrcode' | 'isFinal' | 'isRefused' | 'isResting'>

type BoardParts = {
  name: string
  /** The line's name for people, where there are several lines; else empty. */
  title: string
  clock: Clock
  log: Log
  alarms: Alarms
}

/** Keeps the status of a line for console, log and alarms. */
export function createStatusBoard({ name, title, clock, log, alarms }: BoardParts) {
  const alarm = title === '' ? 'line' : `line-${title}`
  const named = title === '' ? '' : `聊天线路「${title}」：`
  const settled = Promise.withResolvers<void>()
  let status: LineStatus = { name, state: 'starting', note: notes.starting, since: clock.now() }

  function change(
    state: LineState,
    note: string,
    { qrcode, isFinal, isRefused, isResting }: Shown = {},
  ): boolean {
    const isSame = state === status.state && note === status.note && qrcode === status.qrcode
    const { isFinal: wasFinal, isRefused: wasRefused, isResting: wasResting } = status
    if (isSame && isResting === wasResting && isFinal === wasFinal && isRefused === wasRefused) return false
    const { name: _name, state: _state, note: _note, since: _since, ...seen } = status
    const { qrcode: _qrcode, isFinal: _final, isRefused: _refused, isResting: _resting, ...kept } = seen
    const since = state === status.state ? status.since : clock.now()
    const shown = {
      ...(qrcode ? { qrcode } : {}),
      ...(isFinal ? { isFinal } : {}),
      ...(isRefused ? { isRefused } : {}),
      ...(isResting ? { isResting } : {}),
    }
    status = { name, state, note, since, ...kept, ...shown }
    log.info({ state, note, line: title }, 'the line')
    settled.resolve()
    return true
  }

  return {
    now: () => status,
    /** Resolves when it is known how the first attempt to connect went. */
    settled: settled.promise,
    become(state: Exclude<LineState, 'starting'>, note: string, shown?: Shown) {
      if (!change(state, note, shown)) return
      if (state === 'up') alarms.clear(alarm)
      else alarms.raise(alarm, `${named || '聊天线路：'}${note}`)
    },
    /** Down for a short while that the platform wants, and that costs nothing: no alarm. */
    rest: (note: string) => void change('down', note, { isResting: true }),
    logIn(account: string) {
      status = { ...status, account }
    },
    noteSignOfLife(at: Temporal.Instant) {
      status = { ...status, lastSignAt: at }
    },
    skew(ms: number) {
      const { clockSkewSeconds: _before, ...rest } = status
      const seconds = Math.round(ms / 1000)
      status = Math.abs(seconds) < 60 ? rest : { ...rest, clockSkewSeconds: seconds }
      if (Math.abs(seconds) < 60) return alarms.clear(`${alarm}-clock`)
      alarms.raise(
        `${alarm}-clock`,
        `${named}${saySkew(seconds, name)}。消息的时间我已经校正过，签到不受影响；请校准${wrongClock(name)}。`,
      )
    },
    /** On purpose, so no alarm. */
    stop: () => void change('down', notes.stopped),
  }
}
