import { Refusal } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import { asideOf } from '../../../text/asides/asides.ts'
import { numberAskedAbout } from '../../../text/asides/number-questions.ts'
import { fold } from '../../../text/fold.ts'
import { ownerNameOf } from '../desks.ts'
import type { Ticket } from '../records.ts'
import type { Tickets } from '../tickets/tickets.ts'
import { sayTicketLine, sayTicketProgress } from '../words.ts'

type Parts = { tickets: Tickets; clock: Clock }

export const noTickets = '你现在没有转给指导员、还没结束的问题。要问人，发「转人工」加上问题。'
/** Most tickets listed in a reply. */
const mostTold = 5
const withdrawing = /撤|取消|关掉|关闭|不问了|不用[答管回问]/u

/** Questions and decisions of makers about their own tickets. */
export function createOwnTickets({ tickets, clock }: Parts) {
  /** Latest first, from every conversation. */
  const own = ({ senderId }: Message) =>
    tickets
      .unclosed()
      .filter(({ asker }) => asker.chatId === senderId)
      .sort((a, b) => b.number - a.number)

  function tellProgress(message: Message): string {
    const number = numberIn(message.text)
    const all = own(message)
    const found = number === undefined ? all : all.filter(ticket => ticket.number === number)
    if (number !== undefined && found.length === 0)
      return `你没有还没结束的 ${number} 号问题。${all.length > 0 ? `你的是：\n${all.map(sayTicketLine).join('\n')}` : ''}`
    if (found.length === 0) return noTickets
    return found
      .slice(0, mostTold)
      .map(ticket => sayTicketProgress(ticket, clock.now()))
      .join('\n')
  }

  /** 「2通过了吗」 of a maker may also be about an application, which is told when it is decided. */
  const tellNumber = (message: Message) =>
    `${tellProgress(message)}\n问的是身份申请的话，有了结果我会私聊告诉你。`

  /** 「撤回提问」, with a number where there are several. */
  async function withdraw(message: Message, rest: string): Promise<string> {
    const number = numberIn(rest)
    const all = own(message).filter(({ state }) => state !== 'answered')
    const found = number === undefined ? all : all.filter(ticket => ticket.number === number)
    const [only, ...more] = found
    if (!only) throw new Refusal(number === undefined ? noTickets : `你没有还在等答复的 ${number} 号问题。`)
    if (more.length > 0)
      throw new Refusal(
        `你有几个问题在等，要撤回哪个？请带上号码，例如「撤回提问 ${only.number}」：\n${found.map(sayTicketLine).join('\n')}`,
      )
    return sayWithdrawn(
      await tickets.applyEvent(only.number, { kind: 'close', by: 'withdrawn', byName: only.asker.name }),
    )
  }

  return {
    withdraw,
    /** Answers what is asked about one's own tickets; undefined for anything else. */
    listen(message: Message): Promise<string> | string | undefined {
      const asked = message.groupId === undefined ? numberAskedAbout(message.text) : undefined
      if (asked && !asked.isPush) return tellNumber(message)
      if (asideOf(message.text) !== 'ticket') return undefined
      return withdrawing.test(message.text) && own(message).length > 0
        ? withdraw(message, message.text)
        : tellProgress(message)
    },
  }
}

const sayWithdrawn = ({ number, owner }: Ticket) =>
  `好的，${number} 号撤回了，${ownerNameOf(owner)}不用再答。`

function numberIn(text: string): number | undefined {
  const found = /(\d{1,6})\s*号?/u.exec(fold(text))?.[1]
  return found === undefined ? undefined : Number(found)
}
