import { type Command, Refusal } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { LastAsked } from '../../ports/desk.ts'
import type { Directory } from '../../ports/directory.ts'
import { fold } from '../../text/fold.ts'
import { intentsOf } from '../../text/intents.ts'
import { cleanName } from '../../text/names.ts'
import { isAskedOf, nameOf } from './desks.ts'
import type { Ticket } from './records.ts'
import { isSameMatter, isSameQuestion, TooMany } from './rules.ts'
import type { Tickets } from './tickets.ts'
import { sayAlready, sayLine, sayOpened, sayTooMany } from './words.ts'

type Parts = { tickets: Tickets; directory: Directory; clock: Clock; lastAsked: LastAsked }
export type Hearing = ReturnType<typeof createHearing>

/** The longest answer that a group is given by a person; longer ones are a document. */
const longestAnswer = 1000

const answerWords =
  /^(?:答复?|回复?)(?:[\s:：]*(?<number>\d{1,6})(?:\s*号)?)?(?<gap>[\s:：,，、]*)(?<text>[\s\S]*)$/u
const passWords = /^(?:转|轉)(?:下一位|给下一位)?\s*(?<number>\d{1,6})?\s*号?(?:下一位)?$/u
const thanks =
  /^(?:好的?|嗯|ok|收到|明白了?|懂了)?[,，!！。~ ]*(?:谢谢|多谢|感谢|谢啦|谢了|3q|thanks?|thx)[^?？]{0,8}$/u
const solved =
  /^(?:已经?)?(?:解决了|搞定了|不用了|问题解决了|清楚了|明白了|知道了)[,，!！。~ ]*(?:谢谢.{0,6})?$/u

