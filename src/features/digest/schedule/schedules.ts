import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import type { Scheduler } from '../../../ports/schedule.ts'
import { findRecurrence, occurrences, sayRecurrence } from '../../../text/dates/recurrence/recurrence.ts'
import type { RecurringDays } from '../../../text/dates/recurrence/recurring-days.ts'
import { sayTime } from '../../../text/dates/time.ts'
import { findWhen } from '../../../text/dates/when.ts'

/** A recurring schedule: its wording, and its runs in (after, until], oldest first. */
export type Schedule = {
  said: string
  runs(after: Temporal.Instant, until: Temporal.Instant): Temporal.Instant[]
}

const examples =
  '可以写「每周五16:30」「每个工作日8:30」「每月1日9:00，遇节假日顺延」，或者 cron（30 16 * * 5）。'
/** A schedule without a run in this time is refused: 29 February recurs every four years. */
const horizonDays = 4 * 366

/**
 * Reads a schedule in words or cron.
 * @throws {@link Refusal} if it is neither
 */
export function readSchedule(text: string, scheduler: Pick<Scheduler, 'slots'>): Schedule {
  const written = text.trim()
  const found = findRecurrence(written)
  if (found && 'reason' in found) throw new Refusal(found.reason)
  if (found) return { said: sayRecurrence(found), runs: (after, until) => occurrences(found, after, until) }
  if (!looksLikeCron(written)) throw new Refusal(`「${written}」没看懂是什么时候。${examples}`)
  try {
    // The scheduler parses the line only when asked for slots.
    const now = Temporal.Instant.fromEpochMilliseconds(0)
    scheduler.slots(written, now, now)
  } catch {
    throw new Refusal(`「${written}」不是 cron 写法，例如每周五 16:30 写成 30 16 * * 5。`)
  }
  const runs: Schedule['runs'] = (after, until) => scheduler.slots(written, after, until)
  return { said: sayCron(written) ?? written, runs }
}

/** 「30 16 * * 5」 as 「每周五 16:30」; undefined for other forms. */
export function sayCron(cron: string): string | undefined {
  const found = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|[0-7](?:,[0-7])*)$/u.exec(cron.trim())
  if (!found) return undefined
  const [, minute = '', hour = '', monthDay = '', weekdays = ''] = found
  if (monthDay !== '*' && weekdays !== '*') return undefined
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  return sayRecurrence({ on: daysOfCron(monthDay, weekdays), times: [time], holidays: 'as-written' })
}

function daysOfCron(monthDay: string, weekdays: string): RecurringDays {
  if (monthDay !== '*') return { kind: 'month-days', days: [Number(monthDay)] }
  if (weekdays === '*') return { kind: 'every-day' }
  const days = [...new Set(weekdays.split(',').map(day => Number(day) || 7))].sort((a, b) => a - b)
  return { kind: 'weekdays', days }
}

const looksLikeCron = (text: string) => /^[\d*]\S*(?:\s+\S+){4,5}$/u.test(text)

/** The next runs, soonest first. @throws {@link Refusal} if there is none */
export function nextRuns(
  { said, runs }: Schedule,
  after: Temporal.Instant,
  most: number,
): Temporal.Instant[] {
  const found: Temporal.Instant[] = []
  for (let days = 0; days < horizonDays && found.length < most; days += 62) {
    const from = after.add({ hours: 24 * days })
    found.push(...runs(from, from.add({ hours: 24 * 62 })))
  }
  if (found.length === 0) throw new Refusal(`「${said}」四年里一次也不会到，请改一下。`)
  return found.slice(0, most)
}

/**
 * Reads a single send time: 「明天上午9点」. 「现在」 and an empty text mean as soon as approved.
 * @throws {@link Refusal} if it is not a time, recurring, or past
 */
export function readOnce(text: string, now: Temporal.Instant): Temporal.Instant | undefined {
  const written = text.trim()
  if (written === '' || /^(?:现在|马上|立即|立刻|通过后就发)$/u.test(written)) return undefined
  if (/^(?:昨|前)[天日晚]|^大?前天|^上个?(?:周|星期|礼拜|月)|^去年/u.test(written)) {
    throw new Refusal(`「${written}」已经过去了，请写一个还没到的时间。`)
  }
  const found = findWhen(written, now)
  if (found?.kind === 'impossible') throw new Refusal(found.reason)
  if (found?.rest !== '' || found.endsAt) {
    throw new Refusal(
      `「${written}」没看懂是什么时候。可以写「明天上午9点」「周五16:30」「12月1日 9:00」，或者「现在」。`,
    )
  }
  if (Temporal.Instant.compare(found.startsAt, now) <= 0) {
    throw new Refusal(`${sayTime(found.startsAt, now)} 已经过去了，请写一个还没到的时间。`)
  }
  return found.startsAt
}
