import type { Temporal } from 'temporal-polyfill'
import { weekdayName } from '../../text/dates/time.ts'

/** 「12月5日（周六）」. */
export function sayDay(day: Temporal.PlainDate): string {
  return `${day.month}月${day.day}日（周${weekdayName(day)}）`
}

/** 「12月5日（周六）截止，还有 6 天」. */
export function sayDeadline(lastDay: Temporal.PlainDate | undefined, today: Temporal.PlainDate): string {
  if (!lastDay) return '没有写截止日'
  const days = lastDay.since(today).days
  const left = days === 0 ? '就是今天' : `还有 ${days} 天`
  return `${sayDay(lastDay)}截止，${left}`
}

export const moreWords = '回复「更多」看其余的。'
export const noMore = '没有更多了。'
export const sayNothingSent = (isInGroup: boolean) => `这段时间我${isInGroup ? '在这个群' : ''}没有推送过。`
