import { Temporal } from 'temporal-polyfill'
import { sayTime } from '../../text/dates/time.ts'
import type { Progress } from './broadcasts.ts'
import { countByState, deliveryWords, detailOf, groupNameOf, standingOf } from './words.ts'

/** 「推送 1：今天 16:00，完成（已发出 3）」. */
export function sayHeadline(progress: Progress, now: Temporal.Instant): string {
  const { broadcast, deliveries } = progress
  const { word } = standingOf(progress)
  const counts = deliveries.length > 0 ? `（${countByState(deliveries)}）` : ''
  return `推送 ${broadcast.number}：${sayTime(Temporal.Instant.from(broadcast.createdAt), now)}，${word}${counts}`
}

/** The same, and every group. */
export function sayProgress(progress: Progress, now: Temporal.Instant): string {
  const { rejection } = progress.broadcast
  const lines = progress.deliveries.map(delivery => {
    const { word } = deliveryWords[delivery.state]
    const detail = detailOf(delivery)
    const reason = detail ? `（${detail}）` : ''
    return `${groupNameOf(progress, delivery)}：${word} ${sayTime(delivery.changedAt, now)}${reason}`
  })
  return [sayHeadline(progress, now), ...(rejection ? [`原因：${rejection.reason}`] : []), ...lines].join(
    '\n',
  )
}
