import { Temporal } from 'temporal-polyfill'
import { type Command, Refusal } from '../../../feature.ts'
import { recentlyUsed } from '../../../lib/recently-used.ts'
import { inOrder } from '../../../listeners.ts'
import type { Message } from '../../../ports/chat.ts'
import { speakerKey } from '../../../ports/conversation-keys.ts'
import type { LastAsked, OpenQuestion } from '../../../ports/desk.ts'
import type { Directory } from '../../../ports/directory.ts'
import { asideOf } from '../../../text/asides/asides.ts'
import { fold } from '../../../text/fold.ts'
import { asksAnything, intentsOf } from '../../../text/intents.ts'
import { ownerNameOf } from '../desks.ts'
import type { Ticket } from '../records.ts'
import { isSameMatter, isSameWords } from '../same-matter.ts'
import { TooMany } from '../tickets/rules.ts'
import { sayAlready, sayTicketLine, sayTicketOpened, sayTooMany } from '../words.ts'
import { answererHelp } from './answerer-words.ts'
import { type AnswererParts, createAnswerers } from './answerers.ts'
import { tellInstructors } from './own-instructors.ts'
import { createOwnTickets, noTickets } from './own-tickets.ts'

type Parts = AnswererParts & {
  directory: Directory
  lastAsked: LastAsked
  nearTo(question: string): Promise<OpenQuestion['near']>
}
export type Makers = ReturnType<typeof createMakers>

/** After 「转人工」 alone, the question may follow within this. */
const questionWithinMinutes = 5
const mostExpecting = 2000

const thanks =
  /^(?:好的?|嗯|ok|收到|明白了?|懂了)?[,，!！。~ ]*(?:谢谢|多谢|感谢|谢啦|谢了|3q|thanks?|thx)[^?？]{0,8}$/u
const solved =
  /^(?:已经?)?(?:解决了|搞定了|不用了|问题解决了|清楚了|明白了|知道了)[,，!！。~ ]*(?:谢谢.{0,6})?$/u

/** Carries messages between makers and instructors. */
export function createMakers(parts: Parts) {
  const { tickets, clock, lastAsked, nearTo } = parts
  const answerers = createAnswerers(parts)
  const ownTickets = createOwnTickets(parts)
  /** When a person asked for a person without a question, by conversation. */
  const expecting = recentlyUsed<number>(mostExpecting)
  const isHere = (ticket: Ticket, { groupId }: Message) => ticket.group?.id === groupId

  /** The maker's tickets in this conversation, latest first. */
  const mine = (message: Message) =>
    tickets
      .unclosed()
      .filter(ticket => ticket.asker.chatId === message.senderId && isHere(ticket, message))
      .sort((a, b) => b.movedAt.localeCompare(a.movedAt) || b.number - a.number)

  /** 「谢谢」 ends what was answered; 「解决了」, said to us, ends what was not. */
  function answerThanks(message: Message): Promise<string> | string | undefined {
    const text = fold(message.text)
    if (!isThankful(text)) return undefined
    const isThanks = thanks.test(text)
    const isSolved = solved.test(text)
    const ticket = mine(message).find(({ state }) => isSolved || state === 'answered')
    if (!ticket) return isThanks ? '不客气，有事随时问我。' : undefined
    return closeAnswered(ticket)
  }

  async function closeAnswered(ticket: Ticket): Promise<string> {
    await tickets.applyEvent(ticket.number, {
      kind: 'close',
      by: 'asker',
      byName: ticket.asker.name,
    })
    const teacher = ticket.turns.findLast(({ kind }) => kind === 'answer')?.byTitle
    return teacher
      ? `好的，${ticket.number} 号结束，也谢谢${teacher}。`
      : `好的，${ticket.number} 号结束，我告诉${ownerNameOf(ticket.owner)}不用再查了。`
  }

  /** Passes messages that belong to an open ticket on to its owner; the bot does not answer them. */
  function answerMaker(message: Message): Promise<string> | string | undefined {
    const at = clock.now()
    const last = lastAsked(message)
    const isAfter = (ticket: Ticket) =>
      last === undefined ||
      last.ticket === ticket.number ||
      Temporal.Instant.compare(last.at, Temporal.Instant.from(ticket.movedAt)) < 0
    const ticket = mine(message).find(one =>
      isSameMatter(one, message.text, { at, isLastSpokenOf: isAfter(one) }),
    )
    if (!ticket) return undefined
    return isSameWords(ticket.question, message.text) ? sayAgain(ticket) : passOn(ticket, message)
  }

  async function passOn(ticket: Ticket, message: Message): Promise<string> {
    const text = [...message.text.replace(/\s+/gu, ' ').trim()].slice(0, 500).join('')
    const moved = await tickets.applyEvent(ticket.number, { kind: 'follow-up', text })
    return `好的，补充给${ownerNameOf(moved.owner)}了（${moved.number} 号）。`
  }

  /** 「转人工」, with the question or for the last one. */
  async function askForPerson(message: Message, rest: string): Promise<string> {
    const last = lastAsked(message)
    const question = rest || last?.question
    if (!question) {
      expecting.set(speakerKey(message), clock.now().epochMilliseconds)
      throw new Refusal(
        `请把要问的一起发给我，例如「转人工 公司搬到外区，高企要办什么手续」，我转给指导员；也可以接着${message.groupId === undefined ? '' : ' @ 我'}把问题发来。`,
      )
    }
    return open(message, question, rest ? await nearTo(rest) : (last?.near ?? []))
  }

  async function open(message: Message, question: string, near: OpenQuestion['near']): Promise<string> {
    try {
      const opened = await tickets.open({ question, message, near, owner: undefined })
      if (!opened) throw new Refusal('现在还没有登记指导员，我转不了。请直接找所在众创空间的指导员或组织者。')
      return opened.isNew ? sayTicketOpened(opened.ticket) : sayAlready(opened.ticket)
    } catch (cause) {
      if (cause instanceof TooMany) throw new Refusal(sayTooMany)
      throw cause
    }
  }

  /** The question for a person that was asked for just before. */
  function answerQuestion(message: Message): Promise<string> | undefined {
    const key = speakerKey(message)
    const since = expecting.get(key)
    if (since === undefined || asideOf(message.text) !== undefined || message.text.trim() === '')
      return undefined
    expecting.delete(key)
    const isInTime = clock.now().epochMilliseconds - since <= questionWithinMinutes * 60_000
    return isInTime ? askForPerson(message, message.text) : undefined
  }

  return {
    /** 「谢谢」 without a mention counts only where a person was just answered. */
    awaits: (message: Message) =>
      message.groupId !== undefined &&
      isThankful(fold(message.text)) &&
      mine(message).some(({ state }) => state === 'answered'),

    listen: inOrder(
      answerers.listen,
      answerQuestion,
      ownTickets.listen,
      message => tellInstructors(message, tickets.instructors.all),
      message => (asideOf(message.text) === 'person' ? askForPerson(message, '') : undefined),
      answerThanks,
      answerMaker,
    ),

    help: {
      topic: '答题',
      linesFor: async (message: Message) => ((await answerers.isAnswerer(message)) ? answererHelp : []),
    },

    askForPerson,
    withdraw: ownTickets.withdraw,

    async sayMine(message: Message): Promise<string> {
      const asked = tickets.unclosed().filter(({ asker }) => asker.chatId === message.senderId)
      const waiting = message.groupId === undefined ? await answerers.waitingFor(message) : []
      const parts = [
        ...(asked.length > 0 ? ['你问的：', ...asked.map(sayTicketLine)] : []),
        ...(waiting.length > 0
          ? ['等你答的：', ...waiting.map(sayTicketLine), '回「答 号码 你的话」就行。']
          : []),
      ]
      if (parts.length > 0) return parts.join('\n')
      const answers = message.groupId === undefined && (await answerers.isAnswerer(message))
      return answers ? '现在没有等你答的问题，你自己也没有在等答复的。' : noTickets
    },
  }
}

