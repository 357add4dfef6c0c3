import { Temporal } from 'temporal-polyfill'
import { sayTime } from '../../../text/dates/time.ts'
import type { Notification, NotificationQueue, Ticket } from '../records.ts'
import { sayLetter, shortQuestion } from '../words.ts'
import { isUrgentQuestion } from './rules.ts'

/** Most tickets listed in a message; 「待答」 lists all. */
const mostListed = 10

type Message = NonNullable<NotificationQueue['sending']>
export type Known = {
  /** Tickets for this person to answer, oldest first. */
  waiting: readonly Ticket[]
  /** The tickets that the notifications are about, by number. */
  tickets: ReadonlyMap<number, Ticket>
  now: Temporal.Instant
}

/** The words of one message to an instructor or organizer; undefined where there is nothing to say. */
export function sayMessage({ kind, notifications }: Message, known: Known): string | undefined {
  const notes = notifications.flatMap(({ text }) => text ?? [])
  const solved = notifications.filter(one => one.kind === 'solved').flatMap(one => sayOne(one, known))
  if (kind === 'summary')
    return sayParts([sayWaiting('今日汇总：', known.waiting, known), ...solved, ...notes])
  const asked = notifications.filter(one => one.kind !== 'note')
  if (asked.length === 1) return sayParts([...asked.flatMap(one => sayOne(one, known)), ...notes])
  const numbers = new Set(asked.filter(one => one.kind !== 'solved').map(({ ticket }) => ticket))
  const tickets = known.waiting.filter(({ number }) => numbers.has(number))
  return sayParts([sayWaiting('', tickets, known), ...solved, ...notes])
}

function sayParts(parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter(part => part !== undefined)
  return said.length > 0 ? said.join('\n\n') : undefined
}

function sayOne(
  { ticket: number = 0, letter: letterNumber }: Notification,
  { tickets, now }: Known,
): string[] {
  const ticket = tickets.get(number)
  const letter = ticket?.letters.find(one => one.number === letterNumber)
  return ticket && letter ? [sayLetter(ticket, letter, now)] : []
}

function sayWaiting(opening: string, waiting: readonly Ticket[], { now }: Known): string | undefined {
  const isUrgent = ({ question }: Ticket) => isUrgentQuestion(question)
  const tickets = [...waiting.filter(isUrgent), ...waiting.filter(one => !isUrgent(one))]
  const [first] = tickets
  if (!first) return undefined
  const more = tickets.length - mostListed
  return [
    `${opening}有 ${tickets.length} 个问题等你答：`,
    ...tickets.slice(0, mostListed).map(ticket => sayWaitingLine(ticket, now)),
    ...(more > 0 ? [`还有 ${more} 个，回「待答」看全部。`] : []),
    `回「答 ${first.number} 你的话」，我转告对方；看详情回「看 ${first.number}」，答不了回「转 ${first.number}」。`,
  ].join('\n')
}

function sayWaitingLine(ticket: Ticket, now: Temporal.Instant): string {
  const openedAt = Temporal.Instant.from(ticket.openedAt)
  const days = Math.floor(now.since(openedAt).total('hours') / 24)
  const since = days > 0 ? `等了 ${days} 天` : sayTime(openedAt, now)
  const added = ticket.turns.findLast(({ kind }) => kind === 'follow-up')
  const urgent = isUrgentQuestion(ticket.question) ? '【急】' : ''
  return `${urgent}${ticket.number} 号（${ticket.asker.name}，${since}）：${shortQuestion(ticket.question)}${added ? `；补充：${shortQuestion(added.text)}` : ''}`
}
