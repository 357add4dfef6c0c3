import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import { inShanghai, sayMonthDay, sayTime } from '../../../text/dates/time.ts'
import { spanOf, type WrittenTimes } from './lesson-times.ts'

const saturday = 6

/**
 * Refuses a lesson that would be over already, with the same words for tomorrow and for the next Saturday to send.
 * @param typed all words behind 「开课」
 * @throws {@link Refusal}
 */
export function refusePast(typed: string, times: WrittenTimes, at: Temporal.Instant): void {
  const { startsAt, endsAt } = spanOf(times)
  const isReversed = endsAt.epochMilliseconds <= startsAt.epochMilliseconds
  if (isReversed || endsAt.epochMilliseconds > at.epochMilliseconds) return
  const tomorrow = inShanghai(at).toPlainDate().add({ days: 1 })
  const nextSaturday = sayMonthDay(tomorrow.add({ days: (saturday - tomorrow.dayOfWeek + 7) % 7 || 7 }))
  throw new Refusal(
    [
      `${sayTime(startsAt, at)} 的课现在已经过去了。要开今后的课，带上日子再发一次。`,
      `明天上课，请发：\n开课 ${onDay(typed, times, '明天')}`,
      `${nextSaturday}（周六）上课，请发：\n开课 ${onDay(typed, times, nextSaturday)}`,
    ].join('\n\n'),
  )
}

/** 「今天」 apart from its time. */
const todayApart = /(?<=^|\s)今[天日](?=\s|$)/u

/** The same words with the time on another day. */
function onDay(typed: string, { said, startsAt, endsAt }: WrittenTimes, day: string): string {
  const [start, end] = [startsAt, endsAt].map(
    time => time && inShanghai(time).toPlainTime().toString().slice(0, 5),
  )
  const from = typed.lastIndexOf(said)
  const before = typed.slice(0, from).replace(todayApart, ' ')
  const after = typed.slice(from + said.length)
  return `${before} ${day}${start}${end ? `-${end}` : ''} ${after}`.replaceAll(/[^\S\n]+/gu, ' ').trim()
}
