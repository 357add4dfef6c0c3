import { Temporal } from 'temporal-polyfill'
import type { ReportPart } from '../../ports/overviews.ts'
import type { Ticket } from './records.ts'

/** Tickets opened in [from, to), and how they were met. */
export function ticketReportOf(
  tickets: readonly Ticket[],
  { from, to }: { from: Temporal.Instant; to: Temporal.Instant },
): ReportPart {
  const opened = tickets.filter(({ openedAt }) => {
    const at = Temporal.Instant.from(openedAt)
    return Temporal.Instant.compare(at, from) >= 0 && Temporal.Instant.compare(at, to) < 0
  })
  const hours = opened.flatMap(hoursToAnswer).sort((a, b) => a - b)
  const median = hours[Math.floor(hours.length / 2)]
  return {
    title: '转给指导员的问题',
    figures: [
      { label: '转出', value: `${opened.length} 个` },
      { label: '答复了', value: `${hours.length} 个` },
      { label: '多久答复', value: median === undefined ? '—' : `一半在 ${sayHours(median)}内` },
    ],
  }
}

/** From the question to the first answer; nothing where there is none. */
function hoursToAnswer({ openedAt, turns }: Ticket): number[] {
  const first = turns.find(({ kind }) => kind === 'answer')
  return first ? [Temporal.Instant.from(first.at).since(openedAt).total('hours')] : []
}

const sayHours = (hours: number) =>
  hours < 1
    ? `${Math.max(1, Math.ceil(hours * 60))} 分钟`
    : hours < 48
      ? `${Math.ceil(hours)} 小时`
      : `${Math.ceil(hours / 24)} 天`
