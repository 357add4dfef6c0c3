import type { Alarms } from './ports/alarms.ts'

const checkMs = 1000
/** Network time corrects a clock by less. */
const jumpMs = 60_000
/** A look may wait for slow sites, one after the other. */
const stoppedMs = 10 * 60_000
const jumpAlarmMs = 60 * 60_000

type ClockWatchParts = {
  alarms: Alarms
  /** Start of the check of due jobs that is under way, by `monotonicMs`; undefined between two checks. */
  tickingSinceMs(): number | undefined
  /** Milliseconds since 1970 by the machine's wall clock. Default `Date.now`. */
  wallMs?: () => number
  /** Milliseconds by a clock that never steps. Default `performance.now`. */
  monotonicMs?: () => number
}

export type ClockWatch = {
  /** Compares the clocks; called every second once started. */
  check(): void
  jobs(): 'ticking' | 'stopped'
  /** @returns ends the checks */
  start(): () => void
}

/**
 * Raises an alarm when the wall clock jumps, also over a sleep of the machine, and when
 * a tick of the job runner hangs.
 */
export function createClockWatch({
  alarms,
  tickingSinceMs,
  wallMs = Date.now,
  monotonicMs = () => performance.now(),
}: ClockWatchParts): ClockWatch {
  let offsetMs = wallMs() - monotonicMs()
  let jumpedMs: number | undefined

  const isStopped = () => {
    const since = tickingSinceMs()
    return since !== undefined && monotonicMs() - since >= stoppedMs
  }

  function check() {
    const jump = wallMs() - monotonicMs() - offsetMs
    offsetMs += jump
    if (Math.abs(jump) >= jumpMs) {
      jumpedMs = monotonicMs()
      alarms.raise('clock-jumped', describeJump(jump))
    } else if (jumpedMs !== undefined && monotonicMs() - jumpedMs >= jumpAlarmMs) {
      jumpedMs = undefined
      alarms.clear('clock-jumped')
    }
    if (isStopped())
      alarms.raise('jobs-stopped', '定时的事停住超过 10 分钟了，推送和提醒不会按时发，请重启程序。')
    else alarms.clear('jobs-stopped')
  }

  return {
    check,
    jobs: () => (isStopped() ? 'stopped' : 'ticking'),
    start() {
      const timer = setInterval(check, checkMs).unref()
      return () => clearInterval(timer)
    },
  }
}

function describeJump(jump: number): string {
  const minutes = Math.round(Math.abs(jump) / 60_000)
  const length = minutes < 120 ? `${minutes} 分钟` : `${Math.round(minutes / 60)} 小时`
  return jump > 0
    ? `这台机器的时间一下子往前走了 ${length}（休眠过，或改过时间），请核对时间，并看看错过了什么。`
    : `这台机器的时间被拨回了 ${length}，请核对时间；签到和推送按现在显示的时间算。`
}
