import { Temporal } from 'temporal-polyfill'
import { sayTime } from '../../text/dates/time.ts'
import { ownerNameOf } from './desks.ts'
import type { Letter, Ticket } from './records.ts'

/** The text of a letter about a ticket. */
export function sayLetter(ticket: Ticket, letter: Letter, now: Temporal.Instant): string {
  switch (letter.kind) {
    case 'ask':
      return sayAsk(ticket, letter, now)
    case 'remind':
      return `提醒一下：${ticket.number} 号问题等了一个工作日，还没有答复。\n${ticket.asker.name}问：「${ticket.question}」\n${howToAnswer(ticket)}`
    case 'follow-up':
      return `${ticket.number} 号，${ticket.asker.name}又说：\n「${textOf(ticket, letter)}」\n${howToAnswer(ticket)}`
    case 'answer':
      return sayAnswer(ticket, letter)
    case 'solved':
      return `${ticket.number} 号不用答了：${sayClosedBy(ticket)}。`
  }
}

function sayClosedBy({ closed, asker }: Ticket): string {
  if (closed?.by === 'asker') return `${asker.name}说已经解决`
  return closed?.by === 'withdrawn' ? `${asker.name}撤回了` : '组织者已经结束它'
}

function sayAsk(ticket: Ticket, letter: Letter, now: Temporal.Instant): string {
  const first = letter.number === 1 ? '有个问题请你答' : '有个问题还没人答，请你看看'
  return sayDetails(ticket, `${first}（${ticket.number} 号，${ticket.desk}）：`, now)
}

/** A ticket in full, for who is to answer it. */
export function sayTicket(ticket: Ticket, merged: readonly Ticket[], now: Temporal.Instant): string {
  return sayDetails(ticket, `${ticket.number} 号（${sayState(ticket)}，${ticket.desk}）：`, now, merged)
}

/** A ticket that is answered with another one. */
export const sayMerged = ({ number, asker, question }: Ticket) =>
  `${number} 号（${asker.name}）：${shortQuestion(question)}`

function sayDetails(
  ticket: Ticket,
  heading: string,
  now: Temporal.Instant,
  merged: readonly Ticket[] = [],
): string {
  const where = ticket.group ? `在「${ticket.group.name}」` : '私聊'
  const asked = `${ticket.asker.name}，${where}，${sayTime(Temporal.Instant.from(ticket.openedAt), now)}`
  const near = ticket.near.map((question, i) => `${i + 1}. ${question}`)
  const said = ticket.turns.map(turn =>
    turn.kind === 'follow-up' ? `补充：「${turn.text}」` : `${turn.byTitle}答：「${turn.text}」`,
  )
  return [
    heading,
    `「${ticket.question}」`,
    ...said,
    `谁问的：${asked}`,
    ...(merged.length > 0
      ? ['一起答复：', ...merged.map(sayMerged), `不是一回事，回「拆开 ${merged[0]?.number}」。`]
      : []),
    ...(near.length > 0 ? ['知识库里最接近的：', ...near] : ['知识库里没有接近的。']),
    howToAnswer(ticket),
  ].join('\n')
}

function howToAnswer({ number, group, nearEntries }: Ticket): string {
  const send = nearEntries.length > 0 ? `上面有一条就是答案的话，回「发 ${number} 1」；` : ''
  return `直接回「答 ${number} 你的话」，我${group ? '在群里' : '私聊'}转告对方；${send}答不了，回「转 ${number}」。`
}

function sayAnswer(ticket: Ticket, letter: Letter): string {
  const turn = ticket.turns[letter.turn ?? -1]
  const answers = ticket.turns.slice(0, (letter.turn ?? 0) + 1).filter(({ kind }) => kind === 'answer')
  const verb = answers.length > 1 ? '补充' : '答复'
  return [
    `${turn?.byTitle ?? ''}${verb}（${ticket.number} 号）：${textOf(ticket, letter)}`,
    `问的是：${shortQuestion(ticket.question)}`,
    `解决了回「谢谢」；还想问，${ticket.group ? '@我 ' : ''}接着说。`,
  ].join('\n')
}

const textOf = (ticket: Ticket, letter: Letter) => ticket.turns[letter.turn ?? -1]?.text ?? ''

/** A question in a line: at most 40 characters. */
export function shortQuestion(text: string): string {
  const letters = [...text.replace(/\s+/gu, ' ').trim()]
  return letters.length > 40 ? `${letters.slice(0, 39).join('')}…` : letters.join('')
}

/** The reply to a maker who asked for a person. */
export function sayTicketOpened({ number, owner, group }: Ticket): string {
  return `好的，已转给${ownerNameOf(owner)}（${number} 号）。${sayHearing(group !== undefined)}`
}

/** The reply to a maker whose question is with a person already. */
export function sayAlready({ number, owner, group }: Ticket): string {
  return `这个问题已经在${ownerNameOf(owner)}那里（${number} 号）。${sayHearing(group !== undefined)}`
}

const sayHearing = (isInGroup: boolean) => (isInGroup ? '有答复我在群里 @ 你。' : '有答复我马上告诉你。')

export const sayTooMany =
  '你今天已经转了 3 个问题，再转怕指导员顾不过来。急的话请直接找所在空间的指导员，或者明天再发「转人工」。'

const states: Record<Ticket['state'], string> = {
  open: '等答复',
  waiting: '催过了，还在等',
  answered: '已答复',
  closed: '已结束',
}
/** A state in Chinese. */
export const sayState = (ticket: Ticket) => states[ticket.state]

/** 「17 号 等答复 何国平指导员：高企……」 */
export function sayTicketLine(ticket: Ticket): string {
  return `${ticket.number} 号（${sayState(ticket)}，${ownerNameOf(ticket.owner)}）：${shortQuestion(ticket.question)}`
}

/** How a maker's own ticket stands: number, who has it, and the last answer. */
export function sayTicketProgress(ticket: Ticket, now: Temporal.Instant): string {
  const { number, owner, openedAt, turns } = ticket
  const answer = turns.findLast(({ kind }) => kind === 'answer')
  const asked = `${sayTime(Temporal.Instant.from(openedAt), now)} 转给${ownerNameOf(owner)}`
  const stands =
    ticket.state === 'answered' && answer
      ? `${answer.byTitle}${sayTime(Temporal.Instant.from(answer.at), now)} 答复：${shortQuestion(answer.text)}`
      : `${asked}，还没有答复${ticket.state === 'waiting' ? '，已经催过' : ''}`
  return `${number} 号「${shortQuestion(ticket.question)}」：${stands}。`
}

/** A question is kept to this length; what is longer is no question. */
const longestQuestion = 500

/** Shortens a question to one line of readable length. */
export function cleanQuestion(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  const letters = [...line]
  return letters.length > longestQuestion ? `${letters.slice(0, longestQuestion - 1).join('')}…` : line
}
