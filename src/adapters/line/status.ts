import type { Temporal } from 'temporal-polyfill'
import type { Log } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import { saySkew } from '../../text/dates/skew.ts'

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
  since: Temporal.Instant
  /** The platform's id of the account that was logged in last; undefined before the first login. */
  account?: string
  /** When the line last gave a sign of life; undefined before the first. */
  heardAt?: Temporal.Instant
  /** By how much the platform's clock is ahead of ours, negative: behind; undefined below a minute. */
  clockSkewSeconds?: number
}

export const notes = {
  starting: '正在连接。',
  scan: '请用手机微信扫码登录。',
  up: '线路正常。',
  mute: '线路正常。这个网关不回应探测，断线可能要晚一些才看得出来。',
  loggedOut: '微信账号已退出登录：请在手机上确认，再在网关那边（或扫码）重新登录。',
  noLogin: '网关已连上，但微信账号没有登录：请在网关那边登录。',
  noAnswer: '网关没有任何回应：请确认地址和端口没错、网关在运行。我会一直试下去。',
  stopped: '已停止。',
}

type Shown = Pick<LineStatus, 'qrcode' | 'isFinal'>

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
  const settled = Promise.withResolvers<void>()
  let status: LineStatus = { name, state: 'starting', note: notes.starting, since: clock.now() }

  function change(state: LineState, note: string, { qrcode, isFinal }: Shown = {}): boolean {
    if (state === status.state && note === status.note && qrcode === status.qrcode) return false
    const { name: _name, state: _state, note: _note, since: _since, ...seen } = status
    const { qrcode: _qrcode, isFinal: _isFinal, ...kept } = seen
    const since = state === status.state ? status.since : clock.now()
    const shown = { ...(qrcode ? { qrcode } : {}), ...(isFinal ? { isFinal } : {}) }
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
      else alarms.raise(alarm, title === '' ? `聊天线路：${note}` : `聊天线路「${title}」：${note}`)
    },
    logIn(account: string) {
      status = { ...status, account }
    },
    hear(at: Temporal.Instant) {
      status = { ...status, heardAt: at }
    },
    skew(ms: number) {
      const { clockSkewSeconds: _before, ...rest } = status
      const seconds = Math.round(ms / 1000)
      status = Math.abs(seconds) < 60 ? rest : { ...rest, clockSkewSeconds: seconds }
      if (Math.abs(seconds) < 60) return alarms.clear(`${alarm}-clock`)
      alarms.raise(
        `${alarm}-clock`,
        `${saySkew(seconds)}。收到的时间我已按差值校正，签到不受影响；请校准网关那台机器（或这台电脑）的时钟。`,
      )
    },
    /** On purpose, so no alarm. */
    stop: () => void change('down', notes.stopped),
  }
}