/** What makers and instructors say to each other by way of us. */
export function createHearing({ tickets, directory, clock, lastAsked }: Parts) {
  const isOrganizer = async ({ senderId }: Message) =>
    (await directory.rolesOf(senderId)).includes('organizer')
  const isHere = (ticket: Ticket, { groupId }: Message) => ticket.group?.id === groupId

  /** The maker's tickets in this conversation, latest first. */
  const mine = (message: Message) =>
    tickets
      .unclosed()
      .filter(ticket => ticket.asker.chatId === message.senderId && isHere(ticket, message))
      .sort((a, b) => b.movedAt.localeCompare(a.movedAt) || b.number - a.number)

  /** What this person is asked to answer, oldest first. */
  async function waitingFor(message: Message): Promise<Ticket[]> {
    const asOrganizer = await isOrganizer(message)
    return tickets
      .unclosed()
      .filter(({ state }) => state !== 'answered')
      .filter(({ owner }) => (owner.kind === 'instructor' ? owner.chatId === message.senderId : asOrganizer))
      .sort((a, b) => a.number - b.number)
  }

  /** The ticket that is meant: by its number, or the only one that waits for this person. */
  async function meant(message: Message, number: string | undefined): Promise<Ticket> {
    if (number === undefined) {
      const waiting = await waitingFor(message)
      const [only, ...more] = waiting
      if (!only) throw new Refusal('现在没有等你答的问题。')
      if (more.length > 0)
        throw new Refusal(
          `有几个问题在等，请带上号码，例如「答 ${only.number} ……」：\n${waiting.map(sayLine).join('\n')}`,
        )
      return only
    }
    const ticket = await tickets.find(Number(number))
    if (!ticket) throw new Refusal(`没有 ${number} 号问题，请看看号码对不对。`)
    if (!isAskedOf(ticket, message.senderId) && !(await isOrganizer(message)))
      throw new Refusal(`${number} 号问题没有转给你，不能由你来答。`)
    return ticket
  }

  async function answer(
    message: Message,
    said: { number: string | undefined; text: string },
  ): Promise<string> {
    const ticket = await meant(message, said.number)
    const text = said.text.trim()
    if (text === '')
      throw new Refusal(`请把答复写在号码后面，例如「答 ${ticket.number} 可以报，5 月前交材料」。`)
    if ([...text].length > longestAnswer)
      throw new Refusal(`答复太长了，请控制在 ${longestAnswer} 个字以内；材料多的话，请在群里直接发文件。`)
    if (ticket.state === 'closed')
      throw new Refusal(`${ticket.number} 号已经结束了。要补充的话，请直接联系${ticket.asker.name}。`)
    const instructor = (await tickets.instructors.all()).find(({ chatId }) => chatId === message.senderId)
    const asOwner =
      ticket.owner.kind === 'instructor' && ticket.owner.chatId === message.senderId
        ? ticket.owner
        : undefined
    const byTitle = instructor?.title ?? asOwner?.title ?? '组织者'
    const byName = instructor?.name ?? cleanName(message.senderName)
    await tickets.happen(ticket.number, { kind: 'answer', text, byName, byTitle })
    return `好的，这就${ticket.group ? `在「${ticket.group.name}」@ ` : '私聊告诉'}${ticket.asker.name}（${ticket.number} 号）。`
  }

  async function pass(message: Message, number: string | undefined): Promise<string> {
    const ticket = await meant(message, number)
    if (ticket.owner.kind === 'organizers')
      throw new Refusal('后面没有别人了：请组织者来答，或者在控制台「咨询」里办。')
    if (ticket.state === 'answered' || ticket.state === 'closed')
      throw new Refusal(`${ticket.number} 号已经答过了，不用再转。`)
    const to = await tickets.ownerAfter(ticket)
    await tickets.happen(ticket.number, { kind: 'hand-on', to })
    return `好的，${ticket.number} 号转给${nameOf(to)}了。`
  }

  /** Words of those who are asked, to us alone: 「答 17 ……」, 「转 17」. */
  async function hearAnswerer(message: Message): Promise<string | undefined> {
    const text = message.text.trim()
    const passed = passWords.exec(text)?.groups
    const answered = answerWords.exec(text)?.groups
    const said = passed ?? answered
    if (!said || !(await isForUs(message, said))) return undefined
    return passed
      ? pass(message, passed.number)
      : answer(message, { number: answered?.number, text: answered?.text ?? '' })
  }

  /**
   * 「答辩怎么准备」 and 「回复3天内能收到吗」 are questions: a space or colon must follow the word or the number,
   * or the ticket of that number must be this person's; without a number something must wait for this person.
   */
  async function isForUs(message: Message, said: Record<string, string | undefined>): Promise<boolean> {
    const isApart = /^[\s:：,，、]/u.test(said.gap ?? '') || !said.text
    if (said.number === undefined) return isApart && (await waitingFor(message)).length > 0
    if (isApart) return true
    const ticket = await tickets.find(Number(said.number))
    return ticket !== undefined && isAskedOf(ticket, message.senderId)
  }

  /** 「谢谢」 ends what was answered; 「解决了」, said to us, ends what was not. */
  async function hearThanks(message: Message): Promise<string | undefined> {
    const text = fold(message.text)
    if (!isThankful(text)) return undefined
    const isThanks = thanks.test(text)
    const isSolved = solved.test(text)
    const ticket = mine(message).find(({ state }) => isSolved || state === 'answered')
    if (!ticket) return isThanks ? '不客气，有事随时问我。' : undefined
    await tickets.happen(ticket.number, {
      kind: 'close',
      by: 'asker',
      byName: ticket.asker.name,
    })
    const teacher = ticket.turns.findLast(({ kind }) => kind === 'answer')?.byTitle
    return teacher
      ? `好的，${ticket.number} 号结束，也谢谢${teacher}。`
      : `好的，${ticket.number} 号结束，我告诉${nameOf(ticket.owner)}不用再查了。`
  }

  /** What belongs to a question that a person has goes to that person; the bot does not talk over them. */
  async function hearMaker(message: Message): Promise<string | undefined> {
    const at = clock.now()
    const last = lastAsked(message)
    const isAfter = (ticket: Ticket) =>
      last === undefined || last.ticket === ticket.number || last.at.toString() < ticket.movedAt
    const ticket = mine(message).find(one =>
      isSameMatter(one, message.text, { at, isLastSpokenOf: isAfter(one) }),
    )
    if (!ticket) return undefined
    if (isSameQuestion(ticket.question, message.text)) return sayAgain(ticket)
    const text = [...message.text.replace(/\s+/gu, ' ').trim()].slice(0, 500).join('')
    const moved = await tickets.happen(ticket.number, { kind: 'follow-up', text })
    return `好的，补充给${nameOf(moved.owner)}了（${moved.number} 号）。`
  }

  return {
    /** 「谢谢」 without a mention counts only where somebody was just answered. */
    awaits: (message: Message) =>
      message.groupId !== undefined &&
      isThankful(fold(message.text)) &&
      mine(message).some(({ state }) => state === 'answered'),

    async listen(message: Message): Promise<string | undefined> {
      return (await hearAnswerer(message)) ?? (await hearThanks(message)) ?? (await hearMaker(message))
    },

    /** 「转人工」, with the question or for the last one. */
    async askForPerson(message: Message, rest: string): Promise<string> {
      const last = lastAsked(message)
      const question = rest || last?.question
      if (!question)
        throw new Refusal(
          '请把要问的一起发给我，例如「转人工 公司搬到外区，高企要办什么手续」，我转给指导员。',
        )
      try {
        const opened = await tickets.open({ question, message, near: [], owner: undefined })
        if (!opened)
          throw new Refusal('现在还没有登记指导员，我转不了。请直接找所在众创空间的指导员或组织者。')
        return opened.isNew ? sayOpened(opened.ticket) : sayAlready(opened.ticket)
      } catch (cause) {
        if (cause instanceof TooMany) throw new Refusal(sayTooMany)
        throw cause
      }
    },

    async sayMine(message: Message): Promise<string> {
      const asked = tickets.unclosed().filter(({ asker }) => asker.chatId === message.senderId)
      const waiting = message.groupId === undefined ? await waitingFor(message) : []
      const parts = [
        ...(asked.length > 0 ? ['你问的：', ...asked.map(sayLine)] : []),
        ...(waiting.length > 0 ? ['等你答的：', ...waiting.map(sayLine), '回「答 号码 你的话」就行。'] : []),
      ]
      return parts.length > 0
        ? parts.join('\n')
        : '你现在没有转给指导员、还没结束的问题。要问人，发「转人工」加上问题。'
    },
  }
}

