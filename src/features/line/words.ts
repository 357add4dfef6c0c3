import type { Temporal } from 'temporal-polyfill'
import type { ClosedOutage, OutageCause } from '../../ports/outages.ts'
import { inShanghai, sayTime } from '../../text/dates/time.ts'

/** 「14:02–14:05」, 「14:02 左右」 when it was within a minute, with the day when it was not today. */
export function saySpan({ from, to }: Pick<ClosedOutage, 'from' | 'to'>, now: Temporal.Instant): string {
  const [start, end] = [inShanghai(from), inShanghai(to)]
  const isToday = start.toPlainDate().equals(inShanghai(now).toPlainDate())
  const begin = isToday ? clockOf(start) : sayTime(from, now)
  if (!start.toPlainDate().equals(end.toPlainDate())) return `${begin}到${sayTime(to, now)}`
  return clockOf(start) === clockOf(end) ? `${begin} 左右` : `${begin}–${clockOf(end)}`
}

/** Notice to a group, sent once, about the outages that concerned it. */
export function outageNotice(
  outages: readonly ClosedOutage[],
  advice: readonly string[],
  now: Temporal.Instant,
): string {
  const spans = outages.map(outage => saySpan(outage, now))
  const what = outages.every(({ how }) => how === 'unread')
    ? '群里有话我没收到。'
    : '我断线了，这段时间群里说的话我没听到。'
  return `${[...new Set(spans)].join('、')}${what}${[...new Set(advice)].join('')}`
}

export const failedReplyAdvice = '刚才问我没得到回答的，请再 @ 我问一次。'

/** How an outage was noticed, for the console. */
export const causeWords: Record<OutageCause, string> = {
  broken: '连接断开',
  silent: '没有任何回应',
  stalled: '有一阵没有回应',
  'logged-out': '账号退出登录',
  stopped: '程序没在运行',
  unread: '有消息没取到',
}

const clockOf = (time: Temporal.ZonedDateTime) => time.toPlainTime().toString().slice(0, 5)