/** 「谢谢」 or 「解决了」; 「谢谢，那要什么材料」 and 「谢谢，转人工」 go on asking. */
function isThankful(folded: string): boolean {
  const asks = intentsOf(folded) > 0 || asksAnything(folded) || asideOf(folded) === 'person'
  return !asks && (thanks.test(folded) || solved.test(folded))
}

/** The same question once more: who has it, or what was answered. */
function sayAgain(ticket: Ticket): string {
  const answer = ticket.turns.findLast(({ kind }) => kind === 'answer')
  if (ticket.state !== 'answered' || !answer) return sayAlready(ticket)
  return `${answer.byTitle}答复过（${ticket.number} 号）：${answer.text}\n还想问细一点，发「转人工」加上你的话。`
}

/** The words that open and list tickets, in a group without a mention. */
export function deskCommands(makers: Makers): Command[] {
  return [
    {
      words: ['转人工', '轉人工', '找指导员', '找指導員', '人工客服', '转人工客服'],
      takes: 'text',
      role: 'maker',
      where: 'anywhere',
      help: '转人工 问题 —— 请指导员来答，答了我 @ 你',
      run: (message, rest) => makers.askForPerson(message, rest),
    },
    {
      words: ['人工', '真人', '人工服务', '真人客服', '找人工', '要人工'],
      takes: 'nothing',
      role: 'maker',
      where: 'anywhere',
      help: '',
      run: message => makers.askForPerson(message, ''),
    },
    {
      words: ['撤回提问', '撤回問題', '撤回问题', '撤回咨询', '取消提问'],
      takes: 'text',
      role: 'maker',
      where: 'anywhere',
      help: '撤回提问 3 —— 转给指导员的问题不用答了',
      run: (message, rest) => makers.withdraw(message, rest),
    },
    {
      words: ['我的咨询', '我的諮詢', '待答'],
      takes: 'nothing',
      role: 'maker',
      where: 'anywhere',
      help: '我的咨询 —— 转给指导员的问题到哪一步了',
      run: message => makers.sayMine(message),
    },
  ]
}