/** 「谢谢」 or 「解决了」; 「谢谢，那要什么材料」 goes on asking. */
function isThankful(folded: string): boolean {
  return intentsOf(folded) === 0 && (thanks.test(folded) || solved.test(folded))
}

/** The same question once more: who has it, or what was answered. */
function sayAgain(ticket: Ticket): string {
  const answer = ticket.turns.findLast(({ kind }) => kind === 'answer')
  if (ticket.state !== 'answered' || !answer) return sayAlready(ticket)
  return `${answer.byTitle}答复过（${ticket.number} 号）：${answer.text}\n还想问细一点，发「转人工」加上你的话。`
}

/** The words that open and list tickets, in a group without a mention. */
export function deskCommands(hearing: Hearing): Command[] {
  return [
    {
      words: ['转人工', '轉人工', '找指导员', '找指導員', '人工客服', '转人工客服'],
      takes: 'text',
      role: 'maker',
      where: 'anywhere',
      help: '转人工 问题 —— 请指导员来答，答了我 @ 你',
      run: (message, rest) => hearing.askForPerson(message, rest),
    },
    {
      words: ['我的咨询', '我的諮詢', '待答'],
      takes: 'nothing',
      role: 'maker',
      where: 'anywhere',
      help: '我的咨询 —— 转给指导员的问题到哪一步了',
      run: message => hearing.sayMine(message),
    },
  ]
}
